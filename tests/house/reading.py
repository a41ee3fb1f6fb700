"""How hard a page is to read: the grade of the product's own measure, and its longest sentence."""

import re
from xml.etree.ElementTree import Element

from coprod.core.reading import ENDS, WORD, grade, syllables, words_of
from tests.house.pages import Page, words

__all__ = ["ENDS", "grade", "sentences", "syllables", "words_of"]

BLOCKS = {"p", "h1", "h2", "h3", "h4", "label", "legend", "button", "summary"}
"""What is read as talk; a list, a table or a row of facts is looked through, not read out."""
DATE = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day )?\d{1,2} "
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)(?: \d{4})?\b"
)


def sentences(page: Page) -> list[str]:
    """The sentences of the page's own part, each block ending one; a date is read as one short word."""
    main = page.all("main")
    found = [block for block in main[0].iter() if block.tag in BLOCKS and not _holds_a_block(block)] if main else []
    texts = (DATE.sub("May", sentence) for block in found for sentence in ENDS.split(words(block)))
    return [text for text in texts if WORD.search(text)]


def _holds_a_block(element: Element) -> bool:
    return any(inner is not element and inner.tag in BLOCKS for inner in element.iter())
