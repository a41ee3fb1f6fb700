"""How hard a page is to read: the Flesch–Kincaid grade, and its longest sentence."""

import re
from xml.etree.ElementTree import Element

from tests.house.pages import Page, words

BLOCKS = {"p", "h1", "h2", "h3", "h4", "label", "legend", "button", "summary"}
"""What is read as talk; a list, a table or a row of facts is looked through, not read out."""
ENDS = re.compile(r"(?<=[.!?])[”’)]?\s+(?=[A-Z“‘0-9])")
WORD = re.compile(r"[A-Za-z]+(?:['’][a-z]+)*")
DATE = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day )?\d{1,2} "
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)(?: \d{4})?\b"
)
VOWELS = re.compile(r"[aeiouy]+")


def sentences(page: Page) -> list[str]:
    """The sentences of the page's own part, each block ending one; a date is read as one short word."""
    main = page.all("main")
    found = [block for block in main[0].iter() if block.tag in BLOCKS and not _holds_a_block(block)] if main else []
    texts = (DATE.sub("May", sentence) for block in found for sentence in ENDS.split(words(block)))
    return [text for text in texts if WORD.search(text)]


def _holds_a_block(element: Element) -> bool:
    return any(inner is not element and inner.tag in BLOCKS for inner in element.iter())


def words_of(sentence: str) -> list[str]:
    """The words of a sentence, figures and signs left out."""
    return WORD.findall(sentence)


def syllables(word: str) -> int:
    """About how many syllables a word has."""
    bare = re.sub(r"[^a-z]", "", word.lower())
    silent = (bare.endswith("e") and not bare.endswith(("le", "ee"))) or (
        bare.endswith(("ed", "es")) and bare[-3:-2] not in "tdsxz"
    )
    return max(1, len(VOWELS.findall(bare)) - int(silent))


def grade(texts: list[str]) -> float:
    """The years of school these sentences ask for."""
    found = [word for text in texts for word in words_of(text)]
    if not found:
        return 0.0
    return 0.39 * len(found) / len(texts) + 11.8 * sum(map(syllables, found)) / len(found) - 15.59
