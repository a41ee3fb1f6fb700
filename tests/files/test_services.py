"""Kept in the database, looked through by the scanner where there is one, handed out to whoever may read."""

import contextlib
import socket
import struct
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from coprod.core.answers import Refused
from coprod.core.db import db
from coprod.files import rules, services
from coprod.files.models import FileKind, FileState, StoredFile
from coprod.files.services import scanning
from coprod.people.models import Person
from coprod.workstreams.models import Workstream
from tests.factories import a_person, a_professional, a_stream
from tests.files.builders import a_pdf

SLOW = 0.05
"""How many seconds a slow scanner thinks before each letter of its answer."""


@pytest.fixture
def robin(database: None) -> Person:
    return a_person("Robin")


@pytest.fixture
def stream(robin: Person) -> Workstream:
    return a_stream(facilitator=a_professional("Sam"), members=[robin])


@contextmanager
def _a_clamd(
    answers: Sequence[bytes | list[bytes]], heard: list[bytes], family: int = socket.AF_INET, at: object = None
) -> Iterator[str]:
    """A scanner that speaks INSTREAM, and says what it is told to."""
    server = socket.socket(family)
    server.bind(at or ("127.0.0.1", 0))
    server.listen()

    def serve() -> None:
        for answer in answers:
            try:
                caller, _ = server.accept()
            except OSError:
                return
            with caller, contextlib.suppress(OSError):
                heard.append(_heard(caller))
                for piece in answer if isinstance(answer, list) else [answer]:
                    caller.sendall(piece)
                    time.sleep(SLOW * isinstance(answer, list))

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield str(at) if at else f"127.0.0.1:{server.getsockname()[1]}"
    server.close()
    thread.join(5)


def _heard(caller: socket.socket) -> bytes:
    with caller.makefile("rb") as said:
        assert said.read(10) == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack("!I", said.read(4))[0]:
            content += said.read(length)
        return content


def _states() -> dict[str, FileState]:
    return {file.name: file.state for file in db.session.scalars(select(StoredFile).order_by(StoredFile.name))}


def test_file_is_kept_and_clean_at_once_without_a_scanner(stream: Workstream, robin: Person) -> None:
    file = services.keep(stream, a_pdf(), "../My report.pdf", by=robin)
    assert (file.name, file.kind, file.state) == ("My report.pdf", FileKind.PDF, FileState.CLEAN)
    assert (file.size, file.by, file.content) == (len(a_pdf()), robin, a_pdf())
    assert rules.may_hand_out(file)
    services.wipe(file)
    assert _states() == {}


def test_file_of_nobody_is_called_by_nothing_that_tells_whose_it_is_p1(stream: Workstream, robin: Person) -> None:
    taken = services.look_at(a_pdf(), "Robin Ash, my statement.pdf")
    assert services.keep_taken(stream, taken, by=robin).name == "Robin Ash, my statement.pdf"
    file = services.keep_taken(stream, taken, by=robin, named=False)
    assert (file.name, file.by) == ("File.pdf", None)


def test_only_members_of_the_group_bring_files(stream: Workstream) -> None:
    with pytest.raises(Refused):
        services.keep(stream, a_pdf(), "a.pdf", by=a_person("Olga"))
    with pytest.raises(rules.NotTaken):
        services.keep(stream, b"<svg>", "a.pdf", by=a_person("Olga"))


def test_file_waits_for_the_scanner_and_what_it_refuses_is_wiped(
    app: Flask, stream: Workstream, robin: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[bytes] = []
    long = a_pdf(b"7" * 100_000)
    with _a_clamd([b"stream: OK\0", b"stream: Eicar FOUND\0"], heard) as address:
        monkeypatch.setitem(app.config, "CLAMD", address)
        for name, content in (("a.pdf", long), ("b.pdf", a_pdf(b"8" * 10))):
            file = services.keep(stream, content, name, by=robin)
            assert (file.state, bool(rules.may_hand_out(file))) == (FileState.WAITING, False)
        db.session.commit()
        assert services.scan_waiting() == 2
    states = _states()
    assert sorted(states.values()) == [FileState.CLEAN, FileState.REFUSED]
    assert sorted(map(len, heard)) == sorted((len(long), len(a_pdf(b"8" * 10))))
    refused = db.session.scalars(select(StoredFile).where(StoredFile.state == FileState.REFUSED)).one()
    assert (refused.content, refused.size, bool(rules.may_hand_out(refused))) == (b"", 0, False)
    assert services.scan_waiting() == 0


def test_file_waits_on_while_the_scanner_cannot_say(
    app: Flask, stream: Workstream, robin: Person, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """L1: the log says that, and nothing of the file."""
    heard: list[bytes] = []
    with _a_clamd([b"INSTREAM size limit exceeded. ERROR\0", b""], heard) as address:
        monkeypatch.setitem(app.config, "CLAMD", address)
        services.keep(stream, a_pdf(), "Secret name.pdf", by=robin)
        db.session.commit()
        assert [services.scan_waiting(), services.scan_waiting()] == [0, 0]
    assert services.scan_waiting() == 0  # Nobody listens there any more.
    assert list(_states().values()) == [FileState.WAITING]
    assert "Secret" not in caplog.text
    monkeypatch.setitem(app.config, "CLAMD", "")
    assert services.scan_waiting() == 1
    assert list(_states().values()) == [FileState.CLEAN]


def test_scanner_whose_time_is_over_is_asked_nothing_more(monkeypatch):
    ours, theirs = socket.socketpair()
    monkeypatch.setattr(scanning, "_PATIENCE", 0)
    monkeypatch.setattr(scanning, "_reached", lambda address: ours)
    with ours, theirs, pytest.raises(TimeoutError):
        scanning.Clamd("a scanner").say(b"zPING\0")


def test_scanner_that_drips_has_so_many_seconds_and_no_more(
    app: Flask, stream: Workstream, robin: Person, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Each letter comes in time, and the last one never would."""
    monkeypatch.setattr(scanning, "_PATIENCE", 4 * SLOW)
    for name in ("a.pdf", "b.pdf"):
        services.keep(stream, a_pdf(), name, by=robin)
        db.session.execute(update(StoredFile).values(state=FileState.WAITING))
    db.session.commit()
    with _a_clamd([[b"s"] * 40], []) as address:
        monkeypatch.setitem(app.config, "CLAMD", address)
        began = time.monotonic()
        assert services.scan_waiting() == 0
        assert time.monotonic() - began < 20 * SLOW
    assert set(_states().values()) == {FileState.WAITING}
    assert caplog.text.count("TimeoutError") == 1  # The run ends; the next file is not tried as well.


def test_file_without_an_answer_keeps_no_other_waiting(
    app: Flask, stream: Workstream, robin: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A scanner that finds a file too large, one that says far too much, one that hangs up; then one that answers."""
    odd = [b"INSTREAM size limit exceeded. ERROR\0", b"stream: OK" * 10_000, b"", b"stream: OK\0"]
    with _a_clamd(odd, []) as address:
        monkeypatch.setitem(app.config, "CLAMD", address)
        for name in "abcd":
            services.keep(stream, a_pdf(), f"{name}.pdf", by=robin)
        db.session.commit()
        assert services.scan_waiting() == 1
    assert sorted(_states().values()) == [FileState.CLEAN, *[FileState.WAITING] * 3]


def test_scanner_that_hangs_up_in_the_middle_has_no_answer(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = socket.socketpair()
    theirs.close()
    monkeypatch.setattr(scanning, "_reached", lambda address: ours)
    with pytest.raises(scanning.NoAnswer):
        scanning._says_clean("a scanner", a_pdf(b"7" * 1_000_000))


def test_scanner_is_reached_by_a_socket_file_too(
    app: Flask, stream: Workstream, robin: Person, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    at = str(tmp_path / "clamd")
    with _a_clamd([b"stream: OK\0"], [], socket.AF_UNIX, at) as address:
        monkeypatch.setitem(app.config, "CLAMD", address)
        services.keep(stream, a_pdf(), "a.pdf", by=robin)
        db.session.commit()
        assert services.scan_waiting() == 1


def test_file_that_went_meanwhile_is_passed_over(
    app: Flask, stream: Workstream, robin: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "CLAMD", "127.0.0.1:1")
    file = services.keep(stream, a_pdf(), "a.pdf", by=robin)
    key = file.id
    services.wipe(file)
    db.session.commit()
    monkeypatch.setattr(scanning.queries, "waiting", lambda: [key])
    assert services.scan_waiting() == 0
