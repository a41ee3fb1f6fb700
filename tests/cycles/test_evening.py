"""What a member reads of an evening, and the ten weeks as facts for the drawing."""

from datetime import date
from uuid import uuid4

from coprod.cycles.models import Part, Session, SessionState, SkippedWeek
from coprod.cycles.rules import evening, weeks
from coprod.drawings.ten_weeks import Week, WeekState
from coprod.people.models import Person, Side
from coprod.workstreams.models import Membership, MembershipState, Role, Seat
from tests.cycles.build import a_cycle, a_session, items


def _seats(*seats: tuple[Seat, int]) -> list[Membership]:
    return [
        Membership(seat=seat, role=Role.MEMBER, state=MembershipState.JOINED) for seat, n in seats for _ in range(n)
    ]


def _runs(alias: str) -> Membership:
    person = Person(id=uuid4(), alias=alias, side=Side.PROFESSIONAL)
    return Membership(seat=Seat.TEAM, role=Role.FACILITATOR, person=person)


def _hard() -> Session:
    told = items(
        *(("arrive", 15), ("check-in", 10), ("recap", 10), ("work", 20, "hard"), ("break", 15)),
        *(("work", 25, "decide"), ("actions", 10), ("check-out", 10)),
    )
    told[3].title, told[5].title = "The maternity ward", "Ideas"
    return a_session(items=told)


def test_evening_is_told_in_six_lines() -> None:
    assert evening.lines(_hard()) == [
        evening.Line("6.00", "Food and hello", "How is everyone doing?", "plain"),
        evening.Line("6.25", "News", "What came of what we said.", "plain"),
        evening.Line("6.35", "The maternity ward", "A hard topic. You can sit this out.", "hard"),
        evening.Line("6.55", "Break", "15 minutes.", "break"),
        evening.Line("7.10", "Ideas", "We decide this together.", "plain"),
        evening.Line("7.35", "Jobs and goodbyes", "Done by 7.55.", "plain"),
    ]


def test_evening_without_pairs_tells_each_part() -> None:
    told = items(("arrive", 5), ("work", 5), ("check-in", 5), ("check-out", 5), ("actions", 5))
    told[1].method = "Small groups."
    assert [(line.title, line.note) for line in evening.lines(a_session(items=told))] == [
        ("Food and hello", "Come in and sit down."),
        ("Work", "Small groups."),
        ("Hello", "How is everyone doing?"),
        ("Goodbyes", "One word each."),
        ("Jobs", "Who does what next."),
    ]


def test_evening_in_short_is_three_lines_with_what_is_hard_and_what_we_decide() -> None:
    """Journey 4."""
    assert [line.title for line in evening.in_short(_hard())] == ["News", "The maternity ward", "Ideas"]
    told = items(("work", 5), ("work", 5), ("work", 5, "decide"), ("break", 15), ("work", 5, "hard"), ("recap", 5))
    for number, item in enumerate(told):
        item.title = f"Item {number}"
    assert [line.title for line in evening.in_short(a_session(items=told))] == ["Item 0", "Item 2", "Item 4"]
    assert evening.in_short(a_session(items=[])) == []


def test_hours_and_break_are_said_as_people_say_them() -> None:
    session = a_session()
    assert evening.hours(session) == "6pm to 7.55pm"
    assert evening.break_at(session) == "with a break at 6.55pm"
    session.items = [item for item in session.items if item.part != Part.BREAK]
    assert evening.break_at(session) == ""


def test_place_comes_first_and_the_way_after() -> None:
    assert evening.where(a_session(place="Sea Room. Side door, by the bike rack.")) == (
        "Sea Room",
        "Side door, by the bike rack.",
    )
    assert evening.where(a_session(place="")) == ("We will tell you", "")


def test_hard_topic_is_told_with_its_time_and_note() -> None:
    assert evening.hard_topics(_hard()) == [evening.HardTopic("6.35 to 6.55", "We talk about the ward.")]
    assert evening.hard_topics(a_session()) == []


def test_who_comes_is_told_by_role_and_never_by_name() -> None:
    """P1: mothers, fathers and carers are one number."""
    seated = _seats((Seat.MOTHER, 4), (Seat.FATHER, 2), (Seat.MIDWIFE, 2), (Seat.MANAGER, 3), (Seat.LEGAL, 1))
    told = evening.who_comes([*seated, _runs("Sam")])
    assert told == "6 parents and carers, 2 midwives, 3 managers from social care, 1 lawyer"
    assert evening.who_comes(_seats((Seat.CARER, 1))) == "1 parent or carer"
    assert evening.who_comes(_seats((Seat.LEADER, 1))) == "1 senior leader"
    assert evening.who_comes([]) == ""


def test_every_professional_seat_has_a_plain_name() -> None:
    assert set(evening.SEATS) == {seat for seat in Seat if seat.side == Side.PROFESSIONAL}


def test_who_runs_it_is_named_as_they_chose() -> None:
    assert evening.who_runs_it([]) == ""
    assert evening.who_runs_it([_runs("Sam")]) == "Sam runs it."
    assert evening.who_runs_it([_runs("Sam"), _runs("Jo")]) == "Jo and Sam run it."


def test_ten_weeks_tell_what_became_of_each() -> None:
    cycle = a_cycle(start=date(2025, 10, 7))
    cycle.skipped = [SkippedWeek(on=date(2025, 10, 10), why="Half term 2025, Blackpool schools")]
    for session in cycle.sessions[:5]:
        session.state = SessionState.HELD
    cycle.sessions[4].state = SessionState.CANCELLED

    facts = weeks.ten_weeks(cycle, date(2025, 11, 10))

    assert facts.weeks[0] == Week("7 Oct", WeekState.HELD, 1, "Phase 1")
    assert facts.weeks[1] == Week("10 Oct", WeekState.SKIPPED, None, "", "Half term 2025")
    assert facts.weeks[5] == Week("4 Nov", WeekState.SKIPPED, None, "Phase 1", "Cancelled")
    assert facts.weeks[6] == Week("Tomorrow", WeekState.NEXT, 6, "Phase 1")
    assert {week.state for week in facts.weeks[7:]} == {WeekState.TO_COME}
    assert weeks.ten_weeks(cycle, date(2025, 11, 5)).weeks[6].label == "11 Nov"


def test_week_five_says_that_the_agreement_is_looked_at_again() -> None:
    cycle = a_cycle(start=date(2025, 10, 7))
    assert [week.number for week in weeks.ten_weeks(cycle, date(2025, 10, 1)).weeks if week.note] == [5]


def test_nothing_comes_next_once_all_is_over() -> None:
    cycle = a_cycle(start=date(2025, 10, 7))
    assert weeks.next_of(cycle, date(2026, 1, 1)) is None
    assert weeks.next_of(cycle, date(2025, 10, 8)) is cycle.sessions[1]


def test_card_keeps_what_matters_above_more_and_lets_the_rest_wait() -> None:
    """Journey 4: 150 words; the content note is whole, and what we decide is said, whatever has to wait."""
    session, pay = _hard(), evening.Fact("coins", "Pay", "£30.00, as we offered")
    session.items[2].method = "What came of what we said."
    card = evening.CardPart((pay,), (evening.WayOn("Say how you are", "wellbeing.check_in"),))
    roomy = evening.laid(session, [], card)
    assert (roomy.facts, roomy.under, roomy.in_short) == ([pay], [], evening.in_short(session))
    session.items[3].content_note = " ".join(["quiet"] * 100)
    full = evening.laid(session, [], card)
    assert (full.facts, full.under) == ([], [pay])
    assert [(line.title, line.note) for line in full.in_short] == [
        ("News", ""),
        ("The maternity ward", ""),
        ("Ideas", "We decide this together."),
    ]
