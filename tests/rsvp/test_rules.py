"""Who is asked until when, when a reminder is due, and what is to be arranged."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

from coprod.core.clock import HERE
from coprod.cycles.models import Session, SessionState
from coprod.cycles.rules.evening import CardPart, Fact, WayOn, by_phone, card_of
from coprod.cycles.rules.schedule import begins
from coprod.messages import rules as messages
from coprod.needs.models import Help
from coprod.needs.rules import Wanted
from coprod.people.models import Person, Side
from coprod.rsvp.models import Arranged, Coming, ComingAnswer
from coprod.rsvp.rules import answers, arranging
from coprod.rsvp.rules.arranging import What
from coprod.rsvp.services import REMINDER
from coprod.workstreams.models import Membership, MembershipState, Role, Seat, WorkstreamState
from tests.cycles.build import a_cycle, a_session, people

YES, NO, NOT_SURE = ComingAnswer
LINK = 69


def _person(alias: str, side: Side = Side.LIVED) -> Person:
    return Person(id=uuid4(), alias=alias, side=side)


def _place(person: Person, role: Role = Role.MEMBER, state: MembershipState = MembershipState.JOINED) -> Membership:
    return Membership(id=uuid4(), person=person, person_id=person.id, seat=Seat.MOTHER, role=role, state=state)


def _evening(*places: Membership, **fields: object) -> Session:
    """A published session of a group at which these sit."""
    session = a_session(**({"state": SessionState.PUBLISHED} | fields))
    session.begins = begins(session.on, session.starts_at, session.zone)
    session.cycle = a_cycle()
    session.cycle.workstream.memberships = list(places)
    return session


def _said(place: Membership, answer: ComingAnswer, **ticked: bool) -> Coming:
    chosen = {"needs_lift": False, "ring_me": False, "rung": False} | ticked
    return Coming(person_id=place.person_id, person=place.person, answer=answer, **chosen)


# --- Who may answer, and until when.


def test_everybody_who_has_joined_answers_for_themself_until_the_moment_it_begins() -> None:
    robin, sam, paused = _person("Robin"), _person("Sam", Side.PROFESSIONAL), _person("Pat")
    session = _evening(_place(robin), _place(sam, Role.FACILITATOR), _place(paused, state=MembershipState.PAUSED))
    before = session.begins - timedelta(seconds=1)
    assert answers.may_answer(robin, robin, session, before)
    told = {
        "other": answers.may_answer(sam, robin, session, before).reason,
        "facilitator": answers.may_answer(sam, sam, session, before).reason,
        "paused": answers.may_answer(paused, paused, session, before).reason,
        "begun": answers.may_answer(robin, robin, session, session.begins).reason,
    }
    asked = "Only people in the group are asked, and not those who run it."
    assert told == {
        "other": "Only the person themself can say this.",
        "facilitator": asked,
        "paused": asked,
        "begun": "It has begun. There is nothing to answer now.",
    }


def test_only_what_is_sent_out_and_not_over_is_asked() -> None:
    sessions = [_evening(state=state) for state in SessionState]
    found = {session.state: answers.is_open(session, session.begins - timedelta(1)).reason for session in sessions}
    assert found == {
        SessionState.DRAFT: "It is not sent out yet.",
        SessionState.PUBLISHED: "",
        SessionState.MOVED: "",
        SessionState.HELD: "It is over. There is nothing to answer now.",
        SessionState.CANCELLED: "We do not meet this time.",
    }


def test_nobody_is_asked_to_a_group_that_is_paused_or_closed() -> None:
    session = _evening()
    before, found = session.begins - timedelta(1), {}
    for state in WorkstreamState:
        setattr(session.cycle.workstream, "state", state)  # noqa: B010 - what tests prepare is not the house's doing
        found[state] = (answers.is_open(session, before).reason, answers.is_due(session, before))
    rests = ("The group does not meet now.", False)
    assert found == dict.fromkeys(WorkstreamState, ("", True)) | {
        WorkstreamState.PAUSED: rests,
        WorkstreamState.CLOSED: rests,
    }


# --- The reminder.


def test_reminder_is_due_at_four_the_day_before_by_the_sessions_own_clock() -> None:
    """R6: also over the night on which the clocks change, and in another zone."""
    winter = _evening(on=date(2026, 3, 29))
    assert answers.remind_at(winter) == datetime(2026, 3, 28, 16, tzinfo=UTC)
    summer = _evening(on=date(2026, 6, 2))
    assert answers.remind_at(summer) == datetime(2026, 6, 1, 15, tzinfo=UTC)
    far = _evening(on=date(2026, 1, 7), zone="America/New_York")
    assert answers.remind_at(far) == datetime(2026, 1, 6, 21, tzinfo=UTC)


def test_reminder_is_due_from_then_until_it_begins() -> None:
    session = _evening()
    due = answers.remind_at(session)
    assert [
        answers.is_due(session, moment)
        for moment in (due - timedelta(seconds=1), due, session.begins - timedelta(seconds=1), session.begins)
    ] == [False, True, True, False]


def test_text_says_the_day_and_the_time_and_no_more() -> None:
    session = _evening()
    said = [answers.when_said(session, session.on - timedelta(days)) for days in (0, 1, 2)]
    assert said == ["today, Tue 6pm", "tomorrow, Tue 6pm", "Tue 6pm"]
    text = messages.text_of(messages.fill(REMINDER.text, {"when": said[1]}), "Robin", "https://x.org/c/abc")
    assert text == "Hi Robin. Group is tomorrow, Tue 6pm. Coming? https://x.org/c/abc You can stop texts there."


def test_text_is_one_plain_part_whatever_the_name_the_day_and_the_time() -> None:
    """Domain rule 13: 160 plain signs, over every day, every odd time and names up to the longest."""
    longest, odd = 0, []
    for on in (date(2025, 12, 1) + timedelta(days) for days in range(7)):
        for hour in range(24):
            for minute in (0, 1, 30, 59):
                session = _evening(on=on, starts_at=time(hour, minute))
                when = answers.when_said(session, on - timedelta(1))
                for name in ("", "Jo", "x" * 20, "x" * 40, "Zoë", "Baby"):
                    text = messages.text_of(messages.fill(REMINDER.text, {"when": when}), name, "x" * LINK)
                    longest = max(longest, len(text))
                    odd += [text] if not messages.is_plain(text) or not messages.names_nothing(text) else []
    assert odd == []
    assert longest <= messages.LONGEST_TEXT
    assert max(len(f"tomorrow, {day} 10.30am") for day in answers.DAYS) == len(answers.LONGEST_WHEN)


# --- What is said of an answer.


def test_card_leads_to_the_question_and_back_to_it() -> None:
    assert answers.way_on(None) == WayOn("Are you coming?", "rsvp.show", main=True)
    assert answers.way_on(NO) == WayOn("Change my answer: I’m not coming", "rsvp.show")


def test_card_parts_stand_in_their_order() -> None:
    first, second = Fact("clock", "When", "6pm"), Fact("pin", "Where", "Here")
    way = WayOn("On", "rsvp.show")
    assert card_of([CardPart((first,)), CardPart((second,), (way,))]) == CardPart((first, second), (way,))
    assert by_phone(a_session()) == CardPart()
    assert by_phone(a_session(dial_in="Ring 0123")).facts[0].answer == "Ring 0123"


def test_confirmation_says_where_the_way_the_door_and_who_rings() -> None:
    robin = _place(_person("Robin"))
    session = _evening(robin, _place(_person("Sam"), Role.FACILITATOR), place="Sea Room. Side door.")
    own = arranging.own_facts(Wanted((Help.BUS,)), _said(robin, YES, ring_me=True), {})
    told = [(fact.answer, fact.more) for fact in arranging.confirmed(session, _said(robin, YES, ring_me=True), own)]
    assert told == [
        ("Sea Room", "Side door."),
        ("You asked for a bus ticket", "We tell you here how you get it."),
        ("Sam meets you at the door", ""),
        ("Sam will ring you", ""),
    ]
    plain = [fact.answer for fact in arranging.confirmed(session, _said(robin, NOT_SURE), [])]
    assert plain == ["Sea Room", "Do you need a taxi or a bus ticket?", "Sam meets you at the door"]
    alone = _evening(robin)
    assert [fact.answer for fact in arranging.confirmed(alone, _said(robin, NO, ring_me=True), [])] == ["Sea Room"]


# --- For those who run the group.


def test_who_comes_stands_by_answer_and_name_and_never_by_when() -> None:
    """P4."""
    kit, robin, ada = _place(_person("kit")), _place(_person("Robin")), _place(_person("Ada", Side.PROFESSIONAL))
    said = {place.person_id: _said(place, answer) for place, answer in ((robin, YES), (ada, YES))}
    groups = [(g.title, [p.person.alias for p in g.places]) for g in answers.by_answer([kit, robin, ada], said)]
    assert groups == [("Coming", ["Ada", "Robin"]), ("Not said yet", ["kit"])]
    assert answers.count_coming([kit, robin, ada], said) == "2 of 3 are coming so far."
    assert answers.count_coming([kit, robin], said) == "1 of 2 is coming so far."


def test_fewer_than_two_expected_parents_are_a_hint() -> None:
    """Domain rule 19: by what they said, where they said something."""
    kit, robin, ada = _place(_person("Kit")), _place(_person("Robin")), _place(_person("Ada", Side.PROFESSIONAL))
    everybody = [kit, robin, ada]
    assert answers.lived_hint(everybody, {}).words == "2 parents expected."
    said = {robin.person_id: _said(robin, NO), ada.person_id: _said(ada, YES)}
    assert answers.lived_hint(everybody, said).kind == "look"


def test_who_asked_to_be_rung_stands_by_name_also_once_rung() -> None:
    kit, robin, ada = _place(_person("kit")), _place(_person("Robin")), _place(_person("Ada"))
    asked = [_said(robin, NO, ring_me=True), _said(kit, YES, ring_me=True, rung=True), _said(ada, YES)]
    rings = answers.to_ring([robin, kit, ada], {said.person_id: said for said in asked})
    assert [(said.person.alias, said.rung) for said in rings] == [("kit", True), ("Robin", False)]
    assert answers.to_ring([robin], {}) == []


# --- What is to be arranged.


def test_everything_that_helps_is_arranged_but_the_time_of_day() -> None:
    everything = Wanted(tuple(Help), places=2, language="Polish", food="halal")
    needed = arranging.needed(everything, None)
    assert list(needed) == [what for what in What if what != What.LIFT]
    assert (needed[What.CRECHE], needed[What.INTERPRETER], needed[What.FOOD]) == ("2 places", "Polish", "halal")
    assert set(arranging.HELPS) == set(Help) - {Help.EVENING}
    assert set(arranging.TITLES) == set(arranging.READY) == set(What)


def test_a_lift_asked_for_is_a_lift_unless_a_taxi_is_needed_anyway() -> None:
    robin = _place(_person("Robin"))
    lift = _said(robin, YES, needs_lift=True)
    assert list(arranging.needed(Wanted(), lift)) == [What.LIFT]
    assert list(arranging.needed(Wanted((Help.TAXI,)), lift)) == [What.TAXI]
    assert arranging.needed(Wanted(places=1), _said(robin, YES)) == {What.CRECHE: "1 place"}


def test_whoever_said_no_is_not_on_the_list() -> None:
    kit, robin = _place(_person("Kit")), _place(_person("Robin"))
    wants = {place.person_id: Wanted((Help.TAXI,), places=n) for n, place in enumerate((kit, robin), 1)}
    booked = {(kit.person_id, "taxi"): Arranged(what="taxi", words="5.30pm")}
    parts = arranging.to_do([robin, kit], wants, {}, booked)
    assert [(part.title, part.more, [task.person.alias for task in part.tasks]) for part in parts] == [
        ("Taxis", "2", ["Kit", "Robin"]),
        ("Crèche", "3 places", ["Kit", "Robin"]),
    ]
    assert arranging.left(parts) == "3 to do."
    fewer = arranging.to_do([robin, kit], wants, {robin.person_id: _said(robin, NO)}, booked)
    assert [(part.more, len(part.tasks)) for part in fewer] == [("", 1), ("1 place", 1)]
    assert arranging.find(fewer, robin.person_id, "taxi") is None
    assert arranging.find(fewer, kit.person_id, "taxi").done.words == "5.30pm"
    assert arranging.left([]) == "All is done."


def test_what_was_booked_for_whoever_says_no_is_to_be_cancelled() -> None:
    """Whatever was booked stays in sight until somebody has cancelled it; what nobody waits with just goes."""
    robin, kit = _place(_person("Robin")), _place(_person("Kit"))
    wants = {robin.person_id: Wanted((Help.TAXI, Help.QUIET_ROOM), places=2)}
    done = {(robin.person_id, what.value): Arranged(what=what.value) for what in What}
    fewer = arranging.to_do([robin, kit], wants, {robin.person_id: _said(robin, NO)}, done)
    assert [part.what for part in fewer] == [what for what in What if what not in arranging.NOTHING_TO_CANCEL]
    assert {(task.to_cancel, task.is_open, part.more) for part in fewer for task in part.tasks} == {(True, True, "")}
    assert arranging.left(fewer) == "8 to do."
    assert not arranging.is_needed(fewer[0].tasks[0])
    again = arranging.to_do([robin, kit], wants, {robin.person_id: _said(robin, YES)}, done)
    assert [task.what for part in again for task in part.tasks if not task.to_cancel] == [
        What.TAXI,
        What.CRECHE,
        What.QUIET_ROOM,
    ]


def test_facilitators_arrange_until_it_is_over() -> None:
    folk = people("facilitator", "member")
    session = _evening()
    session.cycle.workstream.memberships = [
        _place(folk["facilitator"], Role.FACILITATOR),
        _place(folk["member"]),
    ]
    assert arranging.may_arrange(folk["facilitator"], session)
    assert not arranging.may_arrange(folk["member"], session)
    over = _evening(state=SessionState.HELD)
    over.cycle.workstream.memberships = session.cycle.workstream.memberships
    assert arranging.may_arrange(folk["facilitator"], over).reason == "This session is held."


def test_she_reads_what_is_ready_and_what_of_the_way_is_still_to_come() -> None:
    wanted = Wanted((Help.TAXI, Help.LARGE_PRINT, Help.QUIET_ROOM), places=1)
    waiting = arranging.own_facts(wanted, None, {})
    assert [(f.label, f.answer) for f in waiting] == [("Getting there", "You asked for a taxi")]
    done = {
        what: Arranged(what=what, words=words)
        for what, words in (
            ("taxi", "Your taxi comes at 5.30pm"),
            ("creche", "Next building, from 5.45pm"),
            ("large print", ""),
        )
    }
    ready = [(f.label, f.answer) for f in arranging.own_facts(wanted, None, done)]
    assert ready == [
        ("Getting there", "Your taxi comes at 5.30pm"),
        ("Crèche", "Next building, from 5.45pm"),
        ("Large print", "Your papers are in large print"),
    ]
    robin = _place(_person("Robin"))
    assert arranging.own_facts(wanted, _said(robin, NO), done) == []


def test_moment_is_the_walls_own() -> None:
    """A session at six is answered until six, in summer as in winter."""
    for on in (date(2026, 1, 6), date(2026, 7, 7)):
        assert _evening(on=on).begins.astimezone(HERE).time() == time(18)
