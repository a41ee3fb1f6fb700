"""Writing together: the parts of a recommendation, what differs between versions, and who worked on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol
from uuid import UUID

from coprod.core import words as wording
from coprod.core.answers import YES, Answer, no
from coprod.core.diff import Piece, differences, merge
from coprod.people.models import Person
from coprod.recommendations.models import Recommendation, Version
from coprod.recommendations.rules.vote import MOST_WORDS
from coprod.recommendations.rules.who import may_edit, wording_is_fixed
from coprod.workstreams.rules import HERE

SOMEBODY_LEFT = "somebody who left"
VOTED_WORDS = ("title", "said")
SHORT, LONG = 200, 4000
MOST_LETTERS = {"title": 120, "owner_wanted": SHORT, "cost": SHORT, "presenter": SHORT}
FEW_PARTS = 3


class Part(NamedTuple):
    """One part of a recommendation: its number in addresses, its name, and what it is called on pages."""

    number: int
    name: str
    label: str

    @property
    def is_short(self) -> bool:
        """Answer whether it is a line, and not a text of paragraphs."""
        return self.name in MOST_LETTERS


PARTS = tuple(
    Part(number, name, label)
    for number, (name, label) in enumerate(
        (
            ("title", "Title"),
            ("said", "What they ask"),
            ("easy_read", "In easy words"),
            ("problem", "Problem"),
            ("data", "What the numbers say"),
            ("practice_elsewhere", "Other areas"),
            ("stories", "Stories"),
            ("options", "Options looked at"),
            ("outcomes", "What should change"),
            ("owner_wanted", "Owner wanted"),
            ("cost", "Cost"),
            ("presenter", "Who presents it"),
            ("stage", "Stage"),
            ("priorities", "Priorities"),
        ),
        1,
    )
)
CHOSEN = frozenset({"stage", "priorities"})
"""What is chosen from a list, and so has no words to suggest others for."""

WORDED = tuple(part for part in PARTS if part.name not in CHOSEN)
"""The parts that are written in words."""


def part_named(name: str) -> Part:
    """Answer the part of this name."""
    return next(part for part in PARTS if part.name == name)


def fits(part: Part, words: str) -> Answer:
    """Answer whether these words fit into their part."""
    if part.name == "title" and not words:
        return no("Give it a title.")
    if part.name == "said" and (many := wording.count(words)) > MOST_WORDS:
        return no(f"Use {MOST_WORDS} words at most. This has {many}.")
    most = MOST_LETTERS.get(part.name, LONG)
    return no(f"Use {most} letters at most.") if len(words) > most else YES


def may_write(person: Person, recommendation: Recommendation, part: Part) -> Answer:
    """Whoever may edit it may, but after a vote not what was voted on."""
    voted = wording_is_fixed(recommendation) and part.name in VOTED_WORDS
    fixed = no("The group has voted on these words, so they stay as they are.") if voted else YES
    return may_edit(person, recommendation) & fixed


def voted_over(recommendation: Recommendation, typed: Mapping[str, str]) -> dict[str, str]:
    """Answer what was typed in place of words that were voted on meanwhile: it is not kept, so it is shown again."""
    fixed = VOTED_WORDS if wording_is_fixed(recommendation) else ()
    return {name: typed[name] for name in fixed if typed[name] != getattr(recommendation, name)}


# --- What differs between two versions.


@dataclass(frozen=True)
class Changed:
    """One part that reads otherwise in another version."""

    part: Part
    paragraphs: list[list[Piece]]


def changed(before: Mapping[str, str], after: Mapping[str, str]) -> list[Changed]:
    """List every part that reads otherwise, with what became of its words."""
    texts = [(part, before.get(part.name, ""), after.get(part.name, "")) for part in PARTS]
    return [Changed(part, differences(was, now)) for part, was, now in texts if was != now]


def unchanged(changes: Sequence[Changed]) -> str:
    """Say which parts read the same in both versions, by name while they are few enough."""
    there = {change.part for change in changes}
    same = [part.label for part in PARTS if part not in there]
    return _listed(same) if 0 < len(same) <= FEW_PARTS else f"{len(same)} parts" if same else ""


def in_short(changes: Sequence[Changed]) -> str:
    """Say in one sentence how much changed, and where, while that is few enough to be named."""
    if not changes:
        return "No words changed."
    many = "1 part" if len(changes) == 1 else f"{len(changes)} parts"
    named = f": {_listed([change.part.label for change in changes])}" if len(changes) <= FEW_PARTS else ""
    return f"{many} changed{named}."


def _listed(names: Sequence[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def version_of(recommendation: Recommendation, number: int) -> Version | None:
    """Answer what it said in one version, if there was one of that number."""
    return next((version for version in recommendation.versions if version.number == number), None)


# --- Names.


class Written(Protocol):
    """Something somebody at the table wrote."""

    @property
    def person(self) -> Person | None:
        """Answer who wrote it."""


def called(person: Person | None, recommendation: Recommendation) -> str:
    """Answer the alias of somebody who sits at its table; nobody else is named there (P2)."""
    return person.alias if person and person.id in _sitting(recommendation) else SOMEBODY_LEFT


def _sitting(recommendation: Recommendation) -> set[UUID]:
    return {place.person_id for place in recommendation.workstream.memberships if place.state in HERE}


def who_worked_on(recommendation: Recommendation) -> str:
    """Name all who wrote at it or suggested words, by the alphabet and without a count; who left comes last."""
    wrote = [version.by for version in recommendation.versions]
    names = {called(one, recommendation) for one in (*wrote, *(held.person for held in recommendation.suggestions))}
    return _listed([*sorted(names - {SOMEBODY_LEFT}, key=str.casefold), *({SOMEBODY_LEFT} & names)])


# --- Two people at one recommendation.


@dataclass(frozen=True)
class Joined:
    """What one person wrote together with what somebody else saved meanwhile."""

    words: Mapping[str, str]
    """What reads in each part: the other's where only they changed it, hers, or both put together."""
    theirs: Mapping[str, str]
    """What the other saved, in each part that both changed."""
    mine: Mapping[str, str]
    """What she wrote there, where both texts could be put together."""

    def __bool__(self) -> bool:
        """Answer whether they came together without a question."""
        return not self.theirs


def joined(base: Mapping[str, str], mine: Mapping[str, str], theirs: Mapping[str, str]) -> Joined:
    """Put together part by part what two people changed; what both changed, she is asked about (R4)."""
    words: dict[str, str] = {}
    both: dict[str, str] = {}
    hers: dict[str, str] = {}
    for name, now in theirs.items():
        was, typed = base.get(name, ""), mine.get(name, base.get(name, ""))
        words[name] = typed if now == was else now
        if typed not in (was, now) and now != was:
            together = merge(was, typed, now)
            words[name] = together.text if together and name not in CHOSEN else typed
            both[name] = now
            if words[name] != typed:
                hers[name] = typed
    return Joined(words, both, hers)


def numbers_joined(base: str, mine: str, theirs: str) -> str:
    """Put two choices of priorities together: what either added is in, and what either took out is not."""
    was, one, other = (set(numbers_in(text)) for text in (base, mine, theirs))
    return ", ".join(map(str, sorted((was & one & other) | ((one | other) - was))))


def numbers_in(text: str) -> list[int]:
    """List the numbers of the priorities that are kept with a version."""
    return [int(word) for word in text.split(", ") if word]
