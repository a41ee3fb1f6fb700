"""What differs between two texts, word by word, and how two people's changes of one text come together."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

FEWEST_MOVED = 4
"""So many words in a row, taken from one place and standing in another, are called moved."""

MOST_HITS = 150_000
"""So many pairs of the same word are compared in full: more than any text has that somebody meant."""

MOST_TRIED = 8
"""So many places are looked at from which the same words may have come."""

NEW_LINE = "[new line]"
"""What is said where nothing but a line's end came or went."""

_TOKEN = re.compile(r"\n+|[^\S\n]+|\S+")


class Kind(StrEnum):
    """What became of some words."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"
    MOVED_HERE = "moved here"
    MOVED_AWAY = "moved away"


AFTER = frozenset({Kind.KEPT, Kind.ADDED, Kind.MOVED_HERE})
BEFORE = frozenset({Kind.KEPT, Kind.REMOVED, Kind.MOVED_AWAY})


@dataclass(frozen=True)
class Piece:
    """Some words that stand in a row, and what became of them."""

    kind: Kind
    words: str


@dataclass(frozen=True)
class Clash:
    """A place where both changed the same words."""

    base: str
    ours: str
    theirs: str


@dataclass(frozen=True)
class Merged:
    """Two changes of one text put together, or the places where that is for people to do."""

    text: str
    clashes: tuple[Clash, ...] = ()

    def __bool__(self) -> bool:
        """Answer whether they came together by themselves."""
        return not self.clashes


def words_of(text: str) -> list[str]:
    """List the words of a text, and the ends of its lines."""
    found = (token for token in _TOKEN.findall(text.strip()) if token.strip() or "\n" in token)
    return [token if token.strip() else "\n" for token in found]


def as_text(words: Sequence[str]) -> str:
    """Write words as a text again: a space between two, and none beside a line's end."""
    return re.sub(r" ?\n ?", "\n", " ".join(words))


def paragraphs(text: str) -> list[str]:
    """List the paragraphs of a text: every line that is not empty."""
    return [line.strip() for line in text.splitlines() if line.strip()]


# --- What differs.


@dataclass
class _Word:
    """One word in what is shown, with what became of it."""

    kind: Kind
    word: str


def differences(before: str, after: str) -> list[list[Piece]]:
    """Say what became of every word, paragraph by paragraph, in the order in which it is read."""
    told = list(_told(words_of(before), words_of(after)))
    _find_moved(told)
    return _by_paragraph(told)


def _told(before: Sequence[str], after: Sequence[str]) -> Iterator[_Word]:
    i = j = 0
    for at, to, size in _blocks(before, after):
        yield from (_Word(Kind.REMOVED, word) for word in before[i:at])
        yield from (_Word(Kind.ADDED, word) for word in after[j:to])
        yield from (_Word(Kind.KEPT, word) for word in after[to : to + size])
        i, j = at + size, to + size


def _blocks(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int, int]]:
    """List the runs of words that stand in both, in order: where in each, and how long; the last is empty, at the end.

    What both begin and end with is taken off first. In a text of few words over and over, those are not searched for:
    finding the longest run of them would take minutes.
    """
    pairs = list(zip(before, after, strict=False))
    head = next((n for n, (one, other) in enumerate(pairs) if one != other), len(pairs))
    rest = list(zip(reversed(before[head:]), reversed(after[head:]), strict=False))
    tail = next((n for n, (one, other) in enumerate(rest) if one != other), len(rest))
    one, other = before[head : len(before) - tail], after[head : len(after) - tail]
    found = SequenceMatcher(None, one, other, autojunk=_hits(one, other) > MOST_HITS).get_matching_blocks()
    inner = [(head + block.a, head + block.b, block.size) for block in found if block.size]
    ends = [(len(before) - tail, len(after) - tail, tail), (len(before), len(after), 0)]
    return [(0, 0, head), *inner, *ends]


def _hits(one: Sequence[str], other: Sequence[str]) -> int:
    """Count how many pairs of the same word there are."""
    there = Counter(other)
    return sum(many * there[word] for word, many in Counter(one).items())


def _find_moved(told: list[_Word]) -> None:
    """Name what was taken from one place and stands in another, each word once."""
    gone: dict[tuple[str, ...], list[int]] = {}
    for place in range(len(told)):
        if start := _run_at(told, place, Kind.REMOVED):
            gone.setdefault(start, []).append(place)
    for place in range(len(told)):
        start = _run_at(told, place, Kind.ADDED)
        sizes = [(_same(told, old, place), -old) for old in gone.get(start, [])[:MOST_TRIED]] if start else []
        size, old = max(sizes, default=(0, 0))
        if size >= FEWEST_MOVED:
            for step in range(size):
                told[step - old].kind, told[place + step].kind = Kind.MOVED_AWAY, Kind.MOVED_HERE


def _run_at(told: Sequence[_Word], place: int, kind: Kind) -> tuple[str, ...]:
    """Answer the words of one kind that begin here, as many as make a move; none where they are fewer."""
    run = told[place : place + FEWEST_MOVED]
    whole = len(run) == FEWEST_MOVED and all(one.kind == kind and one.word != "\n" for one in run)
    return tuple(one.word for one in run) if whole else ()


def _same(told: Sequence[_Word], old: int, new: int) -> int:
    """Count how many words in a row were taken from one place and stand in the other, in one paragraph."""
    size = 0
    while (
        max(old, new) + size < len(told)
        and (told[old + size].kind, told[new + size].kind) == (Kind.REMOVED, Kind.ADDED)
        and told[old + size].word == told[new + size].word != "\n"
    ):
        size += 1
    return size


def _by_paragraph(told: Sequence[_Word]) -> list[list[Piece]]:
    found: list[list[Piece]] = [[]]
    for (was, stands), run in groupby(told, key=lambda one: (one.kind in BEFORE, one.kind in AFTER)):
        words = list(run)
        if was != stands and all(one.word == "\n" for one in words):
            found[-1].append(Piece(words[0].kind, NEW_LINE))
            found += [[]] if stands else []
            continue
        for kind, part in groupby(words, key=lambda one: None if one.word == "\n" else one.kind):
            if kind:
                found[-1].append(Piece(kind, " ".join(one.word for one in part)))
            else:
                found.append([])
    return [pieces for pieces in found if pieces]


# --- How two changes come together.


def merge(base: str, ours: str, theirs: str) -> Merged:
    """Put together what both changed of one text; where both changed the same words, say so and change neither."""
    if ours == theirs or theirs == base:
        return Merged(ours)
    if ours == base:
        return Merged(theirs)
    return _merge(words_of(base), words_of(ours), words_of(theirs))


def _merge(base: list[str], ours: list[str], theirs: list[str]) -> Merged:
    in_ours, in_theirs = _places(base, ours), _places(base, theirs)
    words: list[str] = []
    clashes: list[Clash] = []
    b = o = t = 0
    for place in [*(p for p in range(len(base)) if p in in_ours and p in in_theirs), len(base)]:
        upto_o, upto_t = in_ours.get(place, len(ours)), in_theirs.get(place, len(theirs))
        parts = base[b:place], ours[o:upto_o], theirs[t:upto_t]
        chosen = _chosen(*parts)
        if chosen is None:
            clashes.append(Clash(*map(as_text, parts)))
        words += (chosen if chosen is not None else parts[1]) + base[place : place + 1]
        b, o, t = place + 1, upto_o + 1, upto_t + 1
    return Merged(as_text(words), tuple(clashes))


def _places(base: Sequence[str], text: Sequence[str]) -> dict[int, int]:
    """Say where each word of the base stands in the text, if it does."""
    return {at + step: to + step for at, to, size in _blocks(base, text) for step in range(size)}


def _chosen(base: list[str], ours: list[str], theirs: list[str]) -> list[str] | None:
    """Answer what stands between two words that both kept; nothing where both changed it, each in another way."""
    if ours in (theirs, base):
        return theirs
    return ours if theirs == base else None
