"""How hard some words are to read, and what would make them easier.

The grade is the Flesch-Kincaid one: J. P. Kincaid, R. P. Fishburne, R. L. Rogers and B. S. Chissom, "Derivation of New
Readability Formulas", US Navy Research Branch Report 8-75, 1975. How syllables are counted is our own: one for each
group of vowels, less an ending that is not spoken.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

EASY_GRADE, HARD_GRADE = 6, 9
LONGEST_SENTENCE = 25
FEW_WORDS = 10
"""Below this the grade leaps with every word, so only the words themselves are looked at."""
LONG_WORD = 4
ENDS = re.compile(r"(?<=[.!?])[”’)]?\s+(?=[A-Z“‘0-9])")
WORD = re.compile(r"[A-Za-z]+(?:['’][a-z]+)*")
_NOT_LETTERS = re.compile(r"[^a-z]")
_VOWELS = re.compile(r"[aeiouy]+")


def words_of(sentence: str) -> list[str]:
    """List the words of a sentence, figures and signs left out."""
    return WORD.findall(sentence)


def sentences_of(text: str) -> list[str]:
    """List the sentences of a text; the end of a line ends one."""
    found = [sentence.strip() for line in text.splitlines() for sentence in ENDS.split(line)]
    return [sentence for sentence in found if WORD.search(sentence)]


def syllables(word: str) -> int:
    """Answer about how many syllables a word has."""
    bare = _NOT_LETTERS.sub("", word.lower())
    silent = (bare.endswith("e") and not bare.endswith(("le", "ee"))) or (
        bare.endswith(("ed", "es")) and bare[-3:-2] not in "tdsxz"
    )
    return max(1, len(_VOWELS.findall(bare)) - int(silent))


def grade(sentences: Sequence[str]) -> float:
    """Answer the years of school these sentences ask for."""
    found = [word for sentence in sentences for word in words_of(sentence)]
    if not found:
        return 0.0
    return 0.39 * len(found) / len(sentences) + 11.8 * sum(map(syllables, found)) / len(found) - 15.59


class Ease(StrEnum):
    """How a text reads, in the words of the reading light."""

    EASY = "Easy to read"
    LITTLE_HARD = "A little hard"
    HARD = "Hard to read"


@dataclass(frozen=True)
class Light:
    """What the reading light says of a text: how it reads, and what to do where it could read more easily."""

    ease: Ease
    to_do: str = ""


def light(text: str) -> Light | None:
    """Answer how a text reads and what would make it easier; of a text without words there is nothing to say."""
    sentences = sentences_of(text)
    if not sentences:
        return None
    longest = max(sentences, key=lambda sentence: len(words_of(sentence)))
    ease = _ease(sentences, len(words_of(longest)))
    return Light(ease, "" if ease is Ease.EASY else _to_do(sentences, longest))


def _ease(sentences: Sequence[str], longest: int) -> Ease:
    if sum(len(words_of(sentence)) for sentence in sentences) < FEW_WORDS:
        return (Ease.EASY, Ease.LITTLE_HARD, Ease.HARD)[min(2, len(_long_words(sentences)))]
    asked = grade(sentences)
    if asked > HARD_GRADE:
        return Ease.HARD
    return Ease.LITTLE_HARD if asked > EASY_GRADE or longest > LONGEST_SENTENCE else Ease.EASY


def _to_do(sentences: Sequence[str], longest: str) -> str:
    count = len(words_of(longest))
    if count > LONGEST_SENTENCE:
        return f"Split the sentence that begins “{_beginning(longest)}”: it has {count} words."
    hard = _long_words(sentences)
    if hard:
        return f"Look for a shorter word for {_listed(hard[:3])}."
    return f"Make the sentence that begins “{_beginning(longest)}” shorter, or use shorter words."


def _beginning(sentence: str) -> str:
    """Give enough of a sentence to find it by."""
    words = sentence.split()
    return " ".join(words[:4]).rstrip(".,;:") + "…"


def _long_words(sentences: Sequence[str]) -> list[str]:
    """List the words of many syllables, the longest first, each once."""
    found = {
        word.lower(): word for sentence in sentences for word in words_of(sentence) if syllables(word) >= LONG_WORD
    }
    return sorted(found.values(), key=lambda word: (-syllables(word), word.lower()))


def _listed(words: Sequence[str]) -> str:
    quoted = [f"“{word}”" for word in words]
    return " or ".join(filter(None, [", ".join(quoted[:-1]), quoted[-1]]))
