"""A2, A3: one-task links, and the sessions they begin."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from flask import session
from sqlalchemy.exc import NoResultFound

from coprod.core.db import db
from coprod.people import doors, rules, services
from coprod.people.models import SignedIn, Ticket
from coprod.people.sealing import hashed, real_now
from tests.factories import a_person

pytestmark = pytest.mark.usefixtures("database")
SOON = timedelta(days=3)


def draw(person, task, ends=SOON):
    return services.draw_link(person, task, real_now() + ends)


def test_a_link_is_long_and_kept_as_a_hash_alone():
    secret = draw(a_person(), f"vote {uuid4()}")
    kept = db.session.scalars(db.select(Ticket)).one()
    assert len(secret) == 22
    assert kept.hash == hashed("link", secret)
    assert secret not in repr({column.name: getattr(kept, column.name) for column in Ticket.__table__.columns})


def test_a_link_opens_its_task_again_and_again_and_writes_nothing(query_count):
    robin, poll = a_person(), uuid4()
    secret = draw(robin, f"vote {poll}")
    db.session.commit()
    query_count.clear()
    assert [services.by_link(secret, "vote") for _ in range(3)] == [(robin, poll)] * 3
    assert {statement.split()[0] for statement in query_count} <= {"BEGIN", "SELECT"}


def test_a_link_opens_nothing_but_its_kind_until_its_end_for_whom_it_was_drawn():
    robin, gone, poll = a_person(), a_person("Jo"), uuid4()
    good, over = draw(robin, f"vote {poll}"), draw(robin, f"vote {poll}", -timedelta(seconds=1))
    closed = draw(gone, f"vote {poll}")
    gone.active = False
    db.session.flush()
    for secret, kind in (
        (good, "place"),
        (good, "vot"),
        (good, "vot_"),
        (over, "vote"),
        (closed, "vote"),
        ("", "vote"),
    ):
        with pytest.raises(NoResultFound):
            services.by_link(secret, kind)


def test_spent_links_open_nothing_and_close_what_they_opened():
    robin, poll, other = a_person(), uuid4(), uuid4()
    secret, kept = draw(robin, f"vote {poll}"), draw(robin, f"vote {other}")
    for task in (poll, other):
        services.begin_session(robin, task=f"vote {task}")
    services.spend_links(f"vote {poll}")
    assert [found.task for found in db.session.scalars(db.select(SignedIn))] == [f"vote {other}"]
    assert services.by_link(kept, "vote") == (robin, other)
    with pytest.raises(NoResultFound):
        services.by_link(secret, "vote")


def test_links_sent_to_an_address_are_forgotten_with_it():
    """A6."""
    robin, other = a_person(), a_person("Jo")
    secret, kept = draw(robin, f"vote {uuid4()}"), draw(other, f"vote {uuid4()}")
    services.forget_links(robin)
    assert services.by_link(kept, "vote")[0] == other
    with pytest.raises(NoResultFound):
        services.by_link(secret, "vote")


def test_entering_by_a_link_opens_one_task_in_place_of_the_session_before(app, as_):
    robin = a_person()
    db.session.commit()
    before = as_(a_person("Jo")).get_cookie("sid").value
    with app.test_request_context(headers={"Cookie": f"sid={before}"}):
        session["flash"] = "of before"
        doors.enter(robin, "vote 1")
        begun = db.session.scalars(db.select(SignedIn)).one()
        assert (begun.person_id, begun.task, begun.by, dict(session)) == (robin.id, "vote 1", "link", {})


def test_a_one_task_session_keeps_no_moment():
    """B7: or the table of sessions would say when somebody voted."""
    with time_machine.travel(datetime(2026, 3, 2, 9, 13, 7, tzinfo=UTC), tick=False):
        services.begin_session(a_person(), task="vote 1", ends=rules.task_ends(real_now()))
        kept = db.session.scalars(db.select(SignedIn)).one()
    assert (kept.began, kept.ends) == (datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 2, 12, tzinfo=UTC))


@pytest.mark.parametrize(
    ("now", "ends"), [((0, 0), (2, 6)), ((4, 59), (2, 6)), ((5, 0), (2, 6)), ((5, 1), (2, 12)), ((23, 30), (3, 6))]
)
def test_a_one_task_session_ends_at_a_quarter_of_the_day(now, ends):
    assert rules.task_ends(datetime(2026, 3, 2, *now, tzinfo=UTC)) == datetime(2026, 3, *ends, tzinfo=UTC)
