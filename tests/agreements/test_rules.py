"""The lifecycle of an agreement, tried from every state by everybody; and the words it starts from."""

import itertools

import pytest

from coprod.agreements import rules
from coprod.agreements.models import Agreement, AgreementState
from coprod.agreements.rules import LIFECYCLE
from tests.cycles.build import ROLES, a_table, people
from tests.house.reading import ENDS, grade, words_of

ALLOWED = {
    ("talked through", AgreementState.DRAFT, "facilitator"),
    ("agreed", AgreementState.DISCUSSED, "facilitator"),
    ("superseded", AgreementState.AGREED, "facilitator"),
}


@pytest.mark.parametrize(("name", "state", "who"), list(itertools.product(LIFECYCLE.moves, AgreementState, ROLES)))
def test_every_move_from_every_state_by_everybody(name: str, state: AgreementState, who: str) -> None:
    folk = people(*ROLES)
    agreement = Agreement(workstream=a_table(folk), number=1, state=state, words=rules.offered(), changed="")

    assert bool(LIFECYCLE.may(folk[who], name, agreement)) == ((name, state, who) in ALLOWED)


def test_offered_words_are_easy_to_read() -> None:
    sentences = [sentence for heading in rules.HEADINGS for sentence in ENDS.split(heading.offered)]
    assert grade(sentences) <= 6
    assert max(len(words_of(sentence)) for sentence in sentences) <= 25


def test_agreement_speaks_of_twelve_things_and_says_its_limits() -> None:
    assert len(rules.HEADINGS) == 12
    assert "a court orders it" in rules.offered()["staying_here"]


def test_agreement_without_words_under_a_heading_is_not_whole() -> None:
    agreement = Agreement(number=1, words=rules.offered() | {"pay": ""}, changed="")
    assert rules.is_whole(agreement).reason == "“Pay and costs” has no words yet."


def test_second_version_says_what_changed() -> None:
    agreement = Agreement(number=2, words=rules.offered(), changed="")
    assert rules.is_whole(agreement).reason == "Say what changed first."
    agreement.changed = "Phones stay on."
    assert rules.is_whole(agreement)


def test_one_version_is_written_at_a_time_by_facilitators() -> None:
    folk = people("facilitator", "member")
    stream, busy = a_table(folk), Agreement(state=AgreementState.DISCUSSED)
    assert rules.may_start(folk["facilitator"], stream, [Agreement(state=AgreementState.AGREED)])
    assert "already" in rules.may_start(folk["facilitator"], stream, [busy]).reason
    assert "facilitator" in rules.may_start(folk["member"], stream, [busy]).reason


@pytest.mark.parametrize("state", AgreementState)
def test_words_stay_once_they_are_agreed(state: AgreementState) -> None:
    folk = people("facilitator", "member")
    agreement = Agreement(workstream=a_table(folk), state=state)
    assert bool(rules.may_write(folk["facilitator"], agreement)) is (state in rules.OPEN)
    assert not rules.may_write(folk["member"], agreement)


def test_members_read_the_agreed_version_or_else_the_one_being_written() -> None:
    old, new = Agreement(state=AgreementState.AGREED), Agreement(state=AgreementState.DRAFT)
    assert rules.shown([old, new]) is old
    assert rules.shown([new]) is new
    assert rules.shown([]) is None
    assert rules.in_hand([old, new]) is new
    assert rules.in_hand([old]) is None
