"""F14: two people save one note at once, in four interleavings; no word is lost, and the second sees both texts."""

from datetime import timedelta
from unittest import mock

from flask import Flask

from bench.prove import Figure
from bench.prove.stage import KINDS, installation
from coprod.notes import rules
from coprod.notes.models import ItemNote
from tests.notes.conftest import an_evening
from tests.notes.two_writers import at_desks, race

ROUNDS, PLANTED_ROUNDS = 200, 20
FAULTS = ("lost", "doubled", "unseen", "broken")


def measure(seed: int, rounds: int = ROUNDS) -> Figure:
    """Let two write on both databases; then again with nobody asking which version was read."""
    counts: dict[str, object] = {}
    planted: dict[str, int] = {}
    clean: list[bool] = []
    for kind in KINDS:
        told = _race(kind, rounds)
        counts[kind] = told
        clean.append(not any(told[fault] for fault in FAULTS) and told["conflicts"] > 0)
        with mock.patch.object(rules, "is_overtaken", _nobody_asks):
            planted[kind] = _race(kind, min(rounds, PLANTED_ROUNDS))["lost"]
    return Figure("F14", all(clean), all(planted.values()), counts | {"lost when planted": planted}, seed)


def _race(kind: str, rounds: int) -> dict[str, int]:
    with installation(kind) as app:
        return race(_desks(app), rounds)


def _desks(app: Flask) -> list:
    with app.app_context():
        evening = an_evening()
        app.config["NOW"] = evening.session.begins + timedelta(minutes=30)
        return at_desks(app, evening)


def _nobody_asks(_: ItemNote, version: int) -> bool:
    return version < 0
