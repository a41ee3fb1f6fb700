"""Writing together, without a database: what fits, what changed, who is named, who may suggest and settle."""

import itertools
from uuid import uuid4

import pytest

from coprod.people.models import Person, Side
from coprod.recommendations import rules
from coprod.recommendations.models import (
    Comment,
    CommentState,
    Recommendation,
    State,
    Suggestion,
    SuggestionState,
    Version,
)
from coprod.workstreams.models import Membership, MembershipState, Role, Seat, Workstream

S, C = SuggestionState, CommentState
PROBLEM = rules.part_named("problem")
SEATS = {
    "facilitator": (Role.FACILITATOR, Seat.TEAM),
    "author": (Role.MEMBER, Seat.MOTHER),
    "peer": (Role.MEMBER, Seat.FATHER),
}
WHO = (*SEATS, "stranger")
ALLOWED = {
    ("taken", S.OFFERED, "facilitator"),
    ("not taken", S.OFFERED, "facilitator"),
    ("taken back", S.OFFERED, "author"),
}
COMMENTS_ALLOWED = {("settled", C.OPEN, "facilitator"), ("settled", C.OPEN, "author")}


def a_scene(state: State = State.DRAFTED, **words) -> tuple[Recommendation, dict[str, Person]]:
    people = {who: Person(id=uuid4(), alias=who.capitalize(), side=Side.LIVED) for who in WHO}
    seats = [
        Membership(person_id=people[who].id, role=role, seat=seat, state=MembershipState.JOINED)
        for who, (role, seat) in SEATS.items()
    ]
    stream = Workstream(name="Practice models", memberships=seats)
    return Recommendation(workstream=stream, state=state, title="Letters", version=1, **words), people


def suggested(recommendation, before: str, words: str, person=None, field: str = "problem") -> Suggestion:
    number = len(recommendation.suggestions) + 1
    one = Suggestion(number=number, field=field, before=before, words=words, state=S.OFFERED)
    one.person_id = person.id if person else None
    recommendation.suggestions.append(one)
    return one


def tried(lifecycle, states, thing_in) -> tuple[set, list]:
    """Try every move from every state by everybody; answer what is allowed, and what is refused without a reason."""
    allowed, mute = set(), []
    for name, state, who in itertools.product(lifecycle.moves, states, WHO):
        thing, people = thing_in(state)
        answer = lifecycle.may(people[who], name, thing)
        allowed |= {(name, state, who)} if answer else set()
        mute += [(name, state, who)] if bool(answer.reason) == bool(answer) else []
    return allowed, mute


def test_every_move_of_a_suggestion_from_every_state_by_everybody():
    def thing_in(state):
        recommendation, people = a_scene()
        one = suggested(recommendation, "a", "b", people["author"])
        return Suggestion(recommendation=recommendation, field="problem", state=state, person_id=one.person_id), people

    assert tried(rules.SUGGESTIONS, S, thing_in) == (ALLOWED, [])


def test_every_move_of_a_comment_from_every_state_by_everybody():
    def thing_in(state):
        recommendation, people = a_scene()
        return Comment(recommendation=recommendation, state=state, person_id=people["author"].id), people

    assert tried(rules.COMMENTS, C, thing_in) == (COMMENTS_ALLOWED, [])


@pytest.mark.parametrize("state", State)
def test_words_are_suggested_while_they_may_change_and_taken_by_the_facilitator_alone(state):
    recommendation, people = a_scene(state)
    open_now = state in {*rules.BEING_WRITTEN, *rules.VOTED_ON}
    fixed = state in rules.VOTED_ON
    for part in rules.WORDED:
        may = open_now and not (fixed and part.name in ("title", "said"))
        assert bool(rules.may_suggest(people["peer"], recommendation, part)) == may
        assert not rules.may_suggest(people["stranger"], recommendation, part)
        one = suggested(recommendation, "a", "b", people["author"], part.name)
        assert bool(rules.may_take(people["facilitator"], one)) == may
        assert not rules.may_take(people["author"], one)


def test_so_many_of_hers_wait_and_no_more():
    recommendation, people = a_scene()
    for n in range(20):
        suggested(recommendation, "a", str(n), people["author"])
    assert rules.may_suggest(people["author"], recommendation, PROBLEM).reason.startswith("20 of yours wait")
    assert rules.may_suggest(people["peer"], recommendation, PROBLEM)


@pytest.mark.parametrize(
    ("name", "words", "reason"),
    [
        ("title", "", "Give it a title."),
        ("title", "x" * 121, "Use 120 letters at most."),
        ("said", "word " * 61, "Use 60 words at most. This has 61."),
        ("cost", "x" * 201, "Use 200 letters at most."),
        ("problem", "x" * 4001, "Use 4000 letters at most."),
        ("said", "word " * 60, ""),
        ("problem", "", ""),
    ],
)
def test_words_fit_into_their_part_or_it_says_why_not(name, words, reason):
    assert rules.fits(rules.part_named(name), words).reason == reason


# --- What changed.


@pytest.mark.parametrize(
    ("after", "said"),
    [
        ({"problem": "A"}, "No words changed."),
        ({"problem": "B"}, "1 part changed: Problem."),
        ({"problem": "B", "cost": "£1", "stage": "pre-birth"}, "3 parts changed: Problem, Cost and Stage."),
        ({"problem": "B", "cost": "£1", "stage": "pre-birth", "title": "C"}, "4 parts changed."),
    ],
)
def test_one_sentence_says_which_parts_changed(after, said):
    assert rules.in_short(rules.changed({"problem": "A"}, after)) == said


def test_parts_that_read_the_same_are_named_while_they_are_few():
    everything = {part.name: "x" for part in rules.PARTS}
    assert rules.unchanged(rules.changed({}, everything | {"title": ""})) == "Title"
    assert rules.unchanged(rules.changed({}, everything)) == ""
    assert rules.unchanged(rules.changed({"title": "A"}, {"title": "B"})) == f"{len(rules.PARTS) - 1} parts"


def test_who_worked_on_it_is_named_by_the_alphabet_and_once_and_who_left_last_p2():
    recommendation, people = a_scene()
    people["peer"].alias = "bea"
    recommendation.versions = [
        Version(number=n, words={}, by=people[who]) for n, who in enumerate(("peer", "facilitator", "peer", "stranger"))
    ]
    suggested(recommendation, "a", "b").person = people["author"]
    assert rules.who_worked_on(recommendation) == "Author, bea, Facilitator and somebody who left"
    assert rules.called(None, recommendation) == "somebody who left"


# --- Two at once.


@pytest.mark.parametrize(
    ("mine", "theirs", "words", "both", "hers"),
    [
        ("a b", "a b", "a b", None, None),
        ("a b", "a b c", "a b c", None, None),
        ("a B", "a b", "a B", None, None),
        ("a B", "a B", "a B", None, None),
        ("x a b", "a b y", "x a b y", "a b y", "x a b"),
        ("a c", "a d", "a c", "a d", None),
    ],
)
def test_what_two_wrote_comes_together_part_by_part_r4(mine, theirs, words, both, hers):
    found = rules.joined({"problem": "a b"}, {"problem": mine}, {"problem": theirs})
    assert (found.words["problem"], found.theirs.get("problem"), found.mine.get("problem")) == (words, both, hers)
    assert bool(found) == (both is None)


def test_what_is_chosen_from_a_list_is_never_put_together_word_by_word():
    found = rules.joined({"stage": ""}, {"stage": "pre-birth"}, {"stage": "going home without the baby"})
    assert (found.words["stage"], set(found.theirs)) == ("pre-birth", {"stage"})


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "expected"),
    [("", "1", "2", "1, 2"), ("1, 2", "1", "1, 2, 3", "1, 3"), ("1", "", "1", ""), ("1", "1", "1", "1")],
)
def test_two_choices_of_priorities_come_together(base, mine, theirs, expected):
    assert rules.numbers_joined(base, mine, theirs) == expected


# --- Suggestions that touch.


def touch(now: str, *texts: tuple[str, str]) -> list[int]:
    recommendation, _ = a_scene()
    first, *_ = [suggested(recommendation, *text) for text in texts]
    return [one.number for one in rules.touching(first, now)]


def test_suggestions_touch_where_they_change_the_same_words():
    now = "Send a card home soon"
    assert touch(now, (now, "Send a letter home soon"), (now, "Send a text home soon")) == [2]
    assert touch(now, (now, "Send a letter home soon"), (now, "Send a card home today")) == []
    assert touch(now, (now, "Send a letter home soon"), (now, "Send a letter home soon")) == []


def test_suggestions_from_different_versions_touch_too():
    was, now = "Send a card home soon", "Please send a card home soon"
    assert touch(now, (was, "Send a letter home soon"), (now, "Please send a text home soon")) == [2]
    assert touch(now, (was, "Send a letter home soon"), (now, "Please send a card home today")) == []
    assert touch(now, (was, "Send a card home today"), (now, "Please send a card home at once")) == [2]


def test_suggestions_whose_words_were_all_changed_since_are_looked_at_together():
    older, was, now = "A card home", "A note home", "A text home"
    assert touch(now, (older, "A letter home"), (was, "A call home")) == [2]
    assert touch(now, (older, "A letter home"), (now, "A text by hand")) == []


def test_only_what_waits_on_the_same_part_touches():
    recommendation, _ = a_scene()
    first = suggested(recommendation, "a", "b")
    settled = suggested(recommendation, "a", "c")
    settled.state = S.TAKEN
    suggested(recommendation, "a", "d", field="cost")
    assert rules.touching(first, "a") == []
    assert rules.waiting_first(recommendation.suggestions)[-1] is settled


# --- Comments.


def test_comment_stands_under_its_paragraph_and_under_its_own_words_once_they_changed():
    recommendation, _ = a_scene()
    for paragraph in ("One.", "Two."):
        recommendation.comments.append(Comment(field="problem", paragraph=paragraph, words="?", state=C.SETTLED))
    read = {one.part.name: one for one in rules.as_read(recommendation, {"problem": "One.\nThree."})}
    found = read["problem"]
    assert [(p.number, p.words, len(p.comments)) for p in found.paragraphs] == [(1, "One.", 1), (2, "Three.", 0)]
    assert [one.paragraph for one in found.on_other_words] == ["Two."]
    assert (found.is_talked_about, read["cost"].is_talked_about) == (False, False)
    suggested(recommendation, "a", "b")
    assert rules.as_read(recommendation, {})[PROBLEM.number - 1].is_talked_about
