"""Which files are taken, told by their content (O6); what they are called here; and when one may be handed out."""

import re
import unicodedata

from coprod.core.answers import YES, Answer, no
from coprod.core.lifecycle import Lifecycle, Move
from coprod.core.words import has_court_number, has_nhs_number
from coprod.files.models import FileKind, FileState, StoredFile
from coprod.people.models import Person
from coprod.workstreams.models import Workstream
from coprod.workstreams.rules import is_member

MOST_BYTES = 5 * 1024 * 1024
MOST_DOTS = 50_000_000
MOST_PARTS = 2000
MOST_BYTES_UNPACKED = 30 * 1024 * 1024
LONGEST_NAME = 80
NAMELESS = "File"

TAKEN = "We take PDF, pictures (JPEG, PNG, WebP), Word and Excel files (DOCX, XLSX) and plain text."
TOO_LARGE = "This file is too large. It may have 5 MB at most. Try a smaller picture, or fewer pages."
NOTHING_IN_IT = "There is nothing in this file. Please look if it is the right one."
NOT_OURS = f"We cannot take this kind of file. {TAKEN}"
BROKEN = f"We cannot read this file. Open it, save it once more and try again. {TAKEN}"
MANY_DOTS = "This picture is too large to open safely. Make it smaller, or take it again with fewer dots."
MACROS = "This file can run something by itself. Save it without macros or links, or as a PDF, and try again."
LOCKED = "This PDF is locked. Save it without a password, and try again."
UNPACKS_TOO_LARGE = "This file grows far too large when it is opened. Save it as a PDF, or take pictures out."

ENDINGS = {
    FileKind.PDF: "pdf",
    FileKind.PICTURE: "jpg",
    FileKind.DOCUMENT: "docx",
    FileKind.SHEET: "xlsx",
    FileKind.TEXT: "txt",
}
MIME_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.PICTURE: "image/jpeg",
    FileKind.DOCUMENT: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.SHEET: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.TEXT: "text/plain; charset=utf-8",
}
"""What a file is handed out as, whatever it said it was; a table in plain text is text (O7)."""

_NOT_IN_NAMES = re.compile(r'[<>:"|?*%;]')


class NotTaken(Exception):  # noqa: N818 - a name that says what happened
    """A file is not kept; the words say why, to whoever brought it."""


def name_for(brought: str, kind: FileKind) -> str:
    """Answer the name people see: no folder, no control letters, no family's number, an ending that is true."""
    last = re.split(r"[/\\]", brought)[-1]
    plain = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C")
    stem = _NOT_IN_NAMES.sub(" ", plain.rsplit(".", 1)[0] if "." in plain else plain)
    stem = " ".join(stem.replace(".", " ").split())
    if not stem or has_nhs_number(stem) or has_court_number(stem):
        stem = NAMELESS
    ending = f".{ENDINGS[kind]}"
    return stem[: LONGEST_NAME - len(ending)].strip() + ending


def may_keep(person: Person, stream: Workstream) -> Answer:
    """Everybody who has joined the group may."""
    return is_member(person, stream)


def may_hand_out(file: StoredFile) -> Answer:
    """A file is handed out once it is known to be clean."""
    waits = "This file is still being checked for viruses. Try again in a minute."
    refused = "The virus check found something in this file. It was not kept."
    return YES if file.state == FileState.CLEAN else no(waits if file.state == FileState.WAITING else refused)


def _by_itself(person: Person | None, _: StoredFile) -> Answer:
    return YES if person is None else no("This comes by itself.")


_WAITING = frozenset({FileState.WAITING})
LIFECYCLE = Lifecycle[StoredFile](
    [
        Move("found clean", _WAITING, FileState.CLEAN, _by_itself),
        Move("refused by the scanner", _WAITING, FileState.REFUSED, _by_itself),
    ]
)
