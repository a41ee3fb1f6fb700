"""A PDF, kept byte for byte but for what says who wrote it and where a photo was taken; and none that runs (O6, F30).

Nothing here can write a PDF anew. So every blank has the length of what stood there, and nothing in it moves.
"""

import re
import zlib
from collections.abc import Iterator

from coprod.files.rules import BROKEN, LOCKED, MACROS, MOST_BYTES_UNPACKED, NotTaken
from coprod.files.services.pictures import without_position

_PAGE = re.compile(rb"<\s*(?:!doctype|html|head|body|script|svg|iframe|object|embed|img|meta|style)\b", re.IGNORECASE)
_AFTER_ITS_BEGINNING = 1024
_SIGN = re.compile(rb"#([0-9A-Fa-f]{2})")
_RUNS = (
    b"/JavaScript",
    b"/Launch",
    b"/EmbeddedFile",
    b"/RichMedia",
    b"/XFA",
    b"/ImportData",
    b"/SubmitForm",
    b"/GoToE",
)
_LOCKED, _PACKED, _FILTER = b"/Encrypt", b"/ObjStm", b"/Filter"
_STREAM = re.compile(rb"(?<!end)stream(?:\r\n|\n|\r)")
_LONGEST_HEAD = 4096
_WRITER = re.compile(rb"(/Author\s{0,9})(\((?:\\.|[^\\()]){0,999}\)|<(?!<)[0-9A-Fa-f\s]{0,4000}>)", re.DOTALL)
_WRITERS = re.compile(rb"(<(?:dc:creator|pdf:Author)>)(.{0,4000}?)(?=</(?:dc:creator|pdf:Author)>)", re.DOTALL)
_NAMES = re.compile(rb"(?<=>)[^<>]+|^[^<>]+")


def looked_through(upload: bytes) -> bytes:
    """Answer what is kept of a PDF, where nothing stands behind it, nothing in it runs and nothing is locked."""
    end = upload.rfind(b"%%EOF")
    if end < 0 or upload[end + 5 :].strip(b"\0\r\n\t ") or _PAGE.search(upload[:_AFTER_ITS_BEGINNING]):
        raise NotTaken(BROKEN)
    plain = _plain(upload)
    if _LOCKED in plain:
        raise NotTaken(LOCKED)
    _runs_nothing(plain)
    _look_into(upload, plain.count(_PACKED))
    return _without_writer(without_position(upload))


def _plain(words: bytes) -> bytes:
    """A name may be written in signs: /J#61vaScript is read as /JavaScript."""
    return _SIGN.sub(lambda sign: bytes([int(sign[1], 16)]), words)


def _runs_nothing(words: bytes) -> None:
    if any(runs in words for runs in _RUNS):
        raise NotTaken(MACROS)


def _look_into(upload: bytes, said: int) -> None:
    """Look into what is packed too; what says it is packed and cannot be opened is not taken."""
    left, looked = MOST_BYTES_UNPACKED, 0
    for head, start in _packed(upload):
        looked += 1
        if _FILTER not in head:
            continue
        try:
            held = zlib.decompressobj().decompress(memoryview(upload)[start:], left + 1)
        except zlib.error as error:
            raise NotTaken(BROKEN) from error
        left -= len(held)
        if left < 0:
            raise NotTaken(BROKEN)
        _runs_nothing(_plain(held))
    if looked < said:
        raise NotTaken(BROKEN)


def _packed(upload: bytes) -> Iterator[tuple[bytes, int]]:
    for found in _STREAM.finditer(upload):
        before = upload[max(found.start() - _LONGEST_HEAD, 0) : found.start()]
        head = _plain(before[before.rfind(b"obj") :])
        if _PACKED in head:
            yield head, found.end()


def _without_writer(upload: bytes) -> bytes:
    named = _WRITER.sub(lambda said: said[1] + said[2][:1] + b" " * (len(said[2]) - 2) + said[2][-1:], upload)
    return _WRITERS.sub(lambda said: said[1] + _NAMES.sub(_blank, said[2]), named)


def _blank(name: re.Match[bytes]) -> bytes:
    return b" " * len(name[0])
