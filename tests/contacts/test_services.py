"""A6: changing a number or an address, by herself at once, by staff with two people and a day."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy.exc import IntegrityError

from coprod.contacts import queries, services
from coprod.contacts.models import ChangeState, Channel, ContactChange
from coprod.core.answers import Refused
from coprod.core.clock import now
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.core.security_log import SecurityEvent
from coprod.messages import services as messages
from coprod.messages.models import Message, MessageState
from coprod.people import services as people
from coprod.people.models import SignedIn
from coprod.people.sealing import real_now
from tests.factories import a_person, a_professional, a_stream, an_admin
from tests.messages.conftest import post_box as post_box
from tests.messages.conftest import send

OLD, NEW = "+447700900142", "+447700900177"


def robin(**fields):
    return a_person("Robin", **({"phone": OLD, "email": "robin@example.org"} | fields))


def a_group(person):
    """Two who run her group."""
    first, second = a_professional("Sam"), a_professional("Max")
    stream = a_stream(facilitator=first, members=[person])
    return stream, first, second


def changes():
    db.session.expire_all()
    return db.session.scalars(db.select(ContactChange).order_by(ContactChange.asked_at, ContactChange.id)).all()


def ask(person, by, value=NEW, channel=Channel.PHONE):
    change = services.ask_change(person, channel, value, by=by)
    db.session.commit()
    return change


def what_was_noted():
    return sorted(set(db.session.scalars(db.select(SecurityEvent.what))))


# --- By herself.


def test_her_own_change_takes_effect_at_once_and_is_forgotten(database):
    person = robin()
    people.begin_session(person)
    link = people.draw_link(person, f"vote {uuid4()}", real_now() + timedelta(1))
    services.change_own(person, Channel.PHONE, "07700 900 177")
    assert person.phone == NEW
    assert [(c.state, c.sealed, c.old) for c in changes()] == [(ChangeState.MADE, None, None)]
    assert db.session.scalars(db.select(SignedIn)).all() == []
    with pytest.raises(Exception, match="No row"):
        people.by_link(link, "vote")


def test_a_change_is_noted_where_doors_are_and_never_in_the_journal(database):
    services.change_own(robin(), Channel.EMAIL, "New@Example.org")
    assert db.session.scalars(db.select(Entry)).all() == []
    assert what_was_noted() == ["contact change asked for", "contact changed"]


def test_a_new_phone_is_asked_about_anew(database):
    person = robin()
    services.change_own(person, Channel.PHONE, NEW)
    assert messages.reach_of(person).id is None
    messages.set_reach(person, by=person, phone_is_safe=False, phone_is_shared=True, hours=["evening"])
    services.change_own(person, Channel.PHONE, OLD)
    reach = messages.reach_of(person)
    assert (reach.phone_is_safe, reach.phone_is_shared, reach.hours) == (None, None, ["evening"])


def test_a_number_can_be_taken_away(database):
    person = robin()
    services.change_own(person, Channel.PHONE, None)
    assert (person.phone, queries.shown(person)[Channel.PHONE]) == (None, "")


@pytest.mark.parametrize("tell", [True, False])
def test_the_old_one_hears_of_it_only_where_she_marked_it_safe(database, post_box, tell):
    person = robin()
    services.change_own(person, Channel.EMAIL, "new@example.org", tell_the_old=tell)
    services.change_own(person, Channel.PHONE, NEW, tell_the_old=tell)
    send(), send()
    words = "We will not write here any more, as you asked."
    assert [to for to, _, said in post_box.letters() if words in said] == ["robin@example.org"] * tell
    assert [to for to, said in post_box.texts() if words in said] == [OLD] * tell


def test_the_old_one_is_forgotten_after_two_days(database, clock, post_box):
    person = robin()
    services.change_own(person, Channel.EMAIL, "new@example.org", tell_the_old=True)
    services.make_due_changes()
    assert changes()[0].old is not None
    clock(now() + timedelta(days=2, minutes=1))
    services.make_due_changes()
    assert changes()[0].old is None
    send()
    assert post_box.letters() == []
    assert db.session.scalars(db.select(Message.state)).all() == [MessageState.WITHDRAWN]


def test_who_has_no_old_one_has_nobody_to_tell(database):
    services.change_own(robin(phone=None), Channel.PHONE, NEW, tell_the_old=True)
    assert db.session.scalars(db.select(Message)).all() == []


# --- What another account has (A5).


def test_what_another_account_has_shows_nowhere_and_waits_until_it_is_free(database, clock):
    other, person = a_person("Jo", phone=NEW), robin()
    services.change_own(person, Channel.PHONE, NEW)
    assert (other.phone, person.phone) == (NEW, None)
    assert queries.shown(person)[Channel.PHONE] == "ends in 77"
    assert queries.changed_last(person) == now()
    assert services.make_due_changes() == 0
    clock(now() + timedelta(days=2))
    services.change_own(other, Channel.PHONE, None)
    assert services.make_due_changes() == 1
    db.session.expire_all()
    assert (person.phone, [c.sealed for c in changes()]) == (NEW, [None, None])
    assert queries.changed_last(person) == now()


def test_free_and_taken_cost_the_same_statements(database, query_count):
    a_person("Jo", phone=NEW)
    costs = []
    for value, other in ((NEW, "robin"), ("+447700900188", "casey")):
        person = robin(email=f"{other}@example.org", phone=None)
        db.session.commit()
        query_count.clear()
        services.change_own(person, Channel.PHONE, value)
        costs.append([statement.split("(")[0].split("SET")[0] for statement in query_count])
        db.session.commit()
    assert costs[0] == costs[1]


def test_who_is_a_moment_too_late_waits_like_the_others(database, monkeypatch):
    """R5: where the other account was quicker by a hair, the constraint speaks and nobody sees it."""
    person = robin()
    execute, spoken = db.session.execute, []

    def too_late(statement, *args, **kwargs):
        if "UPDATE person" in str(statement) and "CASE" in str(statement) and not spoken:
            spoken.append(True)
            raise IntegrityError("update", {}, Exception("taken"))
        return execute(statement, *args, **kwargs)

    monkeypatch.setattr(db.session, "execute", too_late)
    services.change_own(person, Channel.PHONE, NEW)
    assert (spoken, person.phone) == ([True], None)
    assert queries.shown(person)[Channel.PHONE] == "ends in 77"


def test_a_later_change_forgets_what_waited(database):
    a_person("Jo", phone=NEW)
    person = robin()
    services.change_own(person, Channel.PHONE, NEW)
    services.change_own(person, Channel.PHONE, "+447700900188")
    assert (person.phone, [c.sealed for c in changes()]) == ("+447700900188", [None, None])


# --- By staff.


def test_two_people_and_a_day_change_it_and_then_it_is_forgotten(database, clock):
    person = robin()
    _, first, _ = a_group(person)
    people.begin_session(person)
    change = ask(person, first)
    assert NEW.encode() not in (change.sealed or b"")
    assert services.confirm(change, "07700 900177", by=an_admin())
    assert services.make_due_changes() == 0
    assert queries.changed_last(person) is None
    clock(now() + timedelta(hours=23, minutes=59))
    assert (services.make_due_changes(), person.phone) == (0, OLD)
    clock(now() + timedelta(minutes=1))
    assert services.make_due_changes() == 1
    db.session.expire_all()
    assert (person.phone, change.state, change.sealed) == (NEW, ChangeState.MADE, None)
    assert queries.changed_last(person) == now()
    assert db.session.scalars(db.select(SignedIn)).all() == []
    assert services.make_due_changes() == 0
    assert db.session.scalars(db.select(Entry)).all() == []


def test_what_is_not_confirmed_never_takes_effect(database, clock):
    person = robin()
    ask(person, an_admin())
    clock(now() + timedelta(days=40))
    assert (services.make_due_changes(), person.phone) == (0, OLD)


def test_an_admin_alone_cannot_take_over_a_members_sign_in(database):
    """A6: not by confirming it herself, nor by typing something else for the second."""
    person, admin = robin(), an_admin()
    change = ask(person, admin, "admin@example.org", Channel.EMAIL)
    with pytest.raises(Refused, match="Somebody else has to confirm"):
        services.confirm(change, "admin@example.org", by=admin)
    with pytest.raises(Refused, match="Only a facilitator or a programme admin"):
        services.confirm(change, "admin@example.org", by=a_professional("Nia"))
    assert not services.confirm(change, "robin.new@example.org", by=an_admin("Lee"))
    assert (change.state, change.confirmed_by_id) == (ChangeState.ASKED, None)


def test_who_has_no_part_in_it_changes_nothing(database):
    person, admin, nia = robin(), an_admin(), a_professional("Nia")
    with pytest.raises(Refused, match="Only a facilitator or a programme admin"):
        services.ask_change(person, Channel.PHONE, NEW, by=nia)
    with pytest.raises(Refused, match="Change your own"):
        services.ask_change(admin, Channel.PHONE, NEW, by=admin)


@pytest.mark.parametrize("who", ["herself", "first", "an admin"])
def test_she_and_staff_can_stop_it(database, clock, who):
    person = robin()
    _, first, _ = a_group(person)
    change = ask(person, first)
    services.confirm(change, NEW, by=an_admin())
    services.stop(change, by={"herself": person, "first": first, "an admin": an_admin("Lee")}[who])
    db.session.commit()
    clock(now() + timedelta(days=2))
    assert (services.make_due_changes(), person.phone) == (0, OLD)
    assert (change.state, change.sealed) == (ChangeState.STOPPED, None)


def test_nobody_else_stops_it(database):
    change = ask(robin(), an_admin())
    with pytest.raises(Refused, match="Only a facilitator or a programme admin"):
        services.stop(change, by=a_professional("Nia"))


def test_asking_anew_stops_what_waited_and_so_does_her_own_change(database):
    person, admin = robin(), an_admin()
    first = ask(person, admin)
    letter = ask(person, admin, "new@example.org", Channel.EMAIL)
    second = ask(person, admin, "+447700900188")
    assert [c.state for c in (first, letter, second)] == [ChangeState.STOPPED, ChangeState.ASKED, ChangeState.ASKED]
    services.change_own(person, Channel.PHONE, NEW)
    assert second.state == ChangeState.STOPPED
    assert letter.state == ChangeState.ASKED


def test_what_another_account_has_takes_effect_as_far_as_it_can(database, clock):
    a_person("Jo", phone=NEW)
    person, admin = robin(), an_admin()
    change = ask(person, admin)
    services.confirm(change, NEW, by=an_admin("Lee"))
    db.session.commit()
    clock(now() + timedelta(days=1))
    assert services.make_due_changes() == 1
    db.session.expire_all()
    assert (person.phone, change.state, queries.shown(person)[Channel.PHONE]) == (None, ChangeState.MADE, "ends in 77")
