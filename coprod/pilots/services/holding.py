"""Holding a pilot that is about to be changed: its steering group first, then the pilot, then what was recommended.

Whoever holds something of a steering group's meetings holds the group before (`coprod.steering.services.holding`). A
pilot that moves writes beside its item in the meeting going on, so it keeps to the same order. Everything of a pilot is
written under the pilot's own lock, so that numbers never clash and nobody works with what has changed meanwhile.
"""

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from coprod.core.db import db, lock
from coprod.pilots.models import Pilot, PilotStep, TestCycle


def hold(pilot: Pilot) -> None:
    """Let nobody else change this pilot until this is written; look again at its tests, its steps and its boards."""
    lock(pilot)
    found = select(Pilot).where(Pilot.id == pilot.id)
    found = found.options(
        selectinload(Pilot.test_cycles).selectinload(TestCycle.measures),
        selectinload(Pilot.steps).joinedload(PilotStep.owner),
        selectinload(Pilot.asks),
    )
    db.session.scalars(found, execution_options={"populate_existing": True}).one()


def hold_with_its_table(pilot: Pilot) -> None:
    """Hold what a move of the pilot writes: the steering group's agenda, the pilot, and what was recommended."""
    lock(pilot.recommendation.steering)
    hold(pilot)
    lock(pilot.recommendation)
