"""The library's pages, and those of a review: they work, they ask again, they refuse."""

import io
import re
from collections.abc import Callable
from uuid import UUID

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from coprod.core.db import db
from coprod.evidence import services
from coprod.evidence.models import Audience, Evidence, EvidenceKind, Find, Review
from coprod.files.models import FileState, StoredFile
from coprod.files.services import look_at
from coprod.workstreams.models import Words
from coprod.workstreams.services import leave
from tests.evidence.conftest import MORE, Adding, Table
from tests.files.builders import a_pdf

Visitor = Callable[..., FlaskClient]
TYPED = {"title": "A title", "says": "It says a lot."}


def _read(visitor: FlaskClient, address: str) -> dict[str, str]:
    """What the page to change it says was read."""
    found = re.search(r'name="read"[^>]*value="([0-9a-f]{64})"', visitor.get(f"{address}/edit").text)
    assert found is not None
    return {"read": found[1]}


def _new(table: Table, kind: EvidenceKind) -> str:
    return f"/workstreams/{table.stream.id}/evidence/new?kind={kind.name}"


def test_each_kind_is_asked_for_what_it_needs_and_kept(as_: Visitor, table: Table) -> None:
    visitor = as_(table.robin)
    choice = visitor.get(f"/workstreams/{table.stream.id}/evidence/new").text
    for kind in EvidenceKind:
        assert f"kind={kind.name}" in choice
        again = visitor.post(_new(table, kind), data={"title": "Kept beside it"})
        assert (again.status_code, "Kept beside it" in again.text) == (422, True), kind
        typed = TYPED | MORE[kind] | {"audience": "GROUP"}
        address = visitor.post(_new(table, kind), data=typed).location
        page = visitor.get(address).text
        assert "It says a lot." in page
        assert ('rel="noopener noreferrer"' in page) is bool(MORE[kind].get("address"))
    assert len(db.session.scalars(select(Evidence)).all()) == len(EvidenceKind)
    assert visitor.post(f"/workstreams/{table.stream.id}/evidence/new").location.endswith("/evidence/new")


def test_list_shows_one_kind_or_all(as_: Visitor, table: Table, adding: Adding) -> None:
    adding(title="The first"), adding(EvidenceKind.RESEARCH, title="The second")
    whole = as_(table.mia).get(f"/workstreams/{table.stream.id}/evidence").text
    assert ("The first" in whole, "The second" in whole) == (True, True)
    one = as_(table.mia).get(f"/workstreams/{table.stream.id}/evidence?kind=RESEARCH").text
    assert ("The first" in one, "The second" in one) == (False, True)
    assert as_(table.olga).get(f"/workstreams/{table.stream.id}/evidence").status_code == 404


def test_file_comes_along_and_what_is_not_taken_is_said_beside_it(as_: Visitor, table: Table) -> None:
    visitor, typed = as_(table.robin), TYPED | MORE[EvidenceKind.LOCAL_DATA]
    page = visitor.post(
        _new(table, EvidenceKind.LOCAL_DATA), data=typed | {"file": (io.BytesIO(b"<svg></svg>"), "a.pdf")}
    )
    assert (page.status_code, "We cannot take this kind of file" in page.text) == (422, True)
    assert "It says a lot." in page.text
    assert db.session.scalars(select(StoredFile)).all() == []

    sent = visitor.post(_new(table, EvidenceKind.LOCAL_DATA), data=typed | {"file": (io.BytesIO(a_pdf()), "a.pdf")})
    file = db.session.scalars(select(StoredFile)).one()
    assert f"/files/{file.id}" in visitor.get(sent.location).text
    assert file.by_id == table.robin.id


def test_good_file_beside_a_fault_is_asked_for_again(as_: Visitor, table: Table) -> None:
    typed = {"title": "", "says": "It says."} | MORE[EvidenceKind.LOCAL_DATA] | {"file": (io.BytesIO(a_pdf()), "a.pdf")}
    page = as_(table.robin).post(_new(table, EvidenceKind.LOCAL_DATA), data=typed)
    assert (page.status_code, "choose your file once more" in page.text) == (422, True)


def test_file_that_is_far_too_large_is_refused_beside_what_was_typed(as_: Visitor, table: Table) -> None:
    typed = TYPED | MORE[EvidenceKind.LOCAL_DATA] | {"file": FileStorage(io.BytesIO(b"a" * 6_000_000), "a.txt")}
    boundary, sent = encode_multipart(typed)
    address = _new(table, EvidenceKind.LOCAL_DATA)
    page = as_(table.robin).post(address, data=sent, content_type=f"multipart/form-data; boundary={boundary}")
    assert (page.status_code, "5 MB at most" in page.text, "It says a lot." in page.text) == (422, True, True)


def test_facilitator_changes_and_takes_out_and_a_member_does_not(as_: Visitor, table: Table, adding: Adding) -> None:
    evidence = adding()
    address = f"/evidence/{evidence.id}"
    assert as_(table.mia).get(f"{address}/edit").status_code == 403
    assert as_(table.mia).post(f"{address}/delete").status_code == 403
    sam = as_(table.sam)
    assert "They have doubled." in sam.get(f"{address}/edit").text
    typed = {"title": "Changed", "says": "They have tripled."} | MORE[EvidenceKind.LOCAL_DATA]
    assert sam.post(f"{address}/edit", data=typed | {"title": ""}).status_code == 422
    assert "They have tripled." in sam.get(sam.post(f"{address}/edit", data=_read(sam, address) | typed).location).text
    assert sam.post(f"{address}/delete").location.endswith("/evidence")
    assert sam.get(address).status_code == 404


def test_two_who_change_it_both_see_both_texts_r4(as_: Visitor, table: Table, adding: Adding) -> None:
    """Nothing is lost: theirs stand above the boxes with ours, and what is kept next is what was read now."""
    address, sam = f"/evidence/{adding().id}", as_(table.sam)
    typed = {"title": "Removals", "says": "They have tripled."} | MORE[EvidenceKind.LOCAL_DATA] | _read(sam, address)
    assert sam.post(f"{address}/edit", data=typed).status_code == 303
    late = typed | {"says": "They have <b>halved</b>.", "file": (io.BytesIO(a_pdf()), "a.pdf")}
    page = sam.post(f"{address}/edit", data=late)
    assert page.status_code == 422
    for words in ("They have tripled.", "&lt;b&gt;halved", "Theirs: What do they say?", "choose your file once more"):
        assert words in page.text
    assert "Theirs: What do the numbers count?" not in page.text
    both = late | {"says": "They have tripled, then halved.", "file": (io.BytesIO(a_pdf()), "a.pdf")}
    now = re.search(r'name="read"[^>]*value="([0-9a-f]{64})"', page.text)
    assert now is not None
    assert sam.post(f"{address}/edit", data=both | {"read": now[1]}).status_code == 303
    assert "tripled, then halved" in sam.get(address).text


def test_file_is_changed_and_taken_away_on_the_page(as_: Visitor, table: Table, adding: Adding) -> None:
    evidence = adding(EvidenceKind.RESEARCH)
    address, sam = f"/evidence/{evidence.id}", as_(table.sam)
    typed = TYPED | MORE[EvidenceKind.RESEARCH] | {"address": ""}
    assert sam.post(f"{address}/edit", data=_read(sam, address) | typed).status_code == 422
    sam.post(f"{address}/edit", data=_read(sam, address) | typed | {"file": (io.BytesIO(a_pdf()), "a.pdf")})
    assert "a.pdf" in sam.get(address).text
    assert "Take the file away" in sam.get(f"{address}/edit").text
    assert sam.post(f"{address}/edit", data=_read(sam, address) | typed).status_code == 303
    assert sam.post(f"{address}/edit", data=_read(sam, address) | typed | {"without_file": "y"}).status_code == 422
    sam.post(
        f"{address}/edit", data=_read(sam, address) | typed | {"address": "https://example.org", "without_file": "y"}
    )
    assert "a.pdf" not in sam.get(address).text
    for state, words in ((FileState.WAITING, "being checked"), (FileState.REFUSED, "found something")):
        waiting = adding(file=look_at(a_pdf(), "b.pdf"))
        assert waiting.file is not None
        waiting.file.state = state
        db.session.commit()
        assert words in as_(table.sam).get(f"/evidence/{waiting.id}").text


def test_teller_changes_and_withdraws_and_the_page_says_so(as_: Visitor, table: Table, adding: Adding) -> None:
    told = adding(EvidenceKind.TESTIMONY, title="My first night", says="Nobody came.")
    address, robin = f"/evidence/{told.id}", as_(table.robin)
    typed = {"title": "My night", "says": "Nobody came to us.", "audience": "STEERING", "until": "1 May 2026"}
    assert robin.post(f"{address}/edit", data=_read(robin, address) | typed).status_code == 303
    assert "1 May 2026" in robin.get(address).text
    assert "Nobody came to us." in robin.get(f"{address}/edit").text
    assert "My night" in robin.get("/my-words").text
    mia = as_(table.mia)
    assert ("Nobody came to us." in mia.get(address).text, mia.post(f"{address}/withdraw").status_code) == (True, 403)
    assert mia.get(f"{address}/edit").status_code == 403

    assert robin.post(f"{address}/withdraw").location.endswith(address)

    for person in (table.robin, table.mia, table.sam, table.alex):
        page = as_(person).get(address).text
        assert ("withdrawn by the person who gave it" in page, "Nobody came" in page) == (True, False)
    assert as_(table.robin).post(f"{address}/withdraw").status_code == 403


def test_facilitator_writes_down_what_she_was_told(as_: Visitor, table: Table) -> None:
    sam, typed = as_(table.sam), TYPED | {"audience": "GROUP"}
    page = sam.get(_new(table, EvidenceKind.TESTIMONY)).text
    assert "Robin told me" in page
    assert "told me" not in as_(table.robin).get(_new(table, EvidenceKind.TESTIMONY)).text
    for whose, teller in (("mine", table.sam.id), (str(table.robin.id), table.robin.id), ("nobody", None)):
        address = as_(table.sam).post(_new(table, EvidenceKind.TESTIMONY), data=typed | {"whose": whose}).location
        told = db.session.scalars(select(Evidence).where(Evidence.id == UUID(address.rsplit("/", 1)[1]))).one()
        assert told.testimony is not None
        assert told.testimony.person_id == teller
        assert as_(table.sam).post(f"{address}/withdraw").status_code == 303


def test_teller_is_told_what_stays_yours_means_before_she_writes(as_: Visitor, table: Table, adding: Adding) -> None:
    """L6: a backup holds the words up to 35 days longer, and paper for ever; a page that says “all gone” is untrue."""
    page = as_(table.robin).get(_new(table, EvidenceKind.TESTIMONY)).text
    assert page.index("we cannot take back") < page.index("What would you like us to know?")
    assert "It stays yours" not in as_(table.robin).get(_new(table, EvidenceKind.LOCAL_DATA)).text
    told = adding(EvidenceKind.TESTIMONY)
    assert "within 35 days" in as_(table.robin).get(f"/evidence/{told.id}").text
    services.withdraw(told, by=table.robin)
    db.session.commit()
    assert "Nothing of it is kept" not in as_(table.robin).get(f"/evidence/{told.id}").text


def test_teller_who_left_still_withdraws_and_others_read_what_is_theirs(
    as_: Visitor, table: Table, adding: Adding
) -> None:
    told = adding(EvidenceKind.TESTIMONY, title="For all", audience=Audience.PARTNERSHIP)
    mine = adding(EvidenceKind.TESTIMONY, title="Of mine", by=table.olga, stream=table.other)
    assert "For all" in as_(table.olga).get("/my-words").text
    assert "For all" not in as_(table.robin).get("/my-words").text.split("What others")[-1].split("What you told")[0]
    place = next(one for one in table.other.memberships if one.person is table.olga)
    leave(place, Words.KEEP, by=table.olga)
    db.session.commit()
    olga = as_(table.olga)
    assert "Of mine" in olga.get("/my-words").text
    assert "Of mine" in olga.get(f"/evidence/{mine.id}").text
    assert olga.post(f"/evidence/{mine.id}/withdraw").location.endswith("/my-words")
    assert "Of mine" not in olga.get("/my-words").text
    assert as_(table.robin).get(f"/evidence/{told.id}").status_code == 200


def test_review_goes_from_question_to_conclusion(as_: Visitor, table: Table) -> None:
    sam = as_(table.sam)
    begin = f"/workstreams/{table.stream.id}/reviews"
    assert sam.post(begin, data={"question": ""}).status_code == 422
    address = sam.post(begin, data={"question": "What helps?"}).location
    assert "What helps?" in sam.get(begin).text

    assert sam.post(f"{address}/searches", data={"where": "A library"}).status_code == 422
    looked = {"where": "A library", "words": "first day", "found": "12", "on": "10 November 2025"}
    assert sam.post(f"{address}/searches", data=looked | {"on": "10 November 2036"}).status_code == 422
    sam.post(f"{address}/searches", data=looked)
    assert sam.post(f"{address}/finds", data={"title": ""}).status_code == 422
    for title in ("A good paper", "A poor paper"):
        sam.post(f"{address}/finds", data={"title": title, "source": "Ash"})
    page = sam.get(address).text
    assert ("A library" in page, "2 of what was found" in page) == (True, True)

    good, poor = (f"/finds/{one.id}" for one in db.session.scalars(select(Find).order_by(Find.number)))
    assert "A good paper" in sam.get(good).text
    assert sam.post(good, data={"choice": "include", "why": "It is ours"}).status_code == 422
    used = {"choice": "include", "why": "It is ours", "kind": "PRACTICE_HERE", "says": "A card helps.", "source": "Ash"}
    assert sam.post(good, data=used).location == address
    assert sam.post(poor, data={"choice": "leave out", "why": ""}).status_code == 422
    sam.post(poor, data={"choice": "leave out", "why": "Too old"})
    assert sam.get(poor).status_code == 403
    sam.post(f"{poor}/put-back")
    assert sam.post(f"{address}/conclude", data={"conclusion": "A card."}).status_code == 403
    sam.post(poor, data={"choice": "leave out", "why": "Far too old"})

    assert sam.post(f"{address}/conclude", data={"conclusion": ""}).status_code == 422
    assert as_(table.robin).post(f"{address}/conclude", data={"conclusion": "A card."}).status_code == 403
    as_(table.sam).post(f"{address}/conclude", data={"conclusion": "A card helps most."})
    record = as_(table.robin).get(f"{address}/record").text
    wanted = ("A card helps most.", "A library", "12", "A good paper", "It is ours", "Far too old", "Concluded on")
    assert [words for words in wanted if words not in record] == []
    assert ("member.css" in record, "staff.css" in record) == (True, False)
    assert (table.stream.neutral_name in record, f">{table.stream.name}" in record) == (True, False)
    assert as_(table.robin).get(address).status_code == 200
    assert as_(table.olga).get(address).status_code == 404


def test_family_number_is_never_kept(as_: Visitor, table: Table) -> None:
    typed = TYPED | MORE[EvidenceKind.LOCAL_DATA] | {"says": "See 943 476 5919"}
    assert as_(table.robin).post(_new(table, EvidenceKind.LOCAL_DATA), data=typed).status_code == 422
    assert db.session.scalars(select(Evidence)).all() == []


def test_open_review_says_what_is_missing(as_: Visitor, table: Table, review: Review) -> None:
    services.add_find(review, "A paper", by=table.robin)
    page = as_(table.robin).get(f"/reviews/{review.id}")
    assert "Say if we use it" in page.text
