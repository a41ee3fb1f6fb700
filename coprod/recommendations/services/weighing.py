"""Weighing the evidence for a recommendation, keeping what is not known yet, and saying what one would gain by it."""

from sqlalchemy import update

from coprod.core.answers import Refused, require
from coprod.core.clock import today
from coprod.core.db import db, lock
from coprod.core.journal import record
from coprod.core.overtaken import Overtaken
from coprod.evidence import services as library
from coprod.evidence.models import Evidence
from coprod.people.models import Person
from coprod.recommendations import rules
from coprod.recommendations.models import (
    Declaration,
    EvidenceLink,
    OpenQuestion,
    QuestionState,
    Recommendation,
    Strength,
)


def link(
    recommendation: Recommendation, evidence: Evidence, shows: str, strength: Strength, gaps: str = "", *, by: Person
) -> EvidenceLink:
    """Say what a piece of the group's evidence shows for it, how strongly, and what it leaves open."""
    lock(recommendation)
    require(rules.may_edit(by, recommendation))
    _check(recommendation, evidence)
    made = EvidenceLink(evidence=evidence, shows=shows, strength=strength, gaps=gaps)
    recommendation.evidence.append(made)
    db.session.flush()
    record(by, "added evidence to", recommendation)
    return made


def _check(recommendation: Recommendation, evidence: Evidence) -> None:
    if evidence.workstream_id != recommendation.workstream_id:
        raise Refused("Only what stands in this group’s own library can be added.")
    _still_given(evidence)
    if any(held.evidence_id == evidence.id for held in recommendation.evidence):
        raise Refused("It is there already. You can change what it shows.")


def _still_given(evidence: Evidence) -> None:
    """Nothing more is said about somebody's words that went: it could tell them again."""
    library.hold(evidence)
    if not rules.still_stands(evidence, today()):
        raise Refused("This testimony was withdrawn.")


def weigh(
    held: EvidenceLink, shows: str, strength: Strength, gaps: str, *, read: str | None = None, by: Person
) -> None:
    """Say anew what a piece of evidence shows, how strongly, and what it leaves open.

    `read` is what stood there when she began: where somebody weighed it anew since, she sees theirs first (R4).
    """
    lock(held.recommendation)
    require(rules.may_edit(by, held.recommendation))
    _still_given(held.evidence)
    db.session.refresh(held)
    if read is not None and rules.mark_of_weight(held) != read:
        raise Overtaken
    held.shows, held.strength, held.gaps = shows, strength, gaps
    record(by, "weighed the evidence of", held.recommendation)


def unlink(held: EvidenceLink, *, by: Person) -> None:
    """Take a piece of evidence off it; it stays in the group's library."""
    require(rules.may_edit(by, held.recommendation))
    record(by, "took evidence off", held.recommendation)
    held.recommendation.evidence.remove(held)
    db.session.delete(held)
    db.session.flush()


@library.when_gone("evidence_link")
def _forget(evidence: Evidence) -> None:
    """Let go of what was said about a testimony when its own words go: it could tell them again."""
    said = update(EvidenceLink).where(EvidenceLink.evidence_id == evidence.id)
    db.session.execute(said.values(shows="", gaps=""))


def ask(recommendation: Recommendation, words: str, *, by: Person) -> OpenQuestion:
    """Write down something the group does not know yet."""
    lock(recommendation)
    require(rules.may_ask(by, recommendation))
    number = max((held.number for held in recommendation.questions), default=0) + 1
    question = OpenQuestion(number=number, words=words, on=today(), person=by)
    recommendation.questions.append(question)
    db.session.flush()
    record(by, "asked about", recommendation)
    return question


def answer(question: OpenQuestion, words: str, *, read: str | None = None, by: Person) -> None:
    """Write down what the answer is; the question is no longer open.

    `read` is the answer the writer saw standing there: where somebody gave another since, she sees it first (R4).
    """
    lock(question)
    require(rules.may_ask(by, question.recommendation))
    if read is not None and question.answer not in (read, words):
        raise Overtaken(rules.Joined({"answer": words}, {"answer": question.answer}, {}))
    if read is not None and question.state == QuestionState.ANSWERED:
        ask_again(question, by=by)
    question.answer = words
    before, after = rules.QUESTIONS.make(by, "answered", question)
    record(by, "answered a question about", question.recommendation, before=before, after=after)


def ask_again(question: OpenQuestion, *, by: Person) -> None:
    """Open a question again; what was answered stays to be read until there is a better answer."""
    before, after = rules.QUESTIONS.make(by, "asked again", question)
    record(by, "asked again a question about", question.recommendation, before=before, after=after)


def declare(recommendation: Recommendation, words: str, *, by: Person) -> None:
    """Say what the speaker, or whom they work for, would gain or lose by it; without words it is taken back."""
    lock(recommendation)
    require(rules.may_declare(by, recommendation))
    mine = rules.declared_by(by, recommendation)
    if mine is not None and words:
        mine.words, mine.on = words, today()
    elif mine is not None:
        recommendation.declarations.remove(mine)
        db.session.delete(mine)
    elif words:
        recommendation.declarations.append(Declaration(person=by, words=words, on=today()))
    db.session.flush()
    record(by, "declared an interest in", recommendation)
