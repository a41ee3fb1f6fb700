"""What an agreement speaks of, who may write it, agree it and answer it, and when it is due again (rule 17)."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID

from coprod.agreements.models import Agreement, AgreementState, BreachNote, BreachState, ChangeAsked, ChangeState
from coprod.core.answers import YES, Answer, no
from coprod.core.lifecycle import Lifecycle, Move
from coprod.people.models import Person
from coprod.workstreams.models import Workstream
from coprod.workstreams.rules import is_facilitator, is_member, seated

OPEN = {AgreementState.DRAFT, AgreementState.DISCUSSED}
ANSWERED = {AgreementState.DISCUSSED, AgreementState.AGREED}
LIMITS = "If someone may be in danger, or a court orders it, we may have to share what we hold."
"""The limits of confidence, in the words of domain rule 10: on the first screen, whatever a group writes."""


@dataclass(frozen=True)
class Heading:
    """One thing every agreement speaks of, what it is called in one line, and words a group may start from."""

    key: str
    title: str
    brief: str
    offered: str


HEADINGS = (
    Heading("speaking", "How we speak", "How we speak", "We take turns. We listen. We use kind words."),
    Heading(
        "staying_here",
        "What stays here, and the limits",
        "What stays here, and limits",
        "What you say here stays here. If someone may be in danger, or a court orders it, we may have to share it.",
    ),
    Heading(
        "danger",
        "If someone may be in danger",
        "If someone is in danger",
        "We tell the person whose job it is to keep people safe. We talk to you first if we can.",
    ),
    Heading(
        "my_story",
        "My story is mine",
        "My story is mine",
        "I share what I want to share. We leave names and case details out.",
    ),
    Heading("time_out", "Time out", "Time out", "You can step out or sit a topic out. You do not have to say why."),
    Heading(
        "support",
        "Help before, during and after",
        "Help before and after",
        "You can talk to someone before, during and after we meet.",
    ),
    Heading(
        "deciding",
        "How we decide, and when we don’t agree",
        "How we decide",
        "We can disagree and be kind. Each vote is private. One worry sends it back to talk.",
    ),
    Heading(
        "power",
        "Sharing power",
        "Sharing power",
        "We use first names and plain words. No job makes a voice count more.",
    ),
    Heading(
        "phones",
        "Phones, notes and photos",
        "Phones, notes and photos",
        "We keep phones quiet. We take no photos. We post nothing online. Our notes hold no names.",
    ),
    Heading(
        "pay",
        "Pay and costs",
        "Pay and costs",
        "We tell you in writing what we can pay. You can take all, some or none. We pay your travel as well.",
    ),
    Heading(
        "apart",
        "Who you can’t be in a room with",
        "Who you can’t be with",
        "You can tell us in private. We check before we add anyone. We never say who asked.",
    ),
    Heading(
        "again",
        "When we look at this again",
        "When we look at this again",
        "We look at this again in week 5, and when someone new joins.",
    ),
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


# --- Two who write at once.


def mark_of(agreement: Agreement) -> str:
    """Answer a mark of the words as they stand, by which whoever writes says what she had read."""
    return sha256(json.dumps([agreement.words, agreement.changed], sort_keys=True).encode()).hexdigest()


def is_overtaken(agreement: Agreement, read: str) -> bool:
    """Answer whether somebody changed the words after they were read (R4)."""
    return mark_of(agreement) != read


def theirs_beside(agreement: Agreement, words: Mapping[str, str], changed: str) -> dict[str, str]:
    """Answer what the version says now wherever these words say something else, by the name of the box."""
    stands, ours = agreement.words | {"changed": agreement.changed}, {**words, "changed": changed}
    return {name: stands.get(name, "") for name, text in ours.items() if stands.get(name, "") != text}


# --- Which version is whose to read.


def shown(versions: Sequence[Agreement]) -> Agreement | None:
    """Answer the version members read: the agreed one, or else the one being written."""
    found = [version for version in versions if version.state == AgreementState.AGREED] or list(versions)
    return found[-1] if found else None


def in_hand(versions: Sequence[Agreement]) -> Agreement | None:
    """Answer the version being written, if there is one."""
    return next((version for version in versions if version.state in OPEN), None)


# --- Each member's own answer.


def may_say_yes(by: Person, person: Person, agreement: Agreement) -> Answer:
    """Whoever sits there may, once it was talked through; a facilitator may write it down for somebody."""
    herself = YES if by.id == person.id else _facilitator(by, agreement)
    return herself & is_member(person, agreement.workstream) & is_open_to_answers(agreement)


def may_ask_for_change(person: Person, agreement: Agreement) -> Answer:
    """Whoever sits there may ask for a change, once it was talked through."""
    return is_member(person, agreement.workstream) & is_open_to_answers(agreement)


def is_open_to_answers(agreement: Agreement) -> Answer:
    """A version is answered from the day it was talked through until the next one is agreed."""
    if agreement.state in ANSWERED:
        return YES
    over = agreement.state == AgreementState.SUPERSEDED
    return no("There is a newer version." if over else "We have not talked this version through yet.")


def said_by_all(agreement: Agreement, said: Collection[UUID]) -> bool:
    """Answer whether everybody who sits there is OK with this version; who is not, nobody is told (P4)."""
    return all(seat.person_id in said for seat in seated(agreement.workstream))


def may_be_rung_by(person: Person, stream: Workstream) -> list[Person]:
    """List who of those who run the group can ring this person about it."""
    run = [seat.person for seat in seated(stream) if is_facilitator(seat.person, stream)]
    return sorted((one for one in run if one.active and one.id != person.id), key=lambda one: (one.alias, one.id))


# --- Wishes to change it; who asked is kept nowhere.


def _facilitator_of_wish(person: Person, wish: ChangeAsked) -> Answer:
    return _facilitator(person, wish.agreement)


CHANGE = Lifecycle[ChangeAsked](
    [
        Move(
            "taken",
            frozenset({ChangeState.ASKED}),
            ChangeState.TAKEN,
            _facilitator_of_wish,
            "Take it into the next version",
        ),
        Move(
            "talked about",
            frozenset({ChangeState.ASKED}),
            ChangeState.TALKED_ABOUT,
            _facilitator_of_wish,
            "We talked about it",
        ),
    ]
)


def may_take(person: Person, wish: ChangeAsked, into: Agreement | None) -> Answer:
    """Facilitators may take a wish into the version that is being written."""
    started = YES if into is not None and into.state in OPEN else no("Start the next version first.")
    return CHANGE.may(person, "taken", wish) & started


@dataclass(frozen=True)
class Changed:
    """One heading whose words are not those of the version before, and whether somebody asked for it."""

    heading: Heading
    now: str
    before: str
    asked_for: bool


def changes(agreement: Agreement, before: Agreement | None, asked_for: Collection[str]) -> list[Changed]:
    """List what this version changes, heading by heading."""
    if before is None:
        return []
    pairs = [(heading, agreement.words.get(heading.key, ""), before.words.get(heading.key, "")) for heading in HEADINGS]
    return [Changed(heading, now, was, heading.key in asked_for) for heading, now, was in pairs if now != was]


# --- When it is looked at again: in week 5, and when somebody joins.


@dataclass(frozen=True)
class Review:
    """Why the group should look at its agreement again, and by when, where there is a day."""

    why: str
    on: date | None


def review_due(
    agreement: Agreement | None, *, joined: bool, week_five: date | None = None, next_on: date | None = None
) -> Review | None:
    """Answer why an agreed version is to be looked at again, from facts that are handed in (domain rule 17).

    `joined`: somebody sat down since it was agreed or looked at. `next_on`: when the group meets next.
    """
    if agreement is None or agreement.state != AgreementState.AGREED or agreement.agreed_on is None:
        return None
    if joined:
        return Review("Somebody new has joined", next_on)
    looked = max(filter(None, (agreement.agreed_on, agreement.reviewed_on)))
    return Review("It is due in week 5", week_five) if week_five and week_five > looked else None


def may_look_again(person: Person, agreement: Agreement) -> Answer:
    """Facilitators may note that the group looked at what it agreed, and leaves it as it is."""
    holds = agreement.state == AgreementState.AGREED
    return _facilitator(person, agreement) & (YES if holds else no("Only an agreed version is looked at again."))


# --- What went against it: for those who run the group alone.


def may_tell(person: Person, stream: Workstream) -> Answer:
    """Whoever sits there may tell the facilitators that something went against the agreement."""
    return is_member(person, stream)


def _facilitator_of_note(person: Person, note: BreachNote) -> Answer:
    return is_facilitator(person, note.workstream)


BREACH = Lifecycle[BreachNote](
    [Move("seen to", frozenset({BreachState.SENT}), BreachState.SEEN_TO, _facilitator_of_note, "I have seen to it")]
)
