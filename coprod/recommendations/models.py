"""What a group asks its steering group for, and how far it has got."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, ForeignKey, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod.core.db import Base, Root
from coprod.evidence.models import Evidence
from coprod.people.models import Person
from coprod.principles.models import Priority
from coprod.voting.models import Poll
from coprod.workstreams.models import Workstream

recommendation_priority = Table(
    "recommendation_priority",
    Root.metadata,
    Column("recommendation_id", ForeignKey("recommendation.id"), primary_key=True),
    Column("priority_id", ForeignKey("priority.id"), primary_key=True, index=True),
)


class State(StrEnum):
    """Where a recommendation has got to."""

    IDEA = "idea"
    OPTION = "option"
    DRAFTED = "drafted"
    VOTING = "voting"
    AGREED = "agreed"
    NEEDS_TALK = "needs more talk"
    NOT_AGREED = "not agreed"
    NO_RESULT = "no result"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    ACCEPTED_WITH_CHANGES = "accepted with changes"
    REFERRED_BACK = "referred back"
    DEFERRED = "deferred"
    DECLINED = "declined"
    REPLIED = "replied"
    CONTESTED = "contested"
    IN_PILOT = "in pilot"
    ADOPTED = "adopted"
    ADAPTED = "adapted"
    ABANDONED = "abandoned"
    EMBEDDED = "embedded"
    CLOSED = "closed"


class Stage(StrEnum):
    """Which stage of the national guidelines it speaks to."""

    PRE_BIRTH = "pre-birth"
    WARD = "maternity ward and first hearing"
    GOING_HOME = "going home without the baby"


class Recommendation(Base):
    """Something the group asks for, with the nine things of domain rule 21."""

    __tablename__ = "recommendation"
    __table_args__ = (
        UniqueConstraint("steering_id", "number"),
        CheckConstraint("length(title) > 0", "title_is_given"),
    )

    workstream_id: Mapped[UUID] = mapped_column(ForeignKey("workstream.id"), index=True)
    steering_id: Mapped[UUID] = mapped_column(ForeignKey("workstream.id"))
    number: Mapped[int]
    state: Mapped[State] = mapped_column(default=State.IDEA)
    title: Mapped[str]
    said: Mapped[str] = mapped_column(default="")
    """What the group asks for, in words a member would say: at most 60; this is what is voted on."""
    easy_read: Mapped[str] = mapped_column(default="")
    """The same in easy words, a short sentence a line."""
    problem: Mapped[str] = mapped_column(default="")
    data: Mapped[str] = mapped_column(default="")
    practice_elsewhere: Mapped[str] = mapped_column(default="")
    stories: Mapped[str] = mapped_column(default="")
    options: Mapped[str] = mapped_column(default="")
    outcomes: Mapped[str] = mapped_column(default="")
    stage: Mapped[Stage | None]
    owner_wanted: Mapped[str] = mapped_column(default="")
    cost: Mapped[str] = mapped_column(default="")
    presenter: Mapped[str] = mapped_column(default="")
    submitted_on: Mapped[date | None]
    submitted_as: Mapped[str] = mapped_column(default="")
    """The result word it was sent with, where that was not "agreed"."""
    why_sent: Mapped[str] = mapped_column(default="")
    sent_version: Mapped[int | None]
    """The number of the version that was sent: everybody at its table can read exactly that."""
    contested_on: Mapped[date | None]
    """A decision may be contested once."""
    version: Mapped[int] = mapped_column(default=1)

    workstream: Mapped[Workstream] = relationship(foreign_keys=[workstream_id])
    steering: Mapped[Workstream] = relationship(foreign_keys=[steering_id])
    priorities: Mapped[list[Priority]] = relationship(secondary=recommendation_priority, order_by=Priority.number)
    versions: Mapped[list["Version"]] = relationship(order_by="Version.number", back_populates="recommendation")
    rounds: Mapped[list["Round"]] = relationship(order_by="Round.number", back_populates="recommendation")
    evidence: Mapped[list["EvidenceLink"]] = relationship(order_by="EvidenceLink.id", back_populates="recommendation")
    suggestions: Mapped[list["Suggestion"]] = relationship(
        order_by="Suggestion.number", back_populates="recommendation"
    )
    comments: Mapped[list["Comment"]] = relationship(order_by="Comment.number", back_populates="recommendation")
    questions: Mapped[list["OpenQuestion"]] = relationship(
        order_by="OpenQuestion.number", back_populates="recommendation"
    )
    declarations: Mapped[list["Declaration"]] = relationship(
        order_by="Declaration.on, Declaration.id", back_populates="recommendation"
    )

    @property
    def label(self) -> str:
        """Answer what stands beside it wherever it is read, where it was sent without the agreement it needs."""
        return self.label_of(self.submitted_as)

    @staticmethod
    def label_of(result: str) -> str:
        """Answer the label that goes with a result word; an agreed result needs none."""
        if not result:
            return ""
        wanted = "lived-experience agreement" if result.startswith("agreed") else "an agreed result"
        return f"Sent without {wanted}: {result}"


class Version(Base):
    """What a recommendation said on one day; append-only."""

    __tablename__ = "version"
    __table_args__ = (UniqueConstraint("recommendation_id", "number"),)

    recommendation_id: Mapped[UUID] = mapped_column(ForeignKey("recommendation.id"))
    number: Mapped[int]
    on: Mapped[date]
    words: Mapped[dict[str, str]]
    """The text of every field, by the field's name."""
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    """Who wrote it; nobody once that person has herself erased."""
    by: Mapped[Person | None] = relationship()
    recommendation: Mapped[Recommendation] = relationship(back_populates="versions")


class Round(Base):
    """One vote on a recommendation."""

    __tablename__ = "round"
    __table_args__ = (UniqueConstraint("recommendation_id", "number"),)

    recommendation_id: Mapped[UUID] = mapped_column(ForeignKey("recommendation.id"))
    poll_id: Mapped[UUID] = mapped_column(ForeignKey("poll.id"), unique=True)
    number: Mapped[int]
    recommendation: Mapped[Recommendation] = relationship(back_populates="rounds")
    poll: Mapped[Poll] = relationship()


class Strength(StrEnum):
    """How much one piece of evidence carries."""

    STRONG = "strong"
    SOME = "some"
    WEAK = "weak"


class EvidenceLink(Base):
    """What one piece of evidence shows for a recommendation, how strongly, and what it leaves open."""

    __tablename__ = "evidence_link"
    __table_args__ = (UniqueConstraint("recommendation_id", "evidence_id"),)

    recommendation_id: Mapped[UUID] = mapped_column(ForeignKey("recommendation.id"))
    evidence_id: Mapped[UUID] = mapped_column(ForeignKey("evidence.id"), index=True)
    shows: Mapped[str]
    strength: Mapped[Strength]
    gaps: Mapped[str] = mapped_column(default="")
    recommendation: Mapped[Recommendation] = relationship(back_populates="evidence")
    evidence: Mapped[Evidence] = relationship()


class SuggestionState(StrEnum):
    """Where a suggested change has got to."""

    OFFERED = "offered"
    TAKEN = "taken"
    NOT_TAKEN = "not taken"
    TAKEN_BACK = "taken back"


class Suggestion(Base):
    """Other words for one part of a recommendation, offered by somebody at its table; its words never change."""

    __tablename__ = "suggestion"
    __table_args__ = (UniqueConstraint("recommendation_id", "number"),)

    recommendation_id: Mapped[UUID] = mapped_column(ForeignKey("recommendation.id"))
    number: Mapped[int]
    field: Mapped[str]
    from_version: Mapped[int]
    """The version of the recommendation the change starts from."""
    before: Mapped[str]
    words: Mapped[str]
    """The whole part as it would read."""
    why: Mapped[str] = mapped_column(default="")
    state: Mapped[SuggestionState] = mapped_column(default=SuggestionState.OFFERED)
    reason: Mapped[str] = mapped_column(default="")
    """Why it was taken or not."""
    on: Mapped[date]
    settled_on: Mapped[date | None]
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    person: Mapped[Person | None] = relationship()
    recommendation: Mapped[Recommendation] = relationship(back_populates="suggestions")


class CommentState(StrEnum):
    """Whether a comment is still to be looked at."""

    OPEN = "open"
    SETTLED = "settled"


class Comment(Base):
    """What somebody at its table says about one paragraph."""

    __tablename__ = "comment"
    __table_args__ = (UniqueConstraint("recommendation_id", "number"),)

    recommendation_id: Mapped[UUID] = mapped_column(ForeignKey("recommendation.id"))
    number: Mapped[int]
    field: Mapped[str]
    paragraph: Mapped[str]
    """The paragraph as it read then, so that the comment still makes sense when it has changed."""
    words: Mapped[str]
    state: Mapped[CommentState] = mapped_column(default=CommentState.OPEN)
    on: Mapped[date]
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    person: Mapped[Person | None] = relationship()
    recommendation: Mapped[Recommendation] = relationship(back_populates="comments")


class QuestionState(StrEnum):
    """Whether a question is still open."""

    OPEN = "open"
    ANSWERED = "answered"


class OpenQuestion(Base):
    """Something the group does not know yet."""

    __tablename__ = "open_question"
    __table_args__ = (UniqueConstraint("recommendation_id", "number"),)

    recommendation_id: Mapped[UUID] = mapped_column(ForeignKey("recommendation.id"))
    number: Mapped[int]
    words: Mapped[str]
    answer: Mapped[str] = mapped_column(default="")
    state: Mapped[QuestionState] = mapped_column(default=QuestionState.OPEN)
    on: Mapped[date]
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    person: Mapped[Person | None] = relationship()
    recommendation: Mapped[Recommendation] = relationship(back_populates="questions")


class Declaration(Base):
    """An interest somebody declares: what they, or who they work for, would gain or lose by it."""

    __tablename__ = "declaration"
    __table_args__ = (UniqueConstraint("recommendation_id", "person_id"),)

    recommendation_id: Mapped[UUID] = mapped_column(ForeignKey("recommendation.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    words: Mapped[str]
    on: Mapped[date]
    person: Mapped[Person] = relationship()
    recommendation: Mapped[Recommendation] = relationship(back_populates="declarations")
