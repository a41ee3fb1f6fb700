"""What a recommendation needs before it is sent (domain rule 21), and how the evidence for it is weighed."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from coprod.core.answers import YES, Answer, no
from coprod.core.lifecycle import Lifecycle, Move
from coprod.evidence import rules as library
from coprod.evidence.models import Evidence, EvidenceKind, TestimonyState
from coprod.people.models import Person
from coprod.recommendations.models import (
    Declaration,
    EvidenceLink,
    OpenQuestion,
    QuestionState,
    Recommendation,
    State,
    Strength,
)
from coprod.recommendations.rules.who import BEING_WRITTEN, VOTED_ON, is_member

NINE_THINGS = (
    ("problem", "Say what the problem is."),
    ("data", "Add what the numbers say, or “no numbers yet”."),
    ("stories", "Add what people’s stories say."),
    ("options", "Say which options the group looked at."),
    ("priorities", "Choose the priority it comes from."),
    ("outcomes", "Say what should change for people."),
    ("stage", "Choose the stage it speaks to."),
    ("owner_wanted", "Say who should own it."),
    ("cost", "Add the cost, or “not known”."),
    ("presenter", "Say who presents it, or “nobody yet”."),
)
"""The nine things of domain rule 21; evidence is two of these lines, data and stories."""

COUNTS_AS = {
    "data": frozenset(EvidenceKind) - {EvidenceKind.TESTIMONY},
    "stories": frozenset({EvidenceKind.TESTIMONY}),
}
"""Which kinds of evidence stand in for a text of the nine things that is not written."""

KINDS = {
    EvidenceKind.LOCAL_DATA: ("data", "No numbers from here yet."),
    EvidenceKind.RESEARCH: ("", "No research yet."),
    EvidenceKind.PRACTICE_HERE: ("", "Nothing yet on what is done here."),
    EvidenceKind.PRACTICE_ELSEWHERE: ("practice_elsewhere", "Nothing yet from other areas."),
    EvidenceKind.TESTIMONY: ("stories", "Nobody’s own words yet."),
}
"""Of each kind: the text of the recommendation that belongs to it, and how it is said to be missing."""

STRENGTHS = {Strength.STRONG: "Strong", Strength.SOME: "Some weight", Strength.WEAK: "Weak"}
FOR_OTHERS = "Somebody told the group in their own words. Only those they chose may read it"
STRENGTH_MARKS = {Strength.STRONG: "done", Strength.SOME: "soon", Strength.WEAK: "waiting"}
"""The shape beside the word: a full disc, a half one, an empty one."""


def missing(recommendation: Recommendation, today: date | None = None) -> dict[str, str]:
    """Answer what is still missing of the nine things: the field's name, and what to do about it.

    With `today` somebody's words whose time has run out do not count either.
    """
    return {
        name: hint
        for name, hint in NINE_THINGS
        if not getattr(recommendation, name) and not _is_linked(recommendation, name, today)
    }


def _is_linked(recommendation: Recommendation, name: str, today: date | None) -> bool:
    kinds = COUNTS_AS.get(name, frozenset())
    return any(link.evidence.kind in kinds and still_stands(link.evidence, today) for link in recommendation.evidence)


def is_complete(recommendation: Recommendation, today: date | None = None) -> Answer:
    """Answer whether all nine things are there."""
    first = next(iter(missing(recommendation, today).values()), "")
    return no(first) if first else YES


def still_stands(evidence: Evidence, today: date | None = None) -> bool:
    """Answer whether it may still be used: a testimony is neither withdrawn nor, where a day is given, run out."""
    testimony = evidence.testimony
    if testimony is None or today is None:
        return testimony is None or testimony.state == TestimonyState.GIVEN
    return library.is_given(testimony, today)


# --- The evidence at a glance.


@dataclass(frozen=True)
class Piece:
    """One piece of evidence on the page: all of it, or only that it is gone or was not told to this reader."""

    link: EvidenceLink
    is_gone: bool
    is_for_others: bool

    @property
    def instead(self) -> str:
        """Answer what stands in its place, where this reader does not read it."""
        if not self.is_gone:
            return FOR_OTHERS if self.is_for_others else ""
        testimony = self.link.evidence.testimony
        return library.WITHDRAWN if testimony and testimony.state == TestimonyState.WITHDRAWN else library.ENDED


@dataclass(frozen=True)
class Part:
    """One kind of evidence: what the group wrote about it, and every piece of it."""

    heading: str
    words: str
    pieces: Sequence[Piece]
    nothing: str

    @property
    def is_missing(self) -> bool:
        """Answer whether nothing of this kind is there, or nothing any longer."""
        return not self.words and all(piece.is_gone for piece in self.pieces)


def mark_of_weight(held: EvidenceLink) -> str:
    """Answer a mark of what stands with a piece of evidence, by which whoever weighs it says what she had read."""
    return sha256(json.dumps([held.shows, held.strength, held.gaps]).encode()).hexdigest()


def at_a_glance(
    recommendation: Recommendation, words: dict[str, str], may_read: Callable[[Evidence], bool], today: date
) -> list[Part]:
    """Lay the evidence out by kind; `words` are the texts of the version that is read."""
    return [
        Part(library.KINDS[kind].name, words.get(field, ""), _pieces(recommendation, kind, may_read, today), nothing)
        for kind, (field, nothing) in KINDS.items()
    ]


def _pieces(
    recommendation: Recommendation, kind: EvidenceKind, may_read: Callable[[Evidence], bool], today: date
) -> list[Piece]:
    """List the strongest first; a testimony's own words may be for fewer people than the recommendation is."""
    order = list(Strength)
    links = sorted((link for link in recommendation.evidence if link.evidence.kind == kind), key=lambda one: one.id)
    return [
        Piece(
            link,
            is_gone=not still_stands(link.evidence, today),
            is_for_others=link.evidence.testimony is not None and not may_read(link.evidence),
        )
        for link in sorted(links, key=lambda one: order.index(one.strength))
    ]


# --- Questions and declarations.

WORKED_ON = BEING_WRITTEN | VOTED_ON | {State.VOTING}
TOLD_OF = WORKED_ON | {State.SUBMITTED}


def may_ask(person: Person, recommendation: Recommendation) -> Answer:
    """Everybody at its table may ask and answer what is not known, until it is sent."""
    in_time = no(f"It is {recommendation.state}, so its questions stay as they are.")
    return is_member(person, recommendation) & (YES if recommendation.state in WORKED_ON else in_time)


def may_declare(person: Person, recommendation: Recommendation) -> Answer:
    """Everybody at its table may say what they would gain or lose by it, until it is decided."""
    in_time = no(f"It is {recommendation.state}, so what was declared stays as it is.")
    return is_member(person, recommendation) & (YES if recommendation.state in TOLD_OF else in_time)


def _asker(person: Person, question: OpenQuestion) -> Answer:
    return may_ask(person, question.recommendation)


def _asker_with_answer(person: Person, question: OpenQuestion) -> Answer:
    return _asker(person, question) & (YES if question.answer else no("Write down the answer."))


QUESTIONS = Lifecycle[OpenQuestion](
    [
        Move(
            "answered",
            frozenset({QuestionState.OPEN}),
            QuestionState.ANSWERED,
            may=_asker_with_answer,
            button="Keep the answer",
        ),
        Move(
            "asked again",
            frozenset({QuestionState.ANSWERED}),
            QuestionState.OPEN,
            may=_asker,
            button="Ask it again",
        ),
    ]
)


def open_questions(recommendation: Recommendation) -> list[OpenQuestion]:
    """List what the group does not know yet."""
    return [question for question in recommendation.questions if question.state == QuestionState.OPEN]


def declared_by(person: Person, recommendation: Recommendation) -> Declaration | None:
    """Answer what this person declared, if they declared anything."""
    return next((one for one in recommendation.declarations if one.person_id == person.id), None)
