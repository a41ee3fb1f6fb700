"""Going wherever a visitor can go by links alone, and noting every page and form on the way."""

from dataclasses import dataclass, field
from urllib.parse import urldefrag, urljoin, urlsplit
from xml.etree.ElementTree import Element

from flask.testing import FlaskClient

from tests.house.pages import Page

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
class Visit:
    """What one visitor came upon."""

    pages: dict[str, tuple[int, bytes, Page]] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)
    forms: list[Sent] = field(default_factory=list)


def visit(client: FlaskClient, *starts: str, most: int = 2000) -> Visit:
    """Follow every link from here, or from the first page, and never press a button."""
    waiting = list(starts or ["/"])
    found, known = Visit(), set(waiting)
    while waiting and len(found.pages) < most:
        address = waiting.pop(0)
        answer = client.get(address)
        if answer.location:
            new = [answer.location]
        elif "html" in (answer.content_type or ""):
            page = Page(answer.text)
            found.pages[address] = (answer.status_code, answer.data, page)
            found.forms += forms_of(page, address)
            new = page.links
        else:
            found.files[address] = answer.status_code
            new = []
        for link in new:
            inside = within(link, address)
            if inside and inside not in known:
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
