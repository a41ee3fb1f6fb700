from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.exc import NoResultFound

from coprod.core.answers import Refused
from coprod.core.clock import now
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.core.security_log import SecurityEvent
from coprod.messages import services as messages
from coprod.messages.models import Message, PartOfDay, Reach, Way
from coprod.messages.queries import KINDS
from coprod.people import services as people
from coprod.people.models import Person
from coprod.voting import queries as votes
from coprod.voting import services as voting
from coprod.voting.models import Envelope, RollEntry
from coprod.voting.rules import Choice
from coprod.workstreams import rules, services
from coprod.workstreams.models import (
    CaseCheck,
    CheckAnswer,
    Kind,
    Membership,
    MembershipState,
    Role,
    Seat,
    SeparationCheck,
    SeparationRequest,
    Words,
)
from coprod.workstreams.services import places
from tests import factories
from tests.voting import ballots

Clock = Callable[..., None]

pytestmark = pytest.mark.usefixtures("database")


def journal() -> list[tuple[str, str, str, str]]:
    entries = db.session.scalars(select(Entry)).all()
    return [(entry.verb, entry.subject, entry.before, entry.after) for entry in entries]


def test_create_proposes_a_table_that_begins_this_month() -> None:
    ada, programme = factories.an_admin(), factories.a_programme()

    stream = services.create(programme, "Legal", Kind.STREAM, by=ada, purpose="In court", open_ended=True)

    assert (stream.state, stream.purpose, stream.open_ended) == ("proposed", "In court", True)
    assert [(run.number, run.began) for run in stream.runs] == [(1, "2025-11")]
    assert journal() == [("proposed", "workstream", "", "")]


def test_create_is_refused_to_others_than_admins() -> None:
    with pytest.raises(Refused, match="Only a programme admin"):
        services.create(factories.a_programme(), "Legal", by=factories.a_professional())


def test_move_stream_moves_and_writes_it_down() -> None:
    stream = factories.a_stream()
    services.move_stream(stream, "paused", by=factories.an_admin())
    assert stream.state == "paused"
    assert journal() == [("paused", "workstream", "active", "paused")]


def test_offers_of_a_table_that_ends_are_taken_back_o3() -> None:
    stream, guest = factories.a_stream(facilitator=factories.a_professional()), factories.a_person()
    asked = factories.a_membership(stream, guest, state=MembershipState.THINKING)
    services.move_stream(stream, "paused", by=factories.an_admin())
    assert asked.state == MembershipState.THINKING
    services.move_stream(stream, "closed", by=factories.an_admin("Ada"))
    assert (asked.state, asked.left_on) == (MembershipState.LEFT, date(2025, 11, 17))
    assert {place.state for place in stream.memberships if place is not asked} == {MembershipState.JOINED}


def test_invite_gives_a_place_and_writes_it_down() -> None:
    sam, robin = factories.a_professional(), factories.a_person()
    stream = factories.a_stream(facilitator=sam)

    place = services.invite(stream, robin, Seat.FATHER, by=sam)

    assert (place.state, place.seat, place.role) == ("invited", Seat.FATHER, Role.MEMBER)
    assert journal() == [("invited", "membership", "", "")]


def test_invite_is_refused_twice_and_to_a_member() -> None:
    sam, dana, robin = factories.a_professional(), factories.a_professional("Dana"), factories.a_person()
    stream = factories.a_stream(facilitator=sam, members=[dana])
    services.invite(stream, robin, Seat.MOTHER, by=sam)

    with pytest.raises(Refused, match="has a place here already"):
        services.invite(stream, robin, Seat.MOTHER, by=sam)
    with pytest.raises(Refused, match="Only a facilitator"):
        services.invite(stream, factories.a_person("Kit"), Seat.MOTHER, by=dana)


def test_confirming_stores_a_pair_for_each_member_here_or_coming_once() -> None:
    ada, sam = factories.an_admin(), factories.a_professional()
    robin, kit, ash = (factories.a_person(alias) for alias in ("Robin", "Kit", "Ash"))
    stream = factories.a_stream(facilitator=sam, members=[robin])
    factories.a_membership(stream, kit, state=MembershipState.THINKING)
    factories.a_membership(stream, ash, state=MembershipState.LEFT)

    services.confirm_no_family_case(stream, sam, by=ada)
    services.confirm_no_family_case(stream, sam, by=ada)

    pairs = db.session.scalars(select(CaseCheck)).all()
    assert {(pair.professional_id, pair.lived_id) for pair in pairs} == {(sam.id, robin.id), (sam.id, kit.id)}
    assert len(pairs) == 2
    assert journal()[0] == ("own-case check confirmed", "membership", "", "")


def test_confirming_is_refused_to_a_member_and_to_oneself() -> None:
    sam, dana = factories.a_professional(), factories.a_professional("Dana")
    stream = factories.a_stream(facilitator=sam, members=[dana, factories.a_person()])
    with pytest.raises(Refused, match="Only a facilitator"):
        services.confirm_no_family_case(stream, sam, by=dana)
    with pytest.raises(Refused, match="Somebody else confirms this"):
        services.confirm_no_family_case(stream, sam, by=sam)
    assert db.session.scalars(select(CaseCheck)).all() == []


def test_a_group_comes_together_without_anybody_waiting_for_ever_rule_2(clock: Clock) -> None:
    ada, sam, dana = factories.an_admin(), factories.a_professional(), factories.a_professional("Dana")
    robin, kit = factories.a_person(), factories.a_person("Kit")
    stream = factories.a_stream()
    runs_it = services.invite(stream, sam, Seat.TEAM, Role.FACILITATOR, by=ada)
    services.check_separation(runs_it, CheckAnswer.TOGETHER, by=ada)
    clock(2025, 11, 19, 9, 0)
    services.move(runs_it, "joined", by=sam)

    first = services.invite(stream, robin, Seat.MOTHER, by=sam)
    midwife = services.invite(stream, dana, Seat.MIDWIFE, by=sam)
    for place in (first, midwife):
        services.check_separation(place, CheckAnswer.TOGETHER, by=sam)
    services.move(first, "joined", by=robin)
    services.confirm_no_family_case(stream, sam, by=ada)
    services.confirm_no_family_case(stream, dana, by=sam)
    assert (first.state, first.said_yes) == ("invited", True)
    clock(2025, 11, 21, 9, 0)
    services.move(midwife, "joined", by=dana)
    assert services.settle_places() == 1

    second = services.invite(stream, kit, Seat.FATHER, by=sam)
    services.check_separation(second, CheckAnswer.TOGETHER, by=sam)
    services.confirm_no_family_case(stream, dana, by=sam)
    clock(2025, 12, 1, 9, 0)
    services.move(second, "joined", by=kit)
    assert (second.state, second.said_yes, services.settle_places()) == ("invited", True, 0)
    services.confirm_no_family_case(stream, sam, by=ada)
    assert services.settle_places() == 1

    assert {place.state for place in (runs_it, first, midwife, second)} == {MembershipState.JOINED}


def test_move_reads_afresh_who_is_here() -> None:
    """A page that was read before somebody joined does not let a person past the check."""
    robin, sam = factories.a_person(), factories.a_professional()
    stream = factories.a_stream()
    place = services.invite(stream, robin, Seat.MOTHER, by=factories.an_admin())
    assert len(stream.memberships) == 1
    factories.looked_at(place)
    joined = Membership(workstream_id=stream.id, person_id=sam.id, seat=Seat.TEAM, state=MembershipState.JOINED)
    factories.keep(joined)

    services.move(place, "joined", by=robin)

    assert (place.state, place.said_yes) == ("invited", True)


def test_move_writes_it_down_without_a_reason_p6() -> None:
    robin = factories.a_person()
    place = factories.a_membership(factories.a_stream(), robin)
    services.move(place, "left", by=robin)
    assert journal() == [("left", "membership", "joined", "left")]


def test_move_by_somebody_else_is_refused() -> None:
    robin, ada = factories.a_person(), factories.an_admin()
    place = factories.a_membership(factories.a_stream(), robin)
    with pytest.raises(Refused, match="Only the person themself"):
        services.move(place, "left", by=ada)
    with pytest.raises(Refused, match="There is no such step"):
        services.move(place, "thrown out", by=ada)


def test_call_gives_a_table_its_neutral_name() -> None:
    stream = factories.a_stream()
    services.call(stream, "Tuesday group", by=factories.an_admin())
    assert (stream.neutral_name, journal()) == ("Tuesday group", [("given a neutral name", "workstream", "", "")])
    with pytest.raises(Refused, match="Only a programme admin"):
        services.call(stream, "Monday group", by=factories.a_professional())


# --- The separation check (P3): one time, one wording, and nothing said of what came of it.


def _asked_and_looked_at(answer: CheckAnswer, alias: str = "Kim") -> Membership:
    ada = factories.an_admin(f"Ada {alias}")
    stream = factories.a_stream(factories.a_programme(f"For {alias}"), f"Group of {alias}")
    place = services.invite(stream, factories.a_professional(alias), Seat.HEALTH, by=ada)
    services.check_separation(place, answer, by=ada)
    return place


def test_answers_take_effect_at_one_time_whichever_way_they_went_p3(clock: Clock) -> None:
    together, apart = (_asked_and_looked_at(answer, answer.name) for answer in CheckAnswer)
    for place in (apart, together):
        services.move(place, "joined", by=place.person)

    clock(2025, 11, 18, 23, 59)
    assert (services.settle_places(), apart.state, together.state) == (0, "invited", "invited")
    clock(2025, 11, 19, 0, 0)
    assert (services.settle_places(), apart.state, together.state) == (2, "left", "joined")
    assert services.settle_places() == 0


def test_check_made_late_counts_from_the_next_morning_p3(clock: Clock) -> None:
    ada = factories.an_admin()
    place = services.invite(factories.a_stream(), factories.a_professional("Kim"), Seat.HEALTH, by=ada)
    services.move(place, "joined", by=place.person)
    clock(2025, 11, 25, 9, 0)
    services.check_separation(place, CheckAnswer.TOGETHER, by=ada)
    assert services.settle_places() == 0
    clock(2025, 11, 26, 0, 0)
    assert (services.settle_places(), place.state) == (1, "joined")


def test_kept_apart_leaves_what_a_taken_back_invitation_leaves_p3(clock: Clock) -> None:
    apart, taken_back = _asked_and_looked_at(CheckAnswer.APART, "Kim"), _asked_and_looked_at(CheckAnswer.TOGETHER, "Jo")
    clock(2025, 11, 19, 9, 0)
    services.settle_places()
    services.move(taken_back, "taken back", by=db.session.get_one(Person, taken_back.separation.checked_by_id))

    def left(place: Membership) -> list[object]:
        told = select(Entry).where(Entry.subject_id == place.id).order_by(Entry.at, Entry.verb)
        lines = [(one.verb, one.before, one.after) for one in db.session.scalars(told)]
        return [place.state, place.left_on, place.said_yes, place.wants_a_call, place.words, place.separation, lines]

    assert left(apart) == left(taken_back)
    assert left(apart)[-1] == [("check made", "", ""), ("invited", "", ""), ("taken back", "invited", "left")]
    assert db.session.scalars(select(SeparationCheck)).all() == []


def test_journal_says_of_a_check_that_it_was_made_and_by_whom_and_no_more_p3() -> None:
    together, apart = (_asked_and_looked_at(answer, answer.name) for answer in CheckAnswer)
    told = {}
    for place in (together, apart):
        line = db.session.scalars(select(Entry).where(Entry.verb == "check made", Entry.subject_id == place.id)).one()
        told[place] = (line.subject, line.before, line.after, line.by_id == place.separation.checked_by_id)
    assert told[together] == told[apart] == ("membership", "", "", True)


def test_check_is_refused_for_oneself_to_others_and_twice() -> None:
    ada, dana = factories.an_admin(), factories.a_professional("Dana")
    stream = factories.a_stream(members=[dana])
    own = services.invite(stream, ada, Seat.TEAM, by=ada)
    with pytest.raises(Refused, match="Somebody else makes the checks"):
        services.check_separation(own, CheckAnswer.TOGETHER, by=ada)
    with pytest.raises(Refused, match="Only a facilitator"):
        services.check_separation(own, CheckAnswer.TOGETHER, by=dana)
    lee = factories.an_admin("Lee")
    services.check_separation(own, CheckAnswer.TOGETHER, by=lee)
    with pytest.raises(Refused, match="This check is made"):
        services.check_separation(own, CheckAnswer.APART, by=lee)


def test_checker_who_runs_nothing_any_more_does_not_hold_the_answer_up(clock: Clock) -> None:
    place = _asked_and_looked_at(CheckAnswer.APART)
    place.separation.checked_by.is_admin = False
    clock(2025, 11, 20, 9, 0)
    assert (services.settle_places(), place.state) == (1, "left")


def test_requests_are_a_members_own_kept_once_and_in_no_journal_p3() -> None:
    robin, kit, sam = factories.a_person(), factories.a_person("Kit"), factories.a_professional()
    for _ in range(2):
        services.ask_apart(robin, "Alex from the clinic", by=robin)
        db.session.flush()
    kept = db.session.scalars(select(SeparationRequest)).one()
    for person, by in ((robin, kit), (sam, sam)):
        with pytest.raises(Refused):
            services.ask_apart(person, "Somebody", by=by)
    with pytest.raises(Refused, match="Only the person themself"):
        services.take_back_apart(kept, by=kit)
    services.take_back_apart(kept, by=robin)
    services.ask_apart(robin, "Another", by=robin)
    db.session.flush()
    services.forget_requests(robin)
    assert (db.session.scalars(select(SeparationRequest)).all(), journal()) == ([], [])


# --- Saying yes, maybe, no.


def test_yes_is_said_once_and_kept_until_the_checks_are_through(clock: Clock) -> None:
    robin = factories.a_person()
    place = factories.a_membership(factories.a_stream(), robin, state=MembershipState.INVITED)
    for _ in range(2):
        services.move(place, "joined", by=robin)
    assert (place.state, place.said_yes) == ("invited", True)
    assert journal() == [("said yes", "membership", "", "")]
    factories.looked_at(place)
    assert services.settle_places() == 1
    assert (place.state, place.said_yes) == ("joined", False)
    assert journal()[-1] == ("joined", "membership", "invited", "joined")


def test_maybe_asks_for_a_call_which_is_noted_when_made() -> None:
    sam, robin = factories.a_professional(), factories.a_person()
    place = factories.a_membership(factories.a_stream(facilitator=sam), robin, state=MembershipState.INVITED)
    services.move(place, "thinking", by=robin)
    assert (place.state, place.wants_a_call) == ("thinking", True)
    with pytest.raises(Refused, match="Only a facilitator"):
        services.rang(place, by=robin)
    services.rang(place, by=sam)
    assert not place.wants_a_call


def test_link_is_written_down_to_be_sent_after_they_have_talked() -> None:
    sam, robin = factories.a_professional(), factories.a_person()
    place = factories.a_membership(factories.a_stream(facilitator=sam), robin, state=MembershipState.INVITED)
    services.send_invitation(place, by=sam)
    queued = db.session.scalars(select(Message)).one()
    assert (queued.purpose, queued.person_id, queued.thing_id) == ("place", robin.id, place.id)
    with pytest.raises(Refused, match="Only a facilitator"):
        services.send_invitation(place, by=robin)


def test_link_is_right_only_while_the_place_is_offered_and_not_answered_o3() -> None:
    robin, kit = factories.a_person(), factories.a_person("Kit")
    place = factories.a_membership(factories.a_stream(), robin, state=MembershipState.INVITED)
    right = KINDS["place"].still_right
    assert (right(robin, place.id), right(kit, place.id)) == (True, False)
    place.said_yes = True
    assert not right(robin, place.id)
    place.said_yes = False
    services.move(place, "left", by=robin)
    assert not right(robin, place.id)


def test_somebody_is_called_what_she_says() -> None:
    robin, kit = factories.a_person(), factories.a_person("Kit")
    place = factories.a_membership(factories.a_stream(), robin)
    services.call_me(place, "Robin", by=robin)
    services.call_me(place, "Bird", by=robin)
    assert (robin.alias, journal()) == ("Bird", [("renamed", "person", "", "")])
    with pytest.raises(Refused, match="Only the person themself"):
        services.call_me(place, "X", by=kit)


# --- Leaving and coming back (journey 10).


def test_leaving_ends_everything_at_once_and_keeps_only_the_day_and_the_choice() -> None:
    robin = factories.a_person()
    place = factories.a_membership(factories.a_stream(), robin)
    services.ask_apart(robin, "Somebody", by=robin)
    messages.queue(services.PLACE, robin, place.id)
    reach = {"way": Way.CALL, "phone_is_safe": True, "phone_is_shared": True, "hours": [PartOfDay.EVENING]}
    messages.set_reach(robin, by=robin, **reach)
    token, rights = people.begin_session(robin), robin.rights

    services.leave(place, Words.TAKE_OUT, by=robin)

    assert (place.state, place.words, place.left_on) == ("left", Words.TAKE_OUT, date(2025, 11, 17))
    assert (people.resume(people.cookie_for(token)), robin.rights) == (None, rights + 1)
    assert db.session.scalars(select(Message.state)).all() == ["withdrawn"]
    assert db.session.scalars(select(SeparationRequest)).all() == []
    kept = db.session.scalars(select(Reach)).one()
    assert (kept.way, kept.phone_is_safe, kept.phone_is_shared, kept.hours) == (None, None, True, [])
    with pytest.raises(Refused, match="You are not in this group now"):
        services.leave(place, Words.KEEP, by=robin)


def test_leaving_one_of_two_groups_keeps_what_the_other_needs() -> None:
    robin, stream = factories.a_person(), factories.a_stream()
    place = factories.a_membership(stream, robin)
    other = factories.a_membership(factories.a_stream(stream.programme, "Legal"), robin, state=MembershipState.INVITED)
    services.ask_apart(robin, "Somebody", by=robin)
    messages.set_reach(robin, by=robin, way=Way.CALL)
    for thing in (place, other):
        messages.queue(services.PLACE, robin, thing.id)

    services.leave(place, Words.KEEP, by=robin)

    assert dict(db.session.execute(select(Message.thing_id, Message.state)).all()) == {
        place.id: "withdrawn",
        other.id: "waiting",
    }
    assert len(db.session.scalars(select(SeparationRequest)).all()) == 1
    assert messages.reach_of(robin).way == Way.CALL


def test_later_features_are_told_when_a_place_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    robin, told = factories.a_person(), []
    monkeypatch.setattr(places, "_WHEN_LEFT", [])
    services.when_left(lambda place, last: told.append((place.state, place.words, last)))
    stream = factories.a_stream()
    first = factories.a_membership(stream, robin)
    second = factories.a_membership(factories.a_stream(stream.programme, "Legal"), robin)
    services.leave(first, Words.KEEP, by=robin)
    services.leave(second, Words.TAKE_OUT, by=robin)
    assert told == [("left", Words.KEEP, False), ("left", Words.TAKE_OUT, True)]


def test_coming_back_asks_both_checks_again_and_restores_nothing(clock: Clock) -> None:
    ada, sam, robin = factories.an_admin(), factories.a_professional(), factories.a_person()
    stream = factories.a_stream(facilitator=sam)
    place = factories.looked_at(factories.a_membership(stream, robin, state=MembershipState.INVITED))
    services.confirm_no_family_case(stream, sam, by=ada)
    services.move(place, "joined", by=robin)
    messages.set_reach(robin, by=robin, way=Way.TEXT)
    services.leave(place, Words.KEEP, by=robin)
    clock(2025, 12, 1, 9, 0)

    services.move(place, "invited again", by=sam)

    assert (place.state, place.asked_on, place.left_on, place.words) == ("invited", date(2025, 12, 1), None, None)
    assert (place.separation, rules.to_separate(stream), rules.to_confirm(stream)) == (
        None,
        [place],
        [rules.membership_of(sam, stream)],
    )
    services.move(place, "joined", by=robin)
    clock(2025, 12, 12, 9, 0)
    assert (services.settle_places(), place.state, messages.reach_of(robin).way) == (0, "invited", None)
    services.check_separation(place, CheckAnswer.TOGETHER, by=sam)
    services.confirm_no_family_case(stream, sam, by=ada)
    clock(2025, 12, 15, 9, 0)
    assert (services.settle_places(), place.state) == (1, "joined")


def test_taking_a_break_keeps_the_place_and_the_session() -> None:
    robin = factories.a_person()
    place = factories.a_membership(factories.a_stream(), robin)
    token = people.begin_session(robin)
    services.move(place, "paused", by=robin)
    assert (place.state, place.left_on, people.resume(people.cookie_for(token)) is not None) == ("paused", None, True)
    services.move(place, "joined", by=robin)
    assert place.state == "joined"


def test_who_comes_back_while_an_own_case_check_is_due_waits_and_is_not_asked_again() -> None:
    ada, sam, robin = factories.an_admin(), factories.a_professional(), factories.a_person()
    stream = factories.a_stream(facilitator=sam)
    place = factories.a_membership(stream, robin, state=MembershipState.PAUSED)
    services.move(place, "joined", by=robin)
    assert (place.state, place.said_yes, services.settle_places()) == ("paused", True, 0)
    services.confirm_no_family_case(stream, sam, by=ada)
    assert (services.settle_places(), place.state, place.said_yes) == (1, "joined", False)


def test_who_leaves_stays_on_an_open_roll_and_nothing_shows_it_b1() -> None:
    table = ballots.a_table()
    poll, robin = ballots.an_open_vote(table), table.lived[0]
    voting.cast(poll, Choice.LOVE, by=robin)
    before = (roll(), votes.turnout_word(poll), poll.lived_on_roll, poll.professionals_on_roll)

    services.leave(rules.membership_of(robin, table.stream), Words.TAKE_OUT, by=robin)

    assert (roll(), votes.turnout_word(poll), poll.lived_on_roll, poll.professionals_on_roll) == before
    assert len(db.session.scalars(select(Envelope)).all()) == 1
    assert list(votes.open_to(robin, now())) == []
    with pytest.raises(NoResultFound):
        votes.one_answerable_by(robin, poll.id)


def roll() -> set[UUID]:
    return set(db.session.scalars(select(RollEntry.person_id)))


# --- Another seat or role, and who is looked for.


def test_another_role_ends_what_they_have_open_and_is_written_down_a1() -> None:
    ada, dana = factories.an_admin(), factories.a_professional("Dana")
    place = factories.a_membership(factories.a_stream(), dana)
    token = people.begin_session(dana)
    services.reseat(place, Seat.HEALTH, Role.FACILITATOR, by=ada)
    assert (place.seat, place.role) == (Seat.HEALTH, Role.FACILITATOR)
    assert people.resume(people.cookie_for(token)) is None
    assert journal() == [("given another seat or role", "membership", "", "")]
    event = db.session.scalars(select(SecurityEvent).where(SecurityEvent.what == "given another seat or role")).one()
    assert (event.person_id, event.by_id) == (dana.id, ada.id)
    with pytest.raises(Refused, match="That is what they have now"):
        services.reseat(place, Seat.HEALTH, Role.FACILITATOR, by=ada)


def test_open_seats_are_kept_by_seat_without_noughts() -> None:
    sam = factories.a_professional()
    stream = factories.a_stream(facilitator=sam)
    services.look_for(stream, {Seat.MOTHER: 2, Seat.MIDWIFE: 0}, by=sam)
    assert stream.open_seats == {"mother": 2}
    with pytest.raises(Refused, match="Only a facilitator"):
        services.look_for(stream, {}, by=factories.a_professional("Dana"))
