"""What changes an action: the change, the journal line, the refusal and its reason."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from coprod.actions import queries, services
from coprod.actions.models import Action, ActionState, Repeat
from coprod.core.answers import Refused
from coprod.core.clock import today
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.workstreams.models import MembershipState
from tests.factories import an_action
from tests.steering.rooms import Room

DUE = date(2025, 12, 5)


@pytest.fixture
def room(database: None) -> Room:
    return Room()


@pytest.fixture
def action(room: Room) -> Action:
    return services.open_action(room.steering, "Share the ward data", room.max, DUE, by=room.alex)


def verbs() -> list[str]:
    return sorted(db.session.scalars(select(Entry.verb)))


def test_action_opens_with_one_owner_and_one_day(room: Room, action: Action) -> None:
    assert (action.what, action.owner, action.due) == ("Share the ward data", room.max, DUE)
    assert (action.state, action.opened_on, action.recommendation) == (ActionState.OPEN, today(), None)
    assert verbs() == ["opened"]


def test_action_may_be_a_facilitators_of_the_group_that_asked(room: Room) -> None:
    asked = room.asked()
    action = services.open_action(room.steering, "Tell them", room.sam, DUE, by=room.alex, recommendation=asked)
    assert (action.owner, action.recommendation) == (room.sam, asked)


def test_action_of_somebody_who_is_not_here_is_refused(room: Room) -> None:
    with pytest.raises(Refused, match="Robin is not at this table"):
        services.open_action(room.steering, "Ring", room.robin, DUE, by=room.alex, recommendation=room.asked())
    with pytest.raises(Refused, match="Only the chair or a facilitator"):
        services.open_action(room.steering, "Ring", room.max, DUE, by=room.max)


def test_done_takes_a_second_person(room: Room, action: Action) -> None:
    services.say_done(action, by=room.max, evidence="It is in the shared folder")
    assert (action.state, action.said_done_by, action.evidence) == (
        ActionState.SAID_DONE,
        room.max,
        "It is in the shared folder",
    )
    with pytest.raises(Refused, match="A second person has to agree"):
        services.agree_done(action, by=room.max, evidence="Seen")
    services.agree_done(action, by=room.dee)
    assert action.state == ActionState.DONE
    assert verbs() == ["agreed done", "opened", "said done"]


def test_done_that_a_second_person_does_not_see_is_open_again(room: Room, action: Action) -> None:
    services.say_done(action, by=room.alex)
    services.find_not_done(action, by=room.max)
    assert (action.state, action.said_done_by) == (ActionState.OPEN, None)
    services.say_done(action, by=room.max)
    assert action.state == ActionState.SAID_DONE


def test_date_that_moves_keeps_every_old_one_in_order(room: Room, action: Action) -> None:
    services.move_date(action, date(2025, 12, 19), "The agreement is not signed", by=room.max)
    services.move_date(action, date(2026, 1, 16), "The board meets in January", by=room.alex)
    db.session.commit()
    assert [(change.was, change.now, change.reason) for change in action.due_changes] == [
        (DUE, date(2025, 12, 19), "The agreement is not signed"),
        (date(2025, 12, 19), date(2026, 1, 16), "The board meets in January"),
    ]
    assert action.due == date(2026, 1, 16)
    assert verbs() == ["moved the date of", "moved the date of", "opened"]


def test_date_is_not_moved_by_others_nor_to_the_day_it_has(room: Room, action: Action) -> None:
    with pytest.raises(Refused, match="Only the person it belongs to"):
        services.move_date(action, date(2026, 1, 16), "Later", by=room.dee)
    with pytest.raises(Refused, match="That is the date it has now"):
        services.move_date(action, DUE, "Later", by=room.max)
    with pytest.raises(IntegrityError):
        services.move_date(action, date(2026, 1, 16), "", by=room.max)
    db.session.rollback()


def test_action_is_cancelled_by_the_chair(room: Room, action: Action) -> None:
    with pytest.raises(Refused, match="Only the chair or a facilitator"):
        services.cancel(action, by=room.max)
    services.cancel(action, by=room.alex)
    assert action.state == ActionState.CANCELLED


def test_action_needs_words(room: Room) -> None:
    with pytest.raises(IntegrityError):
        an_action(room.steering, room.max, "")
    db.session.rollback()


def test_action_is_numbered_at_its_table_and_knows_its_session(room: Room) -> None:
    first = services.open_action(room.steering, "Ring", room.max, DUE, by=room.alex)
    other = services.open_action(room.stream, "Ring", room.mo, DUE, by=room.sam)
    second = services.open_action(room.steering, "Write", room.max, DUE, by=room.alex, opened_on=date(2025, 11, 3))
    assert [first.number, other.number, second.number] == [1, 1, 2]
    assert second.opened_on == date(2025, 11, 3)


def test_agreed_action_says_who_agreed_when_and_how_anyone_can_tell(room: Room, action: Action) -> None:
    services.say_done(action, by=room.max)
    assert services.agree_done(action, by=room.dee, evidence="I have seen it") is None
    assert (action.agreed_by, action.settled_on, action.evidence) == (room.dee, today(), "I have seen it")


def test_nothing_is_done_before_somebody_says_how_anyone_can_tell(room: Room, action: Action) -> None:
    """Feature 69: done needs evidence, of whoever says so or of the second person."""
    services.say_done(action, by=room.max)
    with pytest.raises(Refused, match="A second person has to agree"):
        services.agree_done(action, by=room.max)
    for nothing in ("", " "):
        with pytest.raises(Refused, match="Say how anyone can tell that it is done"):
            services.agree_done(action, by=room.dee, evidence=nothing)
    assert (action.state, action.agreed_by, action.settled_on) == (ActionState.SAID_DONE, None, None)


def test_word_of_the_one_who_did_it_stands(room: Room, action: Action) -> None:
    services.say_done(action, by=room.max, evidence="In the folder")
    services.agree_done(action, by=room.dee, evidence="I have seen it")
    assert action.evidence == "In the folder"


def test_repeating_action_comes_again_once(room: Room) -> None:
    action = services.open_action(room.steering, "Count", room.max, DUE, by=room.alex, repeats=Repeat.WEEKLY)
    services.say_done(action, by=room.max, evidence="Counted")
    following = services.agree_done(action, by=room.dee)
    assert following
    assert (following.due, following.owner, following.follows) == (date(2025, 12, 12), room.max, action)
    assert (following.number, following.repeats, following.series_from) == (2, Repeat.WEEKLY, DUE)
    assert (following.state, following.opened_on) == (ActionState.OPEN, today())
    services.reopen(action, "The form has changed", by=room.alex)
    services.say_done(action, by=room.max, evidence="Counted")
    assert services.agree_done(action, by=room.dee) is None
    assert len(queries.seen_by(room.max)) == 2
    services.say_done(following, by=room.max, evidence="Counted")
    third = services.agree_done(following, by=room.dee)
    assert third
    assert (third.due, third.series_from) == (date(2025, 12, 19), DUE)


def test_turn_of_somebody_who_is_gone_goes_to_who_leads_the_table(room: Room) -> None:
    """Domain rule 25: what nobody can do is nobody's; whoever agrees takes it on if she leads the table."""
    max_ = next(held for held in room.steering.memberships if held.person is room.max)
    for second, owner in ((room.dee, room.alex), (room.alex, room.alex)):
        max_.state = MembershipState.JOINED
        action = services.open_action(room.steering, "Count", room.max, DUE, by=room.alex, repeats=Repeat.WEEKLY)
        services.say_done(action, by=room.max, evidence="Counted")
        max_.state = MembershipState.LEFT
        db.session.flush()
        following = services.agree_done(action, by=second)
        assert following
        assert (following.owner, action.owner) == (owner, room.max)


def test_repeating_ends_when_the_chair_says_so(room: Room) -> None:
    action = services.open_action(room.steering, "Count", room.max, DUE, by=room.alex, repeats=Repeat.MONTHLY)
    with pytest.raises(Refused, match="Only the chair or a facilitator"):
        services.stop_repeating(action, by=room.max)
    services.stop_repeating(action, by=room.alex)
    services.say_done(action, by=room.max, evidence="Counted")
    assert services.agree_done(action, by=room.dee) is None
    assert verbs() == ["agreed done", "ended the turns of", "opened", "said done"]


def test_note_is_written_beside_in_order(room: Room, action: Action) -> None:
    services.note(action, "The ward has sent half", by=room.dee)
    services.note(action, "Now all of it", by=room.max)
    db.session.commit()
    assert [(one.number, one.words, one.by, one.on) for one in action.notes] == [
        (1, "The ward has sent half", room.dee, today()),
        (2, "Now all of it", room.max, today()),
    ]
    with pytest.raises(Refused, match="Only people in Steering group"):
        services.note(action, "Hello", by=room.robin)


def test_not_done_yet_keeps_what_was_said_and_what_is_missing(room: Room, action: Action) -> None:
    services.say_done(action, by=room.max, evidence="In the folder")
    services.find_not_done(action, by=room.dee, why="The folder is empty")
    assert [(one.words, one.by) for one in action.notes] == [
        ("In the folder", room.max),
        ("The folder is empty", room.dee),
    ]
    assert (action.evidence, action.said_done_by) == ("", None)


def test_settled_action_is_opened_again_with_a_reason(room: Room, action: Action) -> None:
    services.cancel(action, by=room.alex)
    assert action.settled_on == today()
    with pytest.raises(Refused, match="Only the chair or a facilitator"):
        services.reopen(action, "After all", by=room.max)
    services.reopen(action, "After all", by=room.alex)
    assert (action.state, action.settled_on, action.agreed_by) == (ActionState.OPEN, None, None)
    assert [one.words for one in action.notes] == ["After all"]


def test_action_is_handed_over_to_somebody_who_can_own_it(room: Room, action: Action) -> None:
    with pytest.raises(Refused, match="Only the chair or a facilitator"):
        services.hand_over(action, room.dee, by=room.max)
    with pytest.raises(Refused, match="It is Max’s already"):
        services.hand_over(action, room.max, by=room.alex)
    with pytest.raises(Refused, match="Robin is not at this table"):
        services.hand_over(action, room.robin, by=room.alex)
    services.hand_over(action, room.dee, by=room.alex)
    assert (action.owner, action.handed_on) == (room.dee, today())
    kim = services.outside_owner("Kim", "kim@example.org", by=room.alex)
    services.hand_over(action, kim, by=room.alex)
    assert action.owner == kim
    services.say_done(action, by=room.alex)
    with pytest.raises(Refused, match="It is said done, so it stays where it is"):
        services.hand_over(action, room.max, by=room.alex)


def test_address_goes_thirty_days_after_the_last_thing_is_settled(room: Room, action: Action) -> None:
    kim = services.outside_owner("Kim", "kim@example.org", by=room.alex)
    services.hand_over(action, kim, by=room.alex)
    later = today() + timedelta(400)
    assert queries.unneeded_addresses(later) == []
    services.cancel(action, by=room.alex)
    assert queries.unneeded_addresses(today() - timedelta(1)) == []
    assert len(queries.unneeded_addresses(today())) == 1
