"""What any page of ours must be, whatever it shows: read as a browser reads it, and every fault listed."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import Element

import html5lib

REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "headers", "list")
UNLABELLED = {"hidden", "submit", "button", "image", "reset"}
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


class Page:
    """One page, parsed."""

    def __init__(self, text: str) -> None:
        self._parser = html5lib.HTMLParser(
            tree=html5lib.treebuilders.getTreeBuilder("etree"), namespaceHTMLElements=False
        )
        self.root: Element = self._parser.parse(text)
        self._lines = text.splitlines()
        self.elements: list[Element] = [element for element in self.root.iter() if isinstance(element.tag, str)]
        self.ids = Counter(element.get("id") for element in self.elements if element.get("id") is not None)

    def all(self, *tags: str) -> list[Element]:
        """Every element of these kinds, in order."""
        return [element for element in self.elements if element.tag in tags]

    @property
    def title(self) -> str:
        """The words in the browser's tab."""
        return next((words(element) for element in self.all("title")), "")

    @property
    def heading(self) -> str:
        """The words of the first main heading."""
        return next((words(element) for element in self.all("h1")), "")

    @property
    def links(self) -> list[str]:
        """Where one can go from here."""
        return [element.get("href", "") for element in self.all("a") if element.get("href")]

    def faults(self) -> list[str]:
        """Everything that is wrong with it."""
        checks = (
            self._markup,
            self._ids,
            self._targets,
            self._headings,
            self._nothing_inline,
            self._pictures,
            self._fields,
            self._names,
            self._tables,
            self._forms,
        )
        return [fault for check in checks for fault in check()]

    def _markup(self) -> Iterator[str]:
        for (line, column), code, _ in self._parser.errors:
            yield f"{code} at …{self._lines[line - 1][max(0, column - 60) : column + 10].strip()}…"
        if not self.root.get("lang"):
            yield "the page names no language"
        if len(self.all("title")) != 1 or not self.title:
            yield "not one title"
        if len(self.all("main")) != 1:
            yield "not one main part"

    def _pictures_drawn(self) -> list[Element]:
        return [element for element in self.elements if _bare(element.tag) == "svg"]

    def _ids(self) -> Iterator[str]:
        for name, times in self.ids.items():
            if times > 1:
                yield f"the id {name} stands {times} times"
        for element in self.elements:
            for attribute in REFERENCES:
                for name in (element.get(attribute) or "").split():
                    if name not in self.ids:
                        yield f"{element.tag} {attribute}={name!r}, and no such id"

    def _targets(self) -> Iterator[str]:
        for link in self.links:
            if link.startswith("#") and len(link) > 1 and link[1:] not in self.ids:
                yield f"a link to {link}, and no such id"

    def _headings(self) -> Iterator[str]:
        levels = [int(element.tag[1]) for element in self.all(*HEADINGS)]
        if levels.count(1) != 1:
            yield f"{levels.count(1)} main headings"
        for before, after in pairwise(levels):
            if after > before + 1:
                yield f"a heading of level {after} straight under one of level {before}"
        for element in self.all(*HEADINGS):
            if not words(element):
                yield "an empty heading"

    def _nothing_inline(self) -> Iterator[str]:
        for element in self.elements:
            for attribute, value in element.items():
                if _is_inline(str(attribute), value):
                    yield f"{_bare(element.tag)} has {attribute}={value[:30]}"
        for element in self.all("script"):
            if not element.get("src") or words(element):
                yield "a script within the page"
        if any(_bare(element.tag) == "style" for element in self.elements):
            yield "a style sheet within the page"

    def _pictures(self) -> Iterator[str]:
        for element in self.all("img"):
            if element.get("alt") is None:
                yield f"the picture {element.get('src')} says nothing in its place"
        for element in self._pictures_drawn():
            named = element.get("role") == "img" and (element.get("aria-labelledby") or element.get("aria-label"))
            if element.get("aria-hidden") != "true" and not named:
                yield "a drawing with neither a name nor aria-hidden"

    def _fields(self) -> Iterator[str]:
        labelled = {element.get("for") for element in self.all("label")}
        for element in self.all("input", "select", "textarea"):
            if element.get("type") in UNLABELLED:
                continue
            if element.get("id") not in labelled and not (element.get("aria-label") or element.get("aria-labelledby")):
                yield f"the field {element.get('name')} has no label"

    def _names(self) -> Iterator[str]:
        for element in self.all("a", "button"):
            if not words(element) and not element.get("aria-label"):
                yield f"a nameless {element.tag}"
        for element in self.all("a"):
            if element.get("target") == "_blank":
                yield f"the link to {element.get('href')} opens another window"

    def _tables(self) -> Iterator[str]:
        for element in self.all("table"):
            if not any(inner.tag == "caption" and words(inner) for inner in element.iter()):
                yield "a table without a caption"

    def _forms(self) -> Iterator[str]:
        for element in self.all("form"):
            # Leaving must work from a stale page too, so its form needs no token.
            if (element.get("method") or "get").lower() != "post" or element.get("action") == "/leave":
                continue
            fields = {inner.get("name") for inner in element.iter()}
            if "csrf_token" not in fields:
                yield f"the form to {element.get('action')} carries no token"


def words(element: Element) -> str:
    """The words of an element as they are read, white space evened out."""
    return " ".join("".join(_texts(element)).split())


def _texts(element: Any) -> Iterator[str]:
    yield element.text or ""
    for inner in element:
        if isinstance(inner.tag, str):
            yield from _texts(inner)
        yield inner.tail or ""


def _bare(tag: Any) -> str:
    return str(tag).rsplit("}", 1)[-1]


def _is_inline(attribute: str, value: str) -> bool:
    start = value.strip().lower()
    if attribute in ("href", "action", "src") and start.startswith(("javascript:", "data:")):
        return True
    return (
        attribute == "style" or attribute.startswith("on") or (attribute == "src" and start.startswith(("http", "//")))
    )
