"""Weighing evidence, asking what is not known, and saying what one would gain: rules, services and pages."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from coprod.core.answers import Refused
from coprod.core.clock import today
from coprod.core.db import db
from coprod.core.overtaken import Overtaken
from coprod.evidence import queries as library
from coprod.evidence import services as evidence
from coprod.evidence.models import Audience, Evidence, EvidenceKind, Testimony, TestimonyState
from coprod.people.models import Person, Side
from coprod.recommendations import rules, services
from coprod.recommendations.models import (
    EvidenceLink,
    OpenQuestion,
    QuestionState,
    Recommendation,
    State,
    Strength,
)
from coprod.workstreams import services as workstreams
from coprod.workstreams.models import Membership, Words
from tests.factories import a_stream
from tests.recommendations.test_rules import TEXTS, a_scene
from tests.recommendations.written import Round

DAY = date(2025, 11, 17)
LONG = "word " * 61


def a_piece(kind: EvidenceKind = EvidenceKind.RESEARCH, strength: Strength = Strength.SOME, **given) -> EvidenceLink:
    held = Evidence(kind=kind, title=f"About {kind}", says="It says so.", added_on=DAY)
    if kind == EvidenceKind.TESTIMONY:
        held.testimony = Testimony(state=TestimonyState.GIVEN, **given)
    return EvidenceLink(id=uuid4(), evidence=held, shows="It helps.", strength=strength, gaps="")


# --- Rules.


def test_linked_evidence_counts_where_the_old_words_are_not_filled():
    told = a_piece(EvidenceKind.TESTIMONY, until=DAY)
    withdrawn = a_piece(EvidenceKind.TESTIMONY)
    withdrawn.evidence.testimony.state = TestimonyState.WITHDRAWN
    for links, day, expected in (
        ([], None, {"data", "stories"}),
        ([a_piece()], None, {"stories"}),
        ([a_piece(EvidenceKind.PRACTICE_HERE)], DAY, {"stories"}),
        ([told], DAY, {"data"}),
        ([told], DAY + timedelta(1), {"data", "stories"}),
        ([told], None, {"data"}),
        ([withdrawn], DAY, {"data", "stories"}),
        ([told, a_piece(EvidenceKind.LOCAL_DATA)], DAY, set()),
    ):
        made, _ = a_scene(State.AGREED, data="", stories="", evidence=links)
        assert set(rules.missing(made, day)) == expected
        assert bool(rules.is_complete(made, day)) == (not expected)


def test_glance_puts_the_strongest_first_and_says_what_is_missing():
    weak, strong = a_piece(strength=Strength.WEAK), a_piece(strength=Strength.STRONG)
    made, _ = a_scene(State.DRAFTED, evidence=[weak, strong])
    parts = rules.at_a_glance(made, {"data": "Half knew."}, lambda _: True, DAY)
    assert [(part.heading, part.words, part.is_missing) for part in parts] == [
        ("Local data", "Half knew.", False),
        ("Research", "", False),
        ("Practice here", "", True),
        ("Practice elsewhere", "", True),
        ("Testimony", "", True),
    ]
    assert [piece.link for piece in parts[1].pieces] == [strong, weak]
    assert parts[-1].nothing == "Nobody’s own words yet."


def test_testimony_is_told_as_long_as_it_is_given_and_to_those_it_was_given_to():
    told = a_piece(EvidenceKind.TESTIMONY, until=DAY)
    made, _ = a_scene(State.DRAFTED, evidence=[told])

    def instead(day: date, *, may: bool) -> tuple[str, bool]:
        part = rules.at_a_glance(made, {}, lambda _: may, day)[-1]
        return part.pieces[0].instead, part.is_missing

    assert instead(DAY, may=True) == ("", False)
    assert instead(DAY, may=False)[0].startswith("Somebody told the group")
    assert instead(DAY + timedelta(1), may=True) == ("A testimony that came to its end", True)
    told.evidence.testimony.state = TestimonyState.WITHDRAWN
    assert instead(DAY, may=False) == ("A testimony that was withdrawn", True)


S = QuestionState
MEMBERS = ("facilitator", "mother", "midwife")
ALLOWED = {
    *(("answered", S.OPEN, who) for who in MEMBERS),
    *(("asked again", S.ANSWERED, who) for who in MEMBERS),
}


def test_every_move_of_a_question_from_every_state_by_everybody():
    made, people = a_scene(State.DRAFTED)
    answers = {
        (name, state, who): rules.QUESTIONS.may(
            person, name, OpenQuestion(state=state, answer="Yes.", recommendation=made)
        )
        for name in rules.QUESTIONS.moves
        for state in S
        for who, person in people.items()
    }
    assert {tried for tried, answer in answers.items() if answer} == ALLOWED
    empty = OpenQuestion(state=S.OPEN, answer="", recommendation=made)
    assert rules.QUESTIONS.may(people["mother"], "answered", empty).reason == "Write down the answer."


def test_questions_and_declarations_are_open_while_it_is_worked_on():
    working = {
        State.IDEA,
        State.OPTION,
        State.DRAFTED,
        State.VOTING,
        State.AGREED,
        State.NEEDS_TALK,
        State.NOT_AGREED,
        State.NO_RESULT,
    }
    for state in State:
        made, people = a_scene(state)
        assert bool(rules.may_ask(people["mother"], made)) == (state in working)
        assert bool(rules.may_declare(people["mother"], made)) == (state in working | {State.SUBMITTED})
        for outside in ("chair", "admin", "stranger"):
            assert not rules.may_ask(people[outside], made)
            assert not rules.may_declare(people[outside], made)


# --- Services.


def research(scene: Round, title: str = "Named midwives") -> Evidence:
    return evidence.add(
        scene.table.stream,
        EvidenceKind.RESEARCH,
        title,
        "It helps.",
        by=scene.facilitator,
        source="A study",
        period="2022",
        address="https://example.org/a",
    )


def told_to_the_group(scene: Round, **more) -> Evidence:
    chosen = {"title": "How it was", "says": "I told it nine times."} | more
    return evidence.add(scene.table.stream, EvidenceKind.TESTIMONY, by=scene.table.lived[0], **chosen)


def linked(scene: Round, made: Recommendation, held: Evidence, shows: str = "It helps.") -> EvidenceLink:
    return services.link(made, held, shows, Strength.STRONG, "Few towns.", by=scene.table.lived[1])


def test_evidence_is_linked_weighed_anew_and_taken_off(database):
    scene = Round()
    made, held = scene.drafted(), research(scene)
    link = linked(scene, made, held)
    services.weigh(link, "It may help.", Strength.WEAK, "", by=scene.facilitator)
    assert [(one.shows, one.strength, one.gaps) for one in made.evidence] == [("It may help.", Strength.WEAK, "")]
    with pytest.raises(Overtaken):
        services.weigh(link, "It cannot help.", Strength.WEAK, "", read="long ago", by=scene.facilitator)
    assert link.shows == "It may help."
    with pytest.raises(Refused, match="there already"):
        linked(scene, made, held)
    assert library.is_linked(held)
    services.unlink(link, by=scene.facilitator)
    assert (made.evidence, library.is_linked(held)) == ([], False)


def test_only_what_stands_in_the_own_library_is_linked(database):
    scene = Round()
    made = scene.drafted()
    elsewhere = Evidence(workstream=a_stream(scene.programme, "Other"), kind=EvidenceKind.RESEARCH, title="Other")
    elsewhere.says, elsewhere.added_on = "Else.", today()
    db.session.add(elsewhere)
    with pytest.raises(Refused, match="own library"):
        linked(scene, made, elsewhere)
    told = told_to_the_group(scene)
    evidence.withdraw(told, by=scene.table.lived[0])
    with pytest.raises(Refused, match="withdrawn"):
        linked(scene, made, told)


def test_nothing_more_is_said_about_words_that_were_taken_back_l6(database):
    scene = Round()
    made, told = scene.drafted(), told_to_the_group(scene)
    link = linked(scene, made, told)
    evidence.withdraw(told, by=scene.table.lived[0])
    with pytest.raises(Refused, match="withdrawn"):
        services.weigh(link, "She waited all night.", Strength.STRONG, "", by=scene.facilitator)


def test_nothing_is_linked_once_it_is_sent(database):
    scene = Round()
    made, held = scene.submitted(), research(scene)
    with pytest.raises(Refused, match="its words stay as they are"):
        linked(scene, made, held)


def test_question_is_asked_answered_and_asked_again(database):
    scene = Round()
    made = scene.drafted()
    first = services.ask(made, "Who pays?", by=scene.table.lived[0])
    second = services.ask(made, "Who else?", by=scene.facilitator)
    services.answer(first, "The trust.", by=scene.table.lived[1])
    assert (first.number, second.number, first.state) == (1, 2, QuestionState.ANSWERED)
    assert rules.open_questions(made) == [second]
    services.ask_again(first, by=scene.facilitator)
    assert (first.state, first.answer) == (QuestionState.OPEN, "The trust.")


def test_each_declares_once_and_may_take_it_back(database):
    scene = Round()
    made, mother = scene.drafted(), scene.table.lived[0]
    for words, expected in (
        ("", []),
        ("My team gains.", ["My team gains."]),
        ("Nothing much.", ["Nothing much."]),
        ("", []),
    ):
        services.declare(made, words, by=mother)
        assert [one.words for one in made.declarations] == expected
    with pytest.raises(Refused):
        services.declare(made, "Me too.", by=scene.chair)


# --- Pages.


def test_evidence_is_added_changed_and_taken_off_on_pages(as_):
    scene = Round()
    made, held = scene.drafted(), research(scene)
    db.session.commit()
    visitor, page = as_(scene.table.lived[0]), f"/recommendations/{made.id}/evidence"
    assert "No research yet." in visitor.get(page).text
    assert "Research: Named midwives" in visitor.get(f"{page}/new").text
    typed = {"evidence": held.id, "shows": "It helps.", "strength": "strong", "gaps": "Only one town."}
    for wrong, told in (
        ({"shows": ""}, "Say what it shows."),
        ({"shows": LONG}, "Use 60 words at most."),
        ({"strength": ""}, "Say how strong it is."),
        ({"evidence": uuid4()}, "Choose one of these."),
    ):
        asked = visitor.post(f"{page}/new", data=typed | wrong)
        assert (asked.status_code, told in asked.text) == (422, True)
    assert visitor.post(f"{page}/new", data=typed).location == page
    shown = visitor.get(page).text
    assert ("Strong" in shown, "Only one town." in shown, "No research yet." in shown) == (True, True, False)
    assert "Nothing to add" in visitor.get(f"{page}/new").text
    one = f"{page}/{made.evidence[0].id}"
    assert "Only one town." in visitor.get(one).text
    assert visitor.post(one, data={"shows": "", "strength": "weak"}).status_code == 422
    late = visitor.post(one, data={"shows": "A little.", "strength": "weak", "read": "what stood here long ago"})
    assert (late.status_code, "Somebody else wrote here" in late.text, "A little." in late.text) == (422, True, True)
    read = rules.mark_of_weight(made.evidence[0])
    assert visitor.post(one, data={"shows": "A little.", "strength": "weak", "read": read}).status_code == 303
    assert (made.evidence[0].shows, made.evidence[0].strength) == ("A little.", Strength.WEAK)
    assert visitor.post(f"{one}/off").status_code == 303
    assert made.evidence == []


def test_steering_group_reads_evidence_of_what_was_sent_and_no_testimony_it_was_not_given(as_):
    scene = Round()
    made, held = scene.agreed(), research(scene)
    ours, theirs = told_to_the_group(scene), told_to_the_group(scene, title="For all", audience=Audience.STEERING)
    for one, shows in ((held, "It helps."), (ours, "For us alone."), (theirs, "Nine times.")):
        linked(scene, made, one, shows)
    services.submit(made, by=scene.facilitator)
    db.session.commit()
    for path in ("evidence", "sent"):
        page = as_(scene.chair).get(f"/recommendations/{made.id}/{path}").text
        assert [words in page for words in ("It helps.", "Nine times.", "For us alone.", "How it was")] == [
            True,
            True,
            False,
            False,
        ]
        assert "Somebody told the group in their own words." in page
    assert as_(scene.chair).get(f"/evidence/{held.id}").status_code == 200
    assert as_(scene.chair).get(f"/evidence/{ours.id}").status_code == 404


def test_withdrawn_testimony_is_gone_from_everywhere_at_once(as_):
    scene = Round()
    made, told = scene.agreed(), told_to_the_group(scene, audience=Audience.STEERING)
    linked(scene, made, told, "Nine times.")
    services.submit(made, by=scene.facilitator)
    db.session.commit()
    pages = [f"/recommendations/{made.id}/{path}" for path in ("evidence", "sent")]
    readers = scene.chair, scene.table.lived[1]
    assert all("Nine times." in as_(who).get(page).text for who in readers for page in pages)
    evidence.withdraw(told, by=scene.table.lived[0])
    db.session.commit()
    for who in readers:
        for page in pages:
            text = as_(who).get(page).text
            assert ("Nine times." in text, "How it was" in text) == (False, False)
            assert "A testimony that was withdrawn" in text
    assert [(held.shows, held.gaps) for held in made.evidence] == [("", "")]


def test_questions_are_asked_and_answered_on_a_page(as_):
    scene = Round()
    made = scene.drafted()
    visitor, page = as_(scene.table.lived[0]), f"/recommendations/{made.id}/questions"
    assert "No questions yet" in visitor.get(page).text
    assert visitor.post(page, data={"words": ""}).status_code == 422
    assert visitor.post(page, data={"words": "Who pays?"}).location == page
    one = f"{page}/{made.questions[0].id}"
    asked = visitor.post(one, data={"answer": ""})
    assert (asked.status_code, "Write down the answer." in asked.text) == (422, True)
    guarded = visitor.post(one, data={"answer": "See BP23C50123"})
    assert (guarded.status_code, "See BP23C50123" in guarded.text) == (422, True)
    assert visitor.post(one, data={"answer": "The trust."}).status_code == 303
    assert "The trust." in visitor.get(page).text
    assert visitor.post(f"{one}/again").status_code == 303
    assert made.questions[0].state == QuestionState.OPEN
    assert as_(scene.chair).get(page).status_code == 404


def test_questions_stay_once_it_is_sent(as_):
    scene = Round()
    made = scene.agreed()
    services.ask(made, "Who pays?", by=scene.facilitator)
    services.submit(made, by=scene.facilitator)
    db.session.commit()
    page = as_(scene.table.lived[0]).get(f"/recommendations/{made.id}/questions").text
    assert ("so its questions stay as they are" in page, "Keep the answer" in page) == (True, False)


def test_interest_is_declared_on_a_page_and_stands_beside_it(as_):
    scene = Round()
    made, mother = scene.drafted(), scene.table.lived[0]
    visitor, page = as_(mother), f"/recommendations/{made.id}/declaration"
    assert "gain or lose" in visitor.get(page).text
    assert visitor.post(page, data={"words": LONG}).status_code == 422
    assert visitor.post(page, data={"words": "My team gains."}).location == f"/recommendations/{made.id}"
    assert "My team gains." in visitor.get(page).text
    assert "My team gains." in as_(scene.facilitator).get(f"/recommendations/{made.id}").text
    assert visitor.post(page, data={"words": ""}).status_code == 303
    assert made.declarations == []


def test_easy_words_come_first_and_the_light_says_how_they_read(as_):
    scene = Round()
    made = scene.drafted()
    visitor = as_(scene.table.lived[0])
    typed = {"title": made.title, "said": made.said, "version": "2", "easy_read": "One midwife.\nShe stays."}
    assert visitor.post(f"/recommendations/{made.id}/edit", data=typed).status_code == 303
    page = visitor.get(f"/recommendations/{made.id}").text
    assert page.index("She stays.") < page.index("In one page")
    assert "Easy to read" in page
    assert "Easy to read" in visitor.get(f"/recommendations/{made.id}/edit").text


def test_parts_beside_it_cost_the_same_whatever_their_number(as_, query_count):
    scene = Round()
    made = scene.drafted()
    visitor, costs = as_(scene.facilitator), []
    for many in (1, 3):
        for at in range(many):
            linked(scene, made, research(scene, f"Study {many}{at}"))
            services.ask(made, f"Why {at}?", by=scene.table.lived[at])
            services.declare(made, "A little.", by=scene.table.lived[at])
        linked(scene, made, told_to_the_group(scene))
        db.session.commit()
        for path in ("", "/evidence", "/questions"):
            query_count.clear()
            assert visitor.get(f"/recommendations/{made.id}{path}").status_code == 200
            costs.append(len([q for q in query_count if q.startswith("SELECT")]))
    assert costs[:3] == costs[3:]


def test_people_of_other_tables_find_none_of_it(as_):
    scene = Round()
    made = scene.drafted()
    link = linked(scene, made, research(scene))
    db.session.commit()
    stranger = Person(alias="Stranger", side=Side.LIVED)
    db.session.add(stranger)
    db.session.commit()
    for path in ("evidence", "evidence/new", f"evidence/{link.id}", "questions", "declaration", "sent"):
        assert as_(stranger).get(f"/recommendations/{made.id}/{path}").status_code == 404
    assert db.session.scalars(select(EvidenceLink)).all() == [link]


def test_every_text_of_the_nine_things_is_known():
    assert set(TEXTS) <= set(rules.WORDS)


def test_nobody_who_left_is_named_beside_it_p2(as_):
    scene = Round()
    made, leaver = scene.agreed(), scene.table.lived[1]
    services.ask(made, "Who pays?", by=leaver)
    services.declare(made, "My aunt works there.", by=leaver)
    pages = [f"/recommendations/{made.id}{more}" for more in ("", "/questions", "/submit")]
    reader = as_(scene.facilitator)
    assert all(leaver.alias in reader.get(page).text for page in pages)
    place = db.session.scalars(select(Membership).where(Membership.person_id == leaver.id)).one()
    workstreams.leave(place, Words.KEEP, by=leaver)
    db.session.commit()
    assert [leaver.alias in reader.get(page).text for page in pages] == [False, False, False]
    assert "My aunt works there." in reader.get(pages[0]).text


def test_two_answers_at_once_are_both_there_to_read_r4(as_):
    scene = Round()
    made, mother = scene.drafted(), scene.table.lived[0]
    question = services.ask(made, "Who pays?", by=mother)
    db.session.commit()
    page = f"/recommendations/{made.id}/questions/{question.id}"
    first, second = as_(scene.facilitator), as_(mother)
    assert first.post(page, data={"answer": "The trust.", "read": ""}).status_code == 303
    asked = second.post(page, data={"answer": "The council.", "read": ""})
    assert (asked.status_code, "The trust." in asked.text, "The council." in asked.text) == (422, True, True)
    assert 'name="read" value="The trust."' in asked.text
    both = {"answer": "The trust and the council.", "read": "The trust."}
    assert second.post(page, data=both).status_code == 303
    assert (question.answer, question.state) == ("The trust and the council.", QuestionState.ANSWERED)
