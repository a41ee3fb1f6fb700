"""Who may read, add, change and withdraw, and every move from every state by everybody. No database."""

import itertools
from datetime import date, timedelta
from uuid import uuid4

from coprod.evidence import rules
from coprod.evidence.models import (
    Audience,
    Evidence,
    EvidenceKind,
    Find,
    FindState,
    Review,
    ReviewState,
    Search,
    Testimony,
    TestimonyState,
)
from coprod.evidence.rules import Said
from coprod.people.models import Person, Side
from coprod.workstreams.models import Kind, Membership, MembershipState, Role, Seat, Workstream, WorkstreamState

TODAY = date(2025, 11, 17)
PROGRAMME, ELSEWHERE = uuid4(), uuid4()
EVERYBODY = ("teller", "facilitator", "member", "left member", "steering", "other steering", "other group", "stranger")


class Scene:
    """Who sits where, without a database."""

    def __init__(self) -> None:
        self.people = {name: Person(id=uuid4(), alias=name, side=Side.LIVED) for name in EVERYBODY}
        self.stream = self._table(Kind.STREAM, PROGRAMME)
        self.tables = {
            "teller": self.stream,
            "facilitator": self.stream,
            "member": self.stream,
            "left member": self.stream,
            "steering": self._table(Kind.STEERING, PROGRAMME),
            "other steering": self._table(Kind.STEERING, ELSEWHERE),
            "other group": self._table(Kind.STREAM, PROGRAMME),
        }
        self.places = {name: [self._place(name, table)] for name, table in self.tables.items()} | {"stranger": []}

    def _table(self, kind: Kind, programme: object) -> Workstream:
        return Workstream(id=uuid4(), name="A table", kind=kind, programme_id=programme, state=WorkstreamState.ACTIVE)

    def _place(self, name: str, table: Workstream) -> Membership:
        state = MembershipState.LEFT if name == "left member" else MembershipState.JOINED
        role = Role.FACILITATOR if name == "facilitator" else Role.MEMBER
        person = self.people[name]
        place = Membership(person_id=person.id, person=person, role=role, state=state, seat=Seat.MOTHER)
        place.workstream, place.workstream_id = table, table.id
        return place

    def data(self) -> Evidence:
        made = Evidence(id=uuid4(), kind=EvidenceKind.LOCAL_DATA, title="A title", says="Says.", source="", address="")
        made.workstream, made.workstream_id = self.stream, self.stream.id
        return made

    def told(
        self,
        state: TestimonyState = TestimonyState.GIVEN,
        audience: Audience = Audience.GROUP,
        until: date | None = None,
    ) -> Evidence:
        made = self.data()
        made.kind = EvidenceKind.TESTIMONY
        teller = self.people["teller"].id if state == TestimonyState.GIVEN else None
        made.testimony = Testimony(person_id=teller, state=state, audience=audience, until=until)
        return made

    def readers(self, evidence: Evidence, *, lent: bool = False) -> set[str]:
        return {
            name
            for name in EVERYBODY
            if rules.may_read(self.people[name], evidence, TODAY, self.places[name], lent=lent)
        }


GROUP = {"teller", "facilitator", "member"}
STEERING = GROUP | {"steering"}
PARTNERSHIP = STEERING | {"other steering", "other group"}


def test_library_is_read_by_its_group_and_where_it_is_lent_p1() -> None:
    scene = Scene()
    assert scene.readers(scene.data()) == GROUP
    assert scene.readers(scene.data(), lent=True) == set(EVERYBODY)


def test_testimony_is_read_by_those_it_was_given_to_and_nobody_else_p1() -> None:
    """Lent or not; on its last day still, and the day after by its teller alone."""
    scene, found = Scene(), {}
    given, days = TestimonyState.GIVEN, (None, TODAY, TODAY - timedelta(1))
    for audience, until, lent in itertools.product(Audience, days, (True, False)):
        found[audience, until, lent] = scene.readers(scene.told(given, audience, until), lent=lent)
    wanted = dict(zip(Audience, (GROUP, STEERING, PARTNERSHIP), strict=True))
    over = TODAY - timedelta(1)
    assert found == {
        (audience, until, lent): {"teller"} if until == over else wanted[audience]
        for audience, until, lent in itertools.product(Audience, days, (True, False))
    }


def test_withdrawn_testimony_says_so_to_those_it_was_for_and_an_ended_one_is_not_there() -> None:
    scene = Scene()
    for audience, readers in zip(Audience, (GROUP, STEERING, PARTNERSHIP), strict=True):
        assert scene.readers(scene.told(TestimonyState.WITHDRAWN, audience)) == readers
        assert scene.readers(scene.told(TestimonyState.ENDED, audience)) == set()


ALLOWED = {
    ("withdrawn", TestimonyState.GIVEN, "teller"),
    ("withdrawn", TestimonyState.GIVEN, "facilitator"),
    ("withdrawn by itself", TestimonyState.GIVEN, "the clock"),
    ("ended", TestimonyState.GIVEN, "the clock"),
}


def test_every_move_of_a_testimony_from_every_state_as_everybody() -> None:
    scene, allowed = Scene(), set()
    for state, name, who in itertools.product(TestimonyState, rules.TESTIMONY.moves, (*EVERYBODY, "the clock")):
        told = scene.told(state)
        if who == "the clock":
            if name != "withdrawn" and rules.TESTIMONY.may(None, name, told.testimony):
                allowed.add((name, state, who))
        elif rules.TESTIMONY.may(scene.people[who], name, told.testimony):
            allowed.add((name, state, who))
    assert allowed == ALLOWED


ALLOWED_FIND = {
    *(("included", FindState.TO_SIFT, who, True) for who in GROUP),
    *(("left out", FindState.TO_SIFT, who, True) for who in GROUP),
    *(("put back", FindState.LEFT_OUT, who, why) for who in GROUP for why in (True, False)),
}
ALLOWED_REVIEW = {("concluded", ReviewState.LOOKING, "facilitator", True)}


def _review(scene: Scene, state: ReviewState = ReviewState.LOOKING) -> Review:
    review = Review(id=uuid4(), question="What helps?", state=state, conclusion="")
    review.workstream = scene.stream
    return review


def test_every_move_of_a_find_and_a_review_as_everybody() -> None:
    """A reason is needed for both answers, and nothing is sifted once the review is concluded."""
    scene, found, reviews = Scene(), set(), set()
    for state, name, who, why in itertools.product(FindState, rules.EVIDENCE_FIND.moves, EVERYBODY, (True, False)):
        find = Find(title="A paper", state=state, why="It is ours" if why else "")
        find.review = _review(scene)
        if rules.EVIDENCE_FIND.may(scene.people[who], name, find):
            found.add((name, state, who, why))
        find.review = _review(scene, ReviewState.CONCLUDED)
        assert not rules.EVIDENCE_FIND.may(scene.people[who], name, find)
    for state, who, ready in itertools.product(ReviewState, EVERYBODY, (True, False)):
        review = _review(scene, state)
        review.conclusion = "A card."
        review.searches = [Search(number=1, where="A library", words="card", found=0)] if ready else []
        if rules.EVIDENCE_REVIEW.may(scene.people[who], "concluded", review):
            reviews.add(("concluded", state, who, ready))
    assert (found, reviews) == (ALLOWED_FIND, ALLOWED_REVIEW)


def test_review_is_concluded_in_words_once_nothing_is_left_to_look_at() -> None:
    scene = Scene()
    sam, review = scene.people["facilitator"], _review(scene)
    review.searches = [Search(number=1, where="A library", words="card", found=1)]
    review.finds = [Find(number=1, title="A paper", state=FindState.TO_SIFT)]
    assert "must still be looked at" in rules.may_conclude(sam, review).reason
    review.finds = []
    assert rules.may_conclude(sam, review)
    assert "plain words" in rules.EVIDENCE_REVIEW.may(sam, "concluded", review).reason
    assert "stays as it is" in rules.may_conclude(sam, _review(scene, ReviewState.CONCLUDED)).reason
    scene.stream.state = WorkstreamState.CLOSED
    assert rules.may_look(sam, review).reason == "It is closed."


def test_who_adds_writes_for_others_changes_and_takes_out() -> None:
    scene = Scene()
    data, told = scene.data(), scene.told()
    found = {
        "add": {who for who in EVERYBODY if rules.may_add(scene.people[who], scene.stream)},
        "write for": {who for who in EVERYBODY if rules.may_write_for(scene.people[who], scene.stream)},
        "edit": {who for who in EVERYBODY if rules.may_edit(scene.people[who], data)},
        "edit testimony": {who for who in EVERYBODY if rules.may_edit(scene.people[who], told)},
        "delete": {who for who in EVERYBODY if rules.may_delete(scene.people[who], data, is_linked=False)},
        "delete linked": {who for who in EVERYBODY if rules.may_delete(scene.people[who], data, is_linked=True)},
        "delete testimony": {who for who in EVERYBODY if rules.may_delete(scene.people[who], told, is_linked=False)},
    }
    assert found == {
        "add": GROUP,
        "write for": {"facilitator"},
        "edit": {"facilitator"},
        "edit testimony": {"teller"},
        "delete": {"facilitator"},
        "delete linked": set(),
        "delete testimony": set(),
    }
    scene.stream.state = WorkstreamState.CLOSED
    assert "closed" in rules.may_add(scene.people["member"], scene.stream).reason


def test_each_kind_must_say_what_it_needs() -> None:
    wanted = {
        EvidenceKind.LOCAL_DATA: {"title", "says", "source", "period"},
        EvidenceKind.RESEARCH: {"title", "says", "source", "period", "address"},
        EvidenceKind.PRACTICE_HERE: {"title", "says", "source"},
        EvidenceKind.PRACTICE_ELSEWHERE: {"title", "says", "source"},
        EvidenceKind.TESTIMONY: {"title", "says"},
    }
    found = {kind: set(rules.faults(Said(kind, "", ""), has_file=False, today=TODAY)) for kind in EvidenceKind}
    assert found == wanted
    paper = Said(EvidenceKind.RESEARCH, "A paper", "It says.", "Ash", "2022")
    assert rules.faults(paper, has_file=True, today=TODAY) == {}
    told = Said(EvidenceKind.TESTIMONY, "A night", "It was long.")
    assert rules.faults(told, has_file=False, until=TODAY, today=TODAY) == {}
    assert set(rules.faults(told, has_file=False, until=TODAY - timedelta(1), today=TODAY)) == {"until"}


def test_addresses_lead_to_the_web_and_nowhere_else_o8() -> None:
    fine = ["https://example.org/a?b=c#d", "http://localhost:80/x", "https://ex-ample.co.uk"]
    odd = [
        "javascript:alert(1)",
        "data:text/html,x",
        "//example.org",
        "example.org",
        "ftp://example.org",
        "mailto:a@b.c",
    ]
    odd += ["https://", "https://a b.org", 'https://example.org/"onclick=', "https://me:pw@example.org", "https://[::1"]
    odd += ["https://example.org\njavascript:x", "HTTPS//example.org", "https://example.org/<script>"]
    assert [one for one in fine if not rules.is_web_address(one)] == []
    assert [one for one in odd if rules.is_web_address(one)] == []
    linked = Said(EvidenceKind.PRACTICE_ELSEWHERE, "A", "B", "C", address="javascript:alert(1)")
    assert set(rules.faults(linked, has_file=False, today=TODAY)) == {"address"}
