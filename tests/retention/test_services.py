import os
from datetime import datetime, time, timedelta
from itertools import cycle
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from coprod.assistance.models import Act, Assisted
from coprod.contacts.models import ChangeState, Channel, ContactChange
from coprod.core.clock import HERE, now, today
from coprod.core.db import db, here
from coprod.core.journal import Entry, record
from coprod.core.once import Once
from coprod.core.security_log import SecurityEvent
from coprod.cycles.models import Cycle, CycleState, Session
from coprod.interests.models import Interest, InterestState, Whose
from coprod.messages.models import Message, MessageState, Reach
from coprod.my_data.models import AskState, DataAsk
from coprod.needs.models import Needs
from coprod.payments.models import Expense, ExpenseState, Payment, PaymentState, PaymentStep, PayMethod, PayWay
from coprod.people.models import Person, Side, Ticket
from coprod.people.sealing import real_now
from coprod.retention import rules, services
from coprod.retention.models import RetentionRun
from coprod.safeguarding.models import Concern, ConcernState, Told, Urgency
from coprod.supporters.models import Support
from coprod.workstreams.models import Membership, MembershipState
from tests.factories import a_membership, a_person, a_professional, a_stream, an_admin, keep

DAY = timedelta(days=1)
JOIN = {"is_safe": True, "whose": Whose.PARENT}
START = datetime(2025, 11, 17, 3, 0, tzinfo=HERE)


@pytest.fixture
def stream(database):
    return a_stream(facilitator=a_professional("Sam"))


def a_leaver(stream, name="Robin", ago=30, **fields):
    person = a_person(name, email=f"{name}@example.org", phone=f"07{abs(hash(name)) % 10**9:09}", **fields)
    place = a_membership(stream, person, state=MembershipState.LEFT)
    place.left_on = today() - ago * DAY
    keep(Needs(person_id=person.id, food="Halal"), Reach(person_id=person.id, hours=[]))
    return person


def is_kept(person):
    needs = db.session.scalar(select(func.count()).select_from(Needs).where(Needs.person_id == person.id))
    return person.email is not None and person.phone is not None and needs == 1


def test_contacts_and_needs_of_leavers_go_after_thirty_days_journey_10(stream):
    gone, stays = a_leaver(stream), a_leaver(stream, "Mo", ago=29)
    run = services.run()
    assert (is_kept(gone), is_kept(stays)) == (False, True)
    assert (run.let_go, run.failed) == ({"leavers": 1}, [])
    assert services.run().let_go == {}


def test_who_has_another_place_or_a_part_is_no_leaver(stream):
    elsewhere, lead, admin = a_leaver(stream, "Eve"), a_leaver(stream, "Lee"), a_leaver(stream, "Ada")
    a_membership(a_stream(stream.programme, "Other"), elsewhere, state=MembershipState.INVITED)
    stream.programme.safeguarding_lead = lead
    admin.is_admin = True
    never = a_person("New", email="new@example.org")
    services.run()
    assert [is_kept(person) for person in (elsewhere, lead, admin)] == [True, True, True]
    assert never.email == "new@example.org"


def test_leaver_of_before_leaving_days_were_kept_goes_by_the_day_she_was_asked(stream):
    person = a_leaver(stream)
    place = next(one for one in stream.memberships if one.person_id == person.id)
    place.left_on, place.asked_on = None, today() - 31 * DAY
    services.run()
    assert not is_kept(person)


def test_closed_account_is_let_go_of_thirty_days_after_it_was_closed(stream, clock):
    ada, closed = an_admin(), a_person("Closed", active=False, email="closed@example.org")
    record(ada, "turned away", closed)
    services.run()
    assert closed.email == "closed@example.org"
    clock(START + 31 * DAY)
    services.run()
    assert closed.email is None


def test_supporter_with_nobody_left_goes_with_the_last_help_that_ended(database):
    ann, bea = a_person("Ann"), a_person("Bea")
    jo = a_person("Jo", Side.SUPPORTER, email="jo@example.org")
    for member, ended in ((ann, 30), (bea, 10)):
        ended_on = today() - ended * DAY
        keep(Support(member_id=member.id, supporter_id=jo.id, called="Jo", since=ended_on, ended_on=ended_on))
    services.run()
    assert jo.email == "jo@example.org"
    keep(*(one for one in db.session.scalars(select(Support)) if setattr(one, "ended_on", today() - 40 * DAY) is None))
    services.run()
    assert (jo.email, db.session.scalars(select(Support)).all()) == (None, [])


def test_concerns_go_in_one_statement_and_are_not_counted_p7(stream, clock):
    sam = a_professional("Max")
    old = now() - 6 * 366 * DAY
    keep(
        Concern(
            programme_id=stream.programme_id,
            raised_by_id=sam.id,
            about="Robin",
            number="1",
            urgency=Urgency.SOON,
            told=Told.YES,
            raised_at=old,
            state=ConcernState.CLOSED,
            closed_at=old,
        )
    )
    run = services.run()
    assert (db.session.scalars(select(Concern)).all(), run.let_go) == ([], {})


def test_what_was_let_go_of_is_wiped_too(stream):
    services.run()
    db.session.commit()
    assert list(here().keys.glob("erased*")) == []
    a_leaver(stream)
    services.run()
    db.session.commit()
    assert [file.name for file in here().keys.glob("erased*")] == ["erased-to-wipe"]


def test_old_files_of_a_demonstration_go(app, database, tmp_path, monkeypatch):
    for key in ("MAIL", "TEXT"):
        monkeypatch.setitem(app.config, f"{key}_BACKEND", "file")
    monkeypatch.setitem(app.config, "MAIL_FILE_PATH", str(tmp_path))
    monkeypatch.setitem(app.config, "TEXT_FOLDER", str(tmp_path / "none"))
    for name, age in (("old", 31), ("new", 1)):
        (tmp_path / name).write_text("Hi")
        moment = (real_now() - age * DAY).timestamp()
        os.utime(tmp_path / name, (moment, moment))
    assert services.run().let_go == {"message files": 1}
    assert [file.name for file in tmp_path.iterdir()] == ["new"]


# --- Past whatever fails.


def test_failing_kind_and_failing_thing_are_named_and_all_else_is_done(stream, monkeypatch, caplog):
    one, two = a_leaver(stream), a_leaver(stream, "Mo")

    def broken(*_):
        raise ValueError("Robin's secret words")

    first, second = sorted((one, two), key=lambda person: person.id)
    forget = services._forget_how_to_reach
    picky = services.Chore(services.CHORES["leavers"].due, lambda key: broken() if key == first.id else forget(key))
    monkeypatch.setitem(services.CHORES, "leavers", picky)
    monkeypatch.setitem(services.CHORES, "messages", services.Chore(broken, broken))
    keep(Interest(name="", contact="", told_on=today() - 40 * DAY, state=InterestState.CLOSED, **JOIN))
    run = services.run()
    assert (is_kept(first), is_kept(second)) == (True, False)
    assert (run.failed, run.let_go) == (["leavers", "messages"], {"leavers": 1, "answered interests": 1})
    assert run.finished_at == now()
    assert "secret words" not in caplog.text


def test_three_years_of_daily_runs_keep_nothing_past_its_limit_f33(stream, clock, monkeypatch):
    """F33: each run meets one broken thing; it is reported, the rest is done, and the next run lets it go."""
    kinds = cycle(["messages", "done for members", "data requests", "contact changes", "answered interests"])
    unbroken = dict(services.CHORES)
    left_behind, reported = 0, []
    for turn in range(36):
        clock(START + turn * 31 * DAY)
        a_month_of_everything(stream, turn)
        kind = next(kinds)
        broken = next(iter(unbroken[kind].due()), None)
        monkeypatch.setitem(services.CHORES, kind, breaking(unbroken[kind], broken))
        run = services.run()
        monkeypatch.setitem(services.CHORES, kind, unbroken[kind])
        assert run.failed == ([kind] if broken else [])
        reported.append(bool(broken))
        left_behind = max(left_behind, len(too_old()) - bool(broken))
        db.session.commit()
    assert (left_behind, sum(reported) > 10) == (0, True)
    assert db.session.scalar(select(func.count()).select_from(Entry)) >= 36


def breaking(chore, broken):
    def let_go(thing):
        if thing == broken:
            raise RuntimeError
        chore.let_go(thing)

    return services.Chore(chore.due, let_go)


def a_month_of_everything(stream, turn):
    """One of each kind, of a month ago, so that each month something is due."""
    person = a_leaver(stream, f"P{turn}", ago=1)
    old, on = now() - DAY, today() - DAY
    record(person, "left", stream)
    keep(
        Interest(name="", contact="", told_on=on, state=InterestState.INVITED, **JOIN),
        Interest(name="B", contact="1", told_on=on, **JOIN),
        Message(purpose="place", person_id=person.id, thing_id=uuid4(), due=old, state=MessageState.SENT),
        ContactChange(
            person_id=stream.memberships[0].person_id,
            channel=Channel.PHONE,
            state=ChangeState.MADE,
            asked_by_id=person.id,
            asked_at=old,
        ),
        Assisted(member_id=person.id, by_id=person.id, act=Act.STOP_TEXTS, thing_id=person.id, done_on=on),
        DataAsk(person_id=person.id, words="?", asked_on=on, state=AskState.ANSWERED, answer="!", answered_on=on),
        SecurityEvent(at=old, what="signed in", person_id=person.id),
        Once(key=uuid4(), answer="/", on=on),
        Ticket(purpose="code", ends=real_now() - DAY),
    )


AGES = [
    ("messages", Message, "due"),
    ("contact changes", ContactChange, "asked_at"),
    ("done for members", Assisted, "done_on"),
    ("data requests", DataAsk, "answered_on"),
    ("security log", SecurityEvent, "at"),
    ("waiting interests", Interest, "told_on"),
    ("runs", RetentionRun, "began_at"),
]


def too_old():
    """Everything here that is older than its limit."""
    found = []
    for kind, model, column in AGES:
        for one in db.session.scalars(select(model)):
            age = getattr(one, column)
            then = (now() if isinstance(age, datetime) else today()) - rules.limit(kind).lasts
            found += [kind] if age < then else []
    month = today() - rules.MONTH
    late = select(Interest).where(Interest.state == InterestState.INVITED, Interest.told_on < month)
    found += ["answered"] * len(db.session.scalars(late).all())
    left = {p.person_id for p in stream_places() if p.left_on and p.left_on < month}
    found += [
        "leaver" for p in db.session.scalars(select(Person).where(Person.id.in_(left), Person.email.is_not(None)))
    ]
    found += ["form" for one in db.session.scalars(select(Once)) if one.on < today() - 7 * DAY]
    return found + ["ticket" for one in db.session.scalars(select(Ticket)) if one.ends < real_now()]


def stream_places():
    return db.session.scalars(select(Membership))


def test_who_was_said_to_come_goes_with_the_answers_of_that_session(stream, clock):
    """L4: what she said goes 30 days after the session, and so does the line that says she was helped to say it."""
    on = today()
    evening, later = a_session(stream, on), a_session(stream, on + 2 * DAY, number=2)
    robin = a_person("Robin")
    said = {"member_id": robin.id, "by_id": robin.id, "act": Act.SAY_COMING, "done_on": on - 40 * DAY}
    stays = Assisted(**said, thing_id=later.id)
    keep(stays, Assisted(**said, thing_id=evening.id), Assisted(**said | {"act": Act.SAY_YES}, thing_id=uuid4()))
    for days, left in ((29, 3), (30, 2), (31, 2), (32, 1)):
        clock(START + days * DAY)
        services.run()
        assert db.session.scalar(select(func.count(Assisted.id))) == left, days


def a_session(stream, on, number=1):
    cycle = Cycle(workstream=stream, number=number, state=CycleState.SCHEDULED, starts_on=on, starts_at=time(18))
    more = {"number": 1, "starts_at": time(18), "minutes": 115, "phase_id": stream.programme.phases[0].id}
    session = Session(cycle=cycle, on=on, begins=datetime.combine(on, time(18), HERE), **more)
    keep(cycle, session)
    return session


def test_every_kind_has_its_chore_and_its_limit():
    assert list(services.CHORES) == [limit.kind for limit in rules.LIMITS]


def test_what_was_paid_goes_in_its_time_and_what_is_owed_never_does(stream, clock):
    """L4: how somebody is paid goes a month after the last money, records six years after, empty offers a year."""
    robin, sam = a_person("Robin"), next(place.person for place in stream.memberships)

    def offered(state, on):
        payment = Payment(person=robin, workstream=stream, what="Coming", pence=2500, state=state, task_on=on)
        payment.pay_on, payment.accepted_pence = on, 2500
        payment.steps = [PaymentStep(number=1, state=state, on=on, by=sam)]
        return payment

    then = today()
    keep(offered(PaymentState.PAID, then), offered(PaymentState.DECLINED, then), offered(PaymentState.DUE, then))
    spent = Expense(person=robin, workstream=stream, what="Taxi", pence=460, spent_on=then, claimed_on=then)
    spent.claimed_by_id, spent.state, spent.paid_on = sam.id, ExpenseState.PAID, then
    keep(spent, PayMethod(person=robin, way=PayWay.CASH, changed_on=then))
    for days, gone in ((30, {}), (365, {"offers": 1}), (6 * 365, {"payments": 1, "expenses": 1})):
        clock(START + days * DAY)
        let_go = services.run().let_go
        assert {kind: n for kind, n in let_go.items() if kind != "runs"} == gone
    owed = db.session.scalars(select(Payment)).one()
    assert owed.state == PaymentState.DUE
    db.session.delete(owed)
    db.session.flush()
    assert services.run().let_go == {"ways to be paid": 1}
