"""What files are called here, and that nobody but the scanner moves one. No database."""

import itertools

from coprod.files import rules
from coprod.files.models import FileKind, FileState, StoredFile
from coprod.people.models import Person, Side

ALLOWED = {
    ("found clean", FileState.WAITING, "the clock"),
    ("refused by the scanner", FileState.WAITING, "the clock"),
}


def test_every_move_from_every_state_as_everybody() -> None:
    people = {"the clock": None, "an admin": Person(alias="Ada", side=Side.PROFESSIONAL, is_admin=True)}
    tried = itertools.product(rules.LIFECYCLE.moves, FileState, people)
    found = {
        (name, state, who)
        for name, state, who in tried
        if rules.LIFECYCLE.may(people[who], name, StoredFile(kind=FileKind.TEXT, state=state))
    }
    assert found == ALLOWED


def test_only_a_clean_file_is_handed_out() -> None:
    answers = {state: rules.may_hand_out(StoredFile(kind=FileKind.TEXT, state=state)) for state in FileState}
    assert [state for state, answer in answers.items() if answer] == [FileState.CLEAN]
    assert len({answer.reason for answer in answers.values()}) == 3


def test_every_kind_has_one_type_and_one_ending() -> None:
    """O5."""
    assert set(rules.MIME_TYPES) == set(rules.ENDINGS) == set(FileKind)
    assert [kind for kind, said in rules.MIME_TYPES.items() if "html" in said or "svg" in said] == []


def test_names_are_plain_and_end_truly() -> None:
    told = {
        "../../etc/passwd": "passwd.pdf",
        "C:\\Users\\Robin\\my file.docx": "my file.pdf",
        "a\r\nSet-Cookie: x.pdf": "aSet-Cookie x.pdf",
        "\u202egnp.exe": "gnp.pdf",
        "report.pdf.exe": "report pdf.pdf",
        "": "File.pdf",
        ".htaccess": "File.pdf",
        "943 476 5919.pdf": "File.pdf",
        "BP21C50001.pdf": "File.pdf",
        '"<script>".pdf': "script.pdf",
        "a" * 300: "a" * 76 + ".pdf",
    }
    assert {name: rules.name_for(name, FileKind.PDF) for name in told} == told
