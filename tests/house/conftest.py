"""The demonstration programme, and one visitor for each part people play in it."""

from contextlib import ExitStack
from dataclasses import dataclass, field

import pytest
from flask import Flask
from sqlalchemy import select

from coprod.core.db import db
from coprod.people.models import Person, Side
from coprod.programmes.models import Programme
from coprod.workstreams.models import Kind, Membership, MembershipState, Role, Workstream
from tests.conftest import KINDS, an_app, sign_in

PARTS = {
    "facilitator": (Membership.role == Role.FACILITATOR,),
    "chair": (Membership.role == Role.CHAIR,),
    "member": (Membership.role == Role.MEMBER, Person.side == Side.LIVED, Workstream.kind != Kind.STEERING),
    "professional": (
        Membership.role == Role.MEMBER,
        Person.side == Side.PROFESSIONAL,
        Workstream.kind != Kind.STEERING,
    ),
    "steering member": (Membership.role == Role.MEMBER, Workstream.kind == Kind.STEERING),
    "steering parent": (Workstream.kind == Kind.STEERING, Person.side == Side.LIVED),
}


@dataclass(frozen=True)
class Demonstration:
    """The application with the demonstration in it, and who plays which part."""

    app: Flask
    people: dict[str, object]
    visits: dict[str, object] = field(default_factory=dict)

    def visitor(self, who):
        """A browser of this visitor's own; a stranger's is signed in as nobody."""
        client = self.app.test_client()
        if key := self.people[who]:
            with self.app.app_context():
                sign_in(client, db.session.get_one(Person, key))
        return client

    @property
    def visitors(self):
        """What makes a browser for each."""
        return {who: lambda who=who: self.visitor(who) for who in self.people}


@pytest.fixture(scope="session")
def houses():
    """Every demonstration a module has set up, kept to the end: its tests come to them in no order."""
    with ExitStack() as stack:
        yield {}, stack


@pytest.fixture(scope="module", params=KINDS)
def demonstration(request, tmp_path_factory, houses):
    kept, stack = houses
    key = request.module.__name__, request.param
    if key not in kept:
        folder = tmp_path_factory.mktemp(f"demonstration-{request.param}")
        app = stack.enter_context(an_app(request, folder, DEMONSTRATION=True, WTF_CSRF_ENABLED=True))
        kept[key] = Demonstration(app, _brought_in(app))
    return kept[key]


def _brought_in(app):
    from coprod.demo import programme

    with app.app_context():
        programme.load()
        db.session.commit()
        people = {who: _somebody(*where) for who, where in PARTS.items()}
        people["admin"] = db.session.scalars(select(Person.id).where(Person.is_admin).order_by(Person.alias)).first()
        people["lead"] = db.session.scalars(select(Programme.safeguarding_lead_id)).first()
        people["payments officer"] = db.session.scalars(select(Programme.payments_officer_id)).first()
        people["supporter"] = db.session.scalars(select(Person.id).where(Person.side == Side.SUPPORTER)).first()
        people["outsider"] = _outsider()
        db.session.commit()
    return people | {"stranger": None}


def _somebody(*where):
    seated = (
        select(Person.id)
        .join(Membership, Membership.person_id == Person.id)
        .join(Workstream, Workstream.id == Membership.workstream_id)
        .where(Membership.state == MembershipState.JOINED, *where)
        .order_by(Person.alias, Person.id)
    )
    return db.session.scalars(seated).first()


def _outsider():
    somebody = Person(alias="Nobody’s neighbour", side=Side.LIVED)
    db.session.add(somebody)
    db.session.flush()
    return somebody.id
