"""What each kind of evidence must say of itself, on which shelf it stands, and what somebody else wrote meanwhile."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from urllib.parse import urlsplit

from coprod.evidence.models import Audience, Evidence, EvidenceKind

LONGEST_TITLE, LONGEST_SAYS, LONGEST_LINE = 160, 4000, 300


@dataclass(frozen=True)
class Asks:
    """What one kind of evidence needs to say of itself: a question for each, or none."""

    name: str
    says_what: str
    title: str
    says: str
    source: str = ""
    period: str = ""
    address: str = ""
    needs_a_place_to_read: bool = False


KINDS: dict[EvidenceKind, Asks] = {
    EvidenceKind.LOCAL_DATA: Asks(
        "Local data",
        "Numbers from here: how many, how often, how long.",
        "What do the numbers count?",
        "What do they say?",
        source="Who counted it?",
        period="For which time?",
        address="Where is it on the web?",
    ),
    EvidenceKind.RESEARCH: Asks(
        "Research",
        "A study or a report that somebody wrote.",
        "What is it called?",
        "What did it find?",
        source="Who wrote it?",
        period="In which year?",
        address="Where is it on the web?",
        needs_a_place_to_read=True,
    ),
    EvidenceKind.PRACTICE_HERE: Asks(
        "Practice here",
        "How something is done here now.",
        "What is done?",
        "How is it done, and how does it go?",
        source="Where is it done?",
    ),
    EvidenceKind.PRACTICE_ELSEWHERE: Asks(
        "Practice elsewhere",
        "How something is done in another place.",
        "What is done?",
        "How is it done, and how does it go?",
        source="Where is it done?",
        address="Where is it on the web?",
    ),
    EvidenceKind.TESTIMONY: Asks(
        "Testimony",
        "What somebody lived through, in their own words.",
        "What is it about?",
        "What would you like us to know?",
    ),
}
AUDIENCES: dict[Audience, str] = {
    Audience.GROUP: "Only this group",
    Audience.STEERING: "This group, and the people who decide on the steering group",
    Audience.PARTNERSHIP: "Everybody who sits in a group of this partnership",
}


@dataclass(frozen=True)
class Said:
    """What somebody says of one piece of evidence, before it is kept."""

    kind: EvidenceKind
    title: str
    says: str
    source: str = ""
    period: str = ""
    address: str = ""
    content_note: str = ""


def faults(said: Said, *, has_file: bool, until: date | None = None, today: date) -> dict[str, str]:
    """List what is still missing or cannot be, by its field."""
    asks, found = KINDS[said.kind], {}
    if not said.title:
        found["title"] = "Give it a short title."
    if not said.says:
        found["says"] = "Write it in a few plain words."
    if asks.source and not said.source:
        found["source"] = f"Answer this: {asks.source}"
    if asks.period and not said.period:
        found["period"] = f"Answer this: {asks.period}"
    if said.address and not is_web_address(said.address):
        found["address"] = "Write an address that begins with https:// or http://."
    if asks.needs_a_place_to_read and not said.address and not has_file:
        found["address"] = "Say where it can be read, or bring the file."
    if until is not None and until < today:
        found["until"] = "That day is past. Choose a day to come, or none."
    return found


WORDS = ("title", "says", "source", "period", "address", "content_note")


def mark_of(evidence: Evidence) -> str:
    """Answer a mark of what stands there, by which whoever changes it says what she had read."""
    held, testimony = [getattr(evidence, name) for name in WORDS], evidence.testimony
    given = [testimony.audience, testimony.until] if testimony is not None else []
    return sha256(json.dumps([*held, *map(str, (evidence.file_id, *given))]).encode()).hexdigest()


def theirs_beside(evidence: Evidence, typed: Mapping[str, str]) -> dict[str, str]:
    """Answer what stands there now, wherever something else was typed, by the name of the box (R4)."""
    return {name: getattr(evidence, name) for name, words in typed.items() if getattr(evidence, name) != words}


def is_web_address(address: str) -> bool:
    """Answer whether this leads to a page on the web, and to nothing else (O8)."""
    if any(sign.isspace() or sign in '"<>\\' for sign in address):
        return False
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None
    except ValueError:
        return False


def by_kind(library: Iterable[Evidence]) -> list[tuple[Asks, list[Evidence]]]:
    """Put a library on its shelves, one for each kind that has something on it."""
    held = list(library)
    shelves = [(asks, [one for one in held if one.kind == kind]) for kind, asks in KINDS.items()]
    return [(asks, on_it) for asks, on_it in shelves if on_it]
