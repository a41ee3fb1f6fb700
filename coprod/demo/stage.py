"""What the telling of the invented life is handed from scene to scene, and the clock it is told by."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time

from flask import current_app

from coprod.core.clock import HERE
from coprod.demo.measures import Measure
from coprod.outcomes.models import Indicator
from coprod.people.models import Person
from coprod.pilots.models import Pilot
from coprod.programmes.models import Programme
from coprod.recommendations.models import Recommendation
from coprod.steering.models import Decision
from coprod.workstreams.models import Workstream

NINE = time(9)


@contextmanager
def at(day: date, wall: time = NINE) -> Iterator[None]:
    """Let it be this day and time for a while."""
    before = current_app.config["NOW"]
    current_app.config["NOW"] = datetime.combine(day, wall, HERE)
    try:
        yield
    finally:
        current_app.config["NOW"] = before


@dataclass
class Stage:
    """Who and what there is so far, by the names the scenes call them."""

    programme: Programme
    people: dict[str, Person] = field(default_factory=dict)
    tables: dict[str, Workstream] = field(default_factory=dict)
    asked: dict[str, Recommendation] = field(default_factory=dict)
    decided: dict[str, Decision] = field(default_factory=dict)
    pilots: dict[str, Pilot] = field(default_factory=dict)
    measured: dict[Measure, Indicator] = field(default_factory=dict)

    @property
    def admin(self) -> Person:
        """Answer who keeps the accounts and seats people."""
        return self.people["Lee"]

    @property
    def facilitator(self) -> Person:
        """Answer who runs the groups."""
        return self.people["Sam"]

    @property
    def chair(self) -> Person:
        """Answer who chairs the steering group."""
        return self.people["Alex"]

    @property
    def steering(self) -> Workstream:
        """Answer the steering group."""
        return self.tables["steering"]
