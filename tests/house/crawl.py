"""Going wherever a visitor can go by links alone, and noting every page and form on the way."""

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from urllib.parse import urldefrag, urljoin, urlsplit
from xml.etree.ElementTree import Element

from flask import Flask
from flask.testing import FlaskClient

from tests.house.pages import Page

LINK = re.compile(r'<a\b[^>]*?\shref="([^"]*)"')
HOME = "http://localhost/"
Fields = list[tuple[str, str]]


@dataclass(frozen=True)
class Sent:
    """A form as it would be sent untouched."""

    page: str
    action: str
    method: str
    fields: tuple[tuple[str, str], ...]


@dataclass
class Fetched:
    """One page as it was answered; read closely only when it is asked for."""

    address: str
    status: int
    body: bytes

    @cached_property
    def page(self) -> Page:
        """The page, parsed."""
        return Page(self.body.decode())

    @property
    def links(self) -> list[str]:
        """Where one can go from here, found at a glance."""
        return [unescape(link) for link in LINK.findall(self.body.decode())]


@dataclass
class Visit:
    """What one visitor came upon."""

    pages: dict[str, Fetched] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)

    def some_of_each(self, app: Flask, most: int = 2) -> list[Fetched]:
        """A few pages of every kind: the first ones come by."""
        adapter, taken, chosen = app.url_map.bind("localhost"), Counter[str](), []
        for fetched in self.pages.values():
            kind = adapter.match(fetched.address.split("?")[0], "GET")[0] if fetched.status == 200 else "missing"
            taken[kind] += 1
            if taken[kind] <= most:
                chosen.append(fetched)
        return chosen


def visit(client: FlaskClient, *starts: str, most: int = 2000) -> Visit:
    """Follow every link from here, or from the first page, and never press a button."""
    waiting = list(starts or ["/"])
    found, known = Visit(), set(waiting)
    while waiting and len(found.pages) < most:
        address = waiting.pop(0)
        answer = client.get(address)
        links = [answer.location] if answer.location else []
        if "html" not in (answer.content_type or ""):
            found.files[address] = answer.status_code
        elif not links:
            found.pages[address] = Fetched(address, answer.status_code, answer.data)
            links = found.pages[address].links
        for inside in filter(None, (within(link, address) for link in links)):
            if inside not in known:
                known.add(inside)
                waiting.append(inside)
    return found


def within(link: str, page: str) -> str | None:
    """Answer where a link on this page leads, if it leads to a page of ours."""
    whole = urlsplit(urldefrag(urljoin(urljoin(HOME, page), link)).url)
    if whole.hostname != "localhost" or whole.scheme not in ("http", "https"):
        return None
    return f"{whole.path}?{whole.query}" if whole.query else whole.path


def forms_of(page: Page, address: str) -> list[Sent]:
    """Every form of a page, as it would be sent untouched."""
    return [
        Sent(
            address,
            within(form.get("action") or "", address) or "",
            (form.get("method") or "get").lower(),
            tuple(_fields(form)),
        )
        for form in page.all("form")
    ]


def _fields(form: Element) -> Fields:
    sent: Fields = []
    for element in form.iter():
        name = element.get("name")
        if not name:
            continue
        if element.tag == "select":
            options = [option for option in element.iter() if option.tag == "option"]
            chosen = [option for option in options if option.get("selected") is not None] or options[:1]
            sent += [(name, option.get("value", "")) for option in chosen]
        elif element.tag == "textarea":
            sent.append((name, element.text or ""))
        elif element.tag in ("input", "button"):
            sent.append((name, element.get("value", "")))
    return sent
