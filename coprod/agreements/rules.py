"""What an agreement speaks of, and who may write it, talk it through and agree it (domain rule 17)."""

from collections.abc import Sequence
from dataclasses import dataclass

from coprod.agreements.models import Agreement, AgreementState
from coprod.core.answers import YES, Answer, no
from coprod.core.lifecycle import Lifecycle, Move
from coprod.people.models import Person
from coprod.workstreams.models import Workstream
from coprod.workstreams.rules import is_facilitator

OPEN = {AgreementState.DRAFT, AgreementState.DISCUSSED}


@dataclass(frozen=True)
class Heading:
    """One thing every agreement speaks of, and words a group may start from."""

    key: str
    title: str
    offered: str


HEADINGS = (
    Heading("speaking", "How we speak", "We take turns. We listen. We use kind words."),
    Heading(
        "staying_here",
        "What stays here, and the limits",
        "What you say here stays here. If someone may be in danger, or a court orders it, we may have to share it.",
    ),
    Heading(
        "danger",
        "If someone may be in danger",
        "We tell the person whose job it is to keep people safe. We talk to you first if we can.",
    ),
    Heading("my_story", "My story is mine", "I share what I want to share. We leave names and case details out."),
    Heading("time_out", "Time out", "You can step out or sit a topic out. You do not have to say why."),
    Heading("support", "Help before, during and after", "You can talk to someone before, during and after we meet."),
    Heading(
        "deciding",
        "How we decide, and when we don’t agree",
        "We can disagree and be kind. Each vote is private. One worry sends it back to talk.",
    ),
    Heading("power", "Sharing power", "We use first names and plain words. No job makes a voice count more."),
    Heading(
        "phones",
        "Phones, notes and photos",
        "We keep phones quiet. We take no photos. We post nothing online. Our notes hold no names.",
    ),
    Heading(
        "pay",
        "Pay and costs",
        "We tell you in writing what we can pay. You can take all, some or none. We pay your travel as well.",
    ),
    Heading(
        "apart",
        "Who you can’t be in a room with",
        "You can tell us in private. We check before we add anyone. We never say who asked.",
    ),
    Heading("again", "When we look at this again", "We look at this again in week 5, and when someone new joins."),
)


def offered() -> dict[str, str]:
    """Answer the words a first version starts from."""
    return {heading.key: heading.offered for heading in HEADINGS}


def _facilitator(person: Person, agreement: Agreement) -> Answer:
    return is_facilitator(person, agreement.workstream)


def _facilitator_when_whole(person: Person, agreement: Agreement) -> Answer:
    return _facilitator(person, agreement) & is_whole(agreement)


LIFECYCLE = Lifecycle[Agreement](
    [
        Move(
            "talked through",
            frozenset({AgreementState.DRAFT}),
            AgreementState.DISCUSSED,
            _facilitator_when_whole,
            "We talked it through",
        ),
        Move(
            "agreed",
            frozenset({AgreementState.DISCUSSED}),
            AgreementState.AGREED,
            _facilitator_when_whole,
            "The group agrees",
        ),
        Move("superseded", frozenset({AgreementState.AGREED}), AgreementState.SUPERSEDED, _facilitator),
    ]
)


def is_whole(agreement: Agreement) -> Answer:
    """Every heading has words, and a later version says what changed."""
    empty = next((h.title for h in HEADINGS if not agreement.words.get(h.key)), "")
    unsaid = agreement.number > 1 and not agreement.changed
    return (no(f"“{empty}” has no words yet.") if empty else YES) & (no("Say what changed first.") if unsaid else YES)


def may_start(person: Person, stream: Workstream, versions: Sequence[Agreement]) -> Answer:
    """Facilitators may start a version, one at a time."""
    busy = any(version.state in OPEN for version in versions)
    return is_facilitator(person, stream) & (no("A version is being written already.") if busy else YES)


def may_write(person: Person, agreement: Agreement) -> Answer:
    """Facilitators may change the words until they are agreed."""
    settled = agreement.state not in OPEN
    return _facilitator(person, agreement) & (no(f"This version is {agreement.state}.") if settled else YES)


def shown(versions: Sequence[Agreement]) -> Agreement | None:
    """Answer the version members read: the agreed one, or else the one being written."""
    found = [version for version in versions if version.state == AgreementState.AGREED] or list(versions)
    return found[-1] if found else None


def in_hand(versions: Sequence[Agreement]) -> Agreement | None:
    """Answer the version being written, if there is one."""
    return next((version for version in versions if version.state in OPEN), None)
