"""A file is handed out as an attachment of one fixed type, to whoever may read what it belongs to (O5)."""

from collections.abc import Callable

from flask.testing import FlaskClient

from coprod.core.db import db
from coprod.evidence import services as evidence
from coprod.evidence.models import EvidenceKind
from coprod.files.models import FileState
from coprod.files.services import look_at
from tests.factories import a_person, a_professional, a_stream
from tests.files.builders import a_pdf, a_photo

Visitor = Callable[..., FlaskClient]


def test_file_is_only_ever_an_attachment_and_only_for_who_may_read_it(as_: Visitor, client: FlaskClient) -> None:
    """O5: the session and the right at that moment, no type to be guessed, nothing that runs."""
    robin, olga, sam = a_person("Robin"), a_person("Olga"), a_professional("Sam")
    stream = a_stream(facilitator=sam, members=[robin])
    a_stream(stream.programme, "Another", members=[olga])
    file = look_at(a_pdf(), "Gr\u00fc\u00dfe \u2013 my report.pdf")
    told = evidence.add(stream, EvidenceKind.TESTIMONY, "A night", "Nobody came.", by=robin, file=file)
    kept = told.file
    assert kept is not None
    assert kept.by is None  # Whose words they are stands nowhere but with them.
    db.session.commit()
    address = f"/files/{kept.id}"

    answer = as_(sam).get(address)
    assert (answer.status_code, answer.data) == (200, a_pdf())
    headers = answer.headers
    assert headers["Content-Disposition"].startswith("attachment; filename=")
    assert headers["Content-Type"] == "application/pdf"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].endswith("; sandbox")
    assert headers["Cache-Control"] == "no-store"
    assert as_(olga).get(address).status_code == 404
    assert client.get(address).status_code in (302, 303)

    kept.state = FileState.WAITING
    db.session.commit()
    assert "still being checked" in as_(sam).get(address).text
    kept.state = FileState.CLEAN
    db.session.commit()

    evidence.withdraw(told, by=robin)
    db.session.commit()
    assert as_(sam).get(address).status_code == 404


def test_picture_is_handed_out_without_its_place(as_: Visitor) -> None:
    robin = a_person("Robin")
    stream = a_stream(members=[robin])
    file = look_at(a_photo(), "a.png")
    here = evidence.add(stream, EvidenceKind.PRACTICE_HERE, "A room", "So it is.", by=robin, source="Here", file=file)
    db.session.commit()
    assert here.file is not None
    answer = as_(robin).get(f"/files/{here.file.id}")
    assert (answer.headers["Content-Type"], b"Maker of phones" in answer.data) == ("image/jpeg", False)
