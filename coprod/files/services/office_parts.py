"""One part of a document or a spreadsheet, told by its content: what runs is refused, who wrote it is taken out."""

import re
from collections.abc import Callable
from html import unescape
from xml.etree import ElementTree

from coprod.files.rules import BROKEN, MACROS, UNPACKS_TOO_LARGE, NotTaken
from coprod.files.services.pictures import redrawn

_RUNS = (b"macroenabled", b"ms-office.vba", b"ddeauto", b"<ddelink", b"<!doctype", b"<!entity")
_RUNS_BY_BEGINNING = (b"\xd0\xcf\x11\xe0", b"MZ", b"\x7fELF", b"{\\rtf", b"%PDF", b"#!", b"MIME-Version")
"""Old Word and Excel files with all they can run, programs, and whole papers inside a paper."""
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"RIFF", b"II*\0", b"MM\0*")
_ROOT = re.compile(rb"(?:\s++|<\?[^>]*+>|<!--.{0,2000}?-->){0,20}+<(?:[\w.-]+:)?(\w+)([^>]*)", re.DOTALL)
_FIELDS = re.compile(rb"<(?:\w{1,20}:)?instrText\b[^<>]{0,200}>([^<]*)")
_MOST_OF_TIES = 1024 * 1024
_MAY_LEAD_OUT = "/hyperlink"
"""A link somebody chooses to follow; all else would be fetched when the file is opened, and tell who opened it."""

_QUOTED = rb"(?:\"[^\"]*\"|'[^']*')"
_WRITERS = (
    (b"author", re.compile(rb"(\w{1,20}:author)\s*=\s*" + _QUOTED), rb'\1=""'),
    (b"initials", re.compile(rb"(\w{1,20}:initials)\s*=\s*" + _QUOTED), rb'\1=""'),
    (b"userId", re.compile(rb"(\w{1,20}:userId)\s*=\s*" + _QUOTED), rb'\1=""'),
    (b"userName", re.compile(rb"(userName)\s*=\s*" + _QUOTED), rb'\1=""'),
    (b"absPath", re.compile(rb"(<\w{1,20}:absPath\b[^<>]{0,300}?\burl)\s*=\s*" + _QUOTED), rb'\1=""'),
    (b"author>", re.compile(rb"(<(?:\w{1,20}:)?author>)[^<]*"), rb"\1"),
    (b"DisplayName", re.compile(rb"(<(?:\w{1,20}:)?DisplayName\b[^<>]{0,200}>)[^<]*"), rb"\1"),
)
"""Where a writer's name, or the folder with her name in it, is said: a word that is there if it is said at all."""
_PERSONS = re.compile(rb"\b(displayName|userId|id)\s*=\s*" + _QUOTED)
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_SCHEMAS = b"http://schemas.openxmlformats.org/"
_NOBODY = {
    b"metadata/core-properties": _HEAD
    + b'<cp:coreProperties xmlns:cp="'
    + _SCHEMAS
    + b'package/2006/metadata/core-properties"/>',
    b"extended-properties": _HEAD + b'<Properties xmlns="' + _SCHEMAS + b'officeDocument/2006/extended-properties"/>',
    b"custom-properties": _HEAD + b'<Properties xmlns="' + _SCHEMAS + b'officeDocument/2006/custom-properties"/>',
}
"""What stands in place of who wrote it, for whom and when."""
_NO_DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg"/>'


def cleaned(name: str, content: bytes, opened_too: Callable[[bytes], bytes]) -> bytes:
    """Answer what is kept of one part; a whole paper inside this one is `opened_too`."""
    if content.startswith(_RUNS_BY_BEGINNING):
        raise NotTaken(MACROS)
    if content.startswith(_PICTURES):
        return redrawn(content)
    if content.startswith(b"PK\x03\x04"):
        return opened_too(content)
    if name.lower().endswith((".xml", ".rels", ".vml", ".svg")) or _begins_as_words(content):
        return _words(name, content)
    return content


def _begins_as_words(content: bytes) -> bool:
    """XML says so by its first letter, whatever the part is called; other letters than ours would hide it."""
    return content[:64].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xfe\xff \t\r\n").startswith(b"<")


def _words(name: str, content: bytes) -> bytes:
    plain = content.removeprefix(b"\xef\xbb\xbf")
    low = content.lower()
    if any(runs in low for runs in _RUNS) or "DDE" in _fields(content):
        raise NotTaken(MACROS)
    root = _ROOT.match(plain)
    if root is None or b"\0" in content:
        raise NotTaken(BROKEN)
    if root[1].lower() == b"html":
        raise NotTaken(MACROS)
    if root[1] == b"svg":
        return _NO_DRAWING
    if name.lower().endswith(".rels"):
        _leads_nowhere_by_itself(plain)
    return _without_writers(content, root)


def _fields(content: bytes) -> str:
    """Answer what stands in a paper's fields: a word that runs something may be cut in pieces, or written in signs."""
    if b"instrText" not in content:
        return ""
    return unescape(b"".join(_FIELDS.findall(content)).decode(errors="replace")).upper()


def _leads_nowhere_by_itself(ties: bytes) -> None:
    """A picture, a template or a table of another place is fetched the moment the file is opened."""
    if len(ties) > _MOST_OF_TIES:
        raise NotTaken(UNPACKS_TOO_LARGE)
    try:
        found = ElementTree.fromstring(ties).iter()  # noqa: S314 - it has no DOCTYPE, so nothing grows in it
    except ElementTree.ParseError as error:
        raise NotTaken(BROKEN) from error
    if any(tie.get("TargetMode") == "External" and not tie.get("Type", "").endswith(_MAY_LEAD_OUT) for tie in found):
        raise NotTaken(MACROS)


def _without_writers(content: bytes, root: re.Match[bytes]) -> bytes:
    if root[1] in (b"coreProperties", b"Properties"):
        return next((nobody for said, nobody in _NOBODY.items() if said in root[2]), content)
    if root[1] == b"personList":
        content = _PERSONS.sub(_unless_it_is_the_key, content)
    for word, said, nobody in _WRITERS:
        if word in content:
            content = said.sub(nobody, content)
    return content


def _unless_it_is_the_key(said: re.Match[bytes]) -> bytes:
    return said[0] if said[1] == b"id" else said[1] + b'="Somebody"'
