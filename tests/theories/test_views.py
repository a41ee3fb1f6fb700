"""The pages of a theory of change."""

import re
from datetime import date

from coprod.core.db import db
from coprod.recommendations.models import Version
from coprod.theories import queries, rules, services
from coprod.theories.models import PartKind, Standing, Theory, TheoryPart, TheoryState, TheoryYes
from tests.factories import keep
from tests.outcomes.builders import a_recommendation, an_indicator
from tests.pilots.builders import a_pilot
from tests.theories.conftest import a_theory, agreed


def text_of(answer) -> str:
    return " ".join(answer.text.split())


def at(theory, end="") -> str:
    return f"/theories/{theory.id}{end}"


def saved(theory) -> Theory:
    db.session.commit()
    db.session.expire_all()
    return db.session.get_one(Theory, theory.id)


def test_the_first_workshop_is_started_and_written_from_the_room(as_, there) -> None:
    sam, robin = as_(there.sam), as_(there.robin)
    page = f"/programmes/{there.programme.id}/theories"
    assert "Start the first workshop" in sam.get(page).text
    assert "Start the first workshop" not in robin.get(page).text
    assert robin.post(page).status_code == 403
    room = sam.post(page).location
    assert room.endswith("/room")
    assert "First workshop: the parts" in sam.get(room).text
    theory = db.session.scalars(db.select(Theory)).one()
    assert "There are no parts yet" in sam.get(at(theory)).text
    assert "There are no parts yet" in robin.get(at(theory, "/poster")).text
    assert "There is no aim yet" in robin.get(at(theory, "/drivers")).text
    long = sam.post(at(theory, "/room/parts"), data={"input": "x" * 91})
    assert (long.status_code, "is too long" in long.text) == (422, True)
    full = sam.post(at(theory, "/room/parts"), data={"input": "\n".join(map(str, range(81)))})
    assert (full.status_code, "room for 80 parts" in full.text) == (422, True)
    said = {"input": "- Time\nMoney", "activity": "Ten weeks", "impact": "Fewer start again"}
    assert "4 more on the page" in sam.post(at(theory, "/room/parts"), data=said, follow_redirects=True).text
    assert "Nothing new" in sam.post(at(theory, "/room/parts"), data=said, follow_redirects=True).text
    assert sam.post(at(theory, "/room/arrows")).status_code == 403
    assert sam.get(at(theory, "/arrows/new")).status_code == 403
    assert "Now the arrows" in sam.post(at(theory, "/parts-found"), follow_redirects=True).text
    assert "Second workshop: the arrows" in sam.get(room).text


def test_the_second_workshop_draws_arrows(as_, there) -> None:
    theory, sam = a_theory(there), as_(there.sam)
    time, _, know, fewer = theory.parts
    page = text_of(sam.get(at(theory, "/room")))
    assert "Parents’ time leads to: Ten weeks" in page
    arrow = {"start": time.id, "end": know.id, "assumption": "It is paid", "standing": "holds"}
    for fault in ({"assumption": ""}, {"start": know.id, "end": time.id}, {"end": "nobody"}):
        assert sam.post(at(theory, "/room/arrows"), data=arrow | fault).status_code == 422
        assert sam.post(at(theory, "/arrows/new"), data=arrow | fault).status_code == 422
    assert "Arrow 4 is drawn" in sam.post(at(theory, "/room/arrows"), data=arrow, follow_redirects=True).text
    again = arrow | {"start": time.id, "end": fewer.id, "evidence": "A study"}
    assert "Arrow 5 is drawn" in sam.post(at(theory, "/arrows/new"), data=again, follow_redirects=True).text
    made = saved(theory).arrows[-1]
    assert (made.assumption, made.evidence, made.standing) == ("It is paid", "A study", Standing.HOLDS)


def test_a_version_is_shown_as_a_picture_a_list_and_what_it_takes_for_granted(as_, there) -> None:
    theory = a_theory(there)
    asked = a_recommendation(there.mothers, there.steering)
    measure = an_indicator(asked, "Knew her name", 50, 60)
    part = theory.parts[2]
    chosen = {"recommendations": [asked], "indicators": [measure]}
    services.change_part(part, part.kind, part.words, services.Linked(chosen), read=rules.mark_of(part), by=there.sam)
    services.add_part(theory, PartKind.OUTPUT, "A map", by=there.sam)
    robin, sam = as_(there.robin), as_(there.sam)
    page = text_of(robin.get(at(theory)))
    for words in (
        "<svg",
        "theory-picture",
        "What we put in",
        "leads to",
        "Reason 1",
        "Too early to tell",
        "Knew her name",
    ):
        assert words in page
    assert 'style="' not in page
    assert "Add a part" not in page
    assert "Knew her name" not in text_of(as_(there.kim).get(at(theory)))
    writer = text_of(sam.get(at(theory)))
    assert "Add an arrow" in writer
    assert "No arrow touches these yet:" in writer
    assert "What drives it" in text_of(robin.get(at(theory, "/drivers")))
    assert "not agreed yet" in text_of(robin.get(at(theory, "/poster")))
    assert as_(there.out).get(at(theory)).status_code == 404


def test_a_part_is_added_changed_and_taken_out(as_, there) -> None:
    theory, sam = a_theory(there), as_(there.sam)
    asked = a_recommendation(there.mothers, there.steering)
    measure = an_indicator(asked)
    new = {"kind": "output", "words": "A map\nof it", "indicators": str(measure.id), "recommendations": str(asked.id)}
    assert sam.get(at(theory, "/parts/new")).status_code == 200
    assert sam.get(at(theory, "/arrows/new")).status_code == 200
    assert sam.post(at(theory, "/parts/new"), data=new | {"kind": "?"}).status_code == 422
    assert "It is on the page" in sam.post(at(theory, "/parts/new"), data=new, follow_redirects=True).text
    part = saved(theory).parts[-1]
    assert (part.words, part.indicators, part.recommendations) == ("A map of it", [measure], [asked])
    page = f"/theory-parts/{theory.parts[1].id}"
    form = sam.get(page).text
    read = re.search(r'name="read"[^>]*value="(\w+)"', form)
    assert read is not None
    changed = {"kind": "activity", "words": "Twelve weeks", "read": read[1]}
    assert "backwards" in sam.post(page, data=changed | {"kind": "impact"}).text
    assert sam.post(page, data=changed).status_code == 303
    both = as_(there.lou).post(page, data=changed | {"words": "Eight weeks"})
    assert both.status_code == 422
    assert "Somebody else changed it" in both.text
    assert "Twelve weeks" in both.text
    assert "Eight weeks" in both.text
    assert as_(there.robin).get(page).status_code == 403
    assert sam.post(f"{page}/remove").status_code == 303
    assert [one.words for one in saved(theory).parts if one.kind == PartKind.ACTIVITY] == []
    assert sam.post(f"{page}/remove").status_code == 404


def test_an_arrow_is_changed_and_taken_out(as_, there) -> None:
    theory, sam = a_theory(there), as_(there.sam)
    arrow = theory.arrows[0]
    page = f"/theory-arrows/{arrow.id}"
    read = re.search(r'name="read"[^>]*value="(\w+)"', sam.get(page).text)
    assert read is not None
    said = {"start": arrow.start_id, "end": arrow.end_id, "assumption": "Paid", "standing": "being tested"}
    said["read"] = read[1]
    assert sam.post(page, data=said | {"standing": "?"}).status_code == 422
    assert sam.post(page, data=said).status_code == 303
    both = sam.post(page, data=said | {"assumption": "Free"})
    assert (both.status_code, "Somebody else changed it" in both.text) == (422, True)
    assert as_(there.robin).post(page, data=said).status_code == 403
    assert sam.post(f"{page}/remove").status_code == 303
    assert [one.number for one in saved(theory).arrows] == [2, 3]


def test_a_yes_to_words_that_have_changed_is_asked_for_anew_r4(as_, there) -> None:
    theory = a_theory(there)
    services.give_to_read(theory, by=there.sam)
    robin = as_(there.robin)
    (read,) = set(re.findall(r'name="read" value="(\w+)"', robin.get(at(theory)).text))
    services.take_back(theory, by=there.sam)
    part = theory.parts[0]
    services.change_part(part, part.kind, "Other words", read=rules.mark_of(part), by=there.sam)
    services.give_to_read(theory, by=there.sam)
    page = robin.post(at(theory, "/yes"), data={"read": read}, follow_redirects=True).text
    assert "Its words have changed. Please read them again." in page
    (read,) = set(re.findall(r'name="read" value="(\w+)"', page))
    assert (
        "You agree to this version" in robin.post(at(theory, "/yes"), data={"read": read}, follow_redirects=True).text
    )


def test_people_agree_with_their_name_or_without_and_may_take_it_back(as_, there) -> None:
    theory, sam, robin = a_theory(there), as_(there.sam), as_(there.robin)
    assert "I agree" not in robin.get(at(theory)).text
    assert robin.post(at(theory, "/given-to-read")).status_code == 403
    assert sam.post(at(theory, "/given-to-read")).status_code == 303
    assert "I agree, without my name" in robin.get(at(theory)).text
    assert "You agree to this version" in robin.post(at(theory, "/yes"), follow_redirects=True).text
    assert "Of the people you sit with: Robin" in text_of(sam.get(at(theory)))
    assert "without your name" in robin.post(at(theory, "/yes-without-a-name"), follow_redirects=True).text
    assert "1 person has agreed" in text_of(sam.get(at(theory)))
    robin.post(at(theory, "/yes-taken-back"))
    assert db.session.query(TheoryYes).count() == 0
    sam.post(at(theory, "/taken-back"))
    sam.post(at(theory, "/back-to-parts"))
    assert saved(theory).state == TheoryState.FIRST


def test_the_next_version_says_what_changed_and_the_last_stays_to_be_read(as_, there) -> None:
    first, sam = agreed(there), as_(there.sam)
    page = f"/programmes/{there.programme.id}/theories"
    sam.post(page)
    second = queries.versions_of(there.programme)[-1]
    assert "Say what changed first" in sam.get(at(second)).text
    assert sam.get(at(second, "/changed")).status_code == 200
    assert sam.post(at(second, "/changed"), data={"words": ""}).status_code == 422
    assert sam.post(at(second, "/changed"), data={"words": "Less of it"}).status_code == 303
    sam.post(at(second, "/given-to-read"))
    assert "It is agreed" in sam.post(at(second, "/agreed"), follow_redirects=True).text
    listed = text_of(sam.get(page))
    assert listed.index("Version 2") < listed.index("Version 1")
    assert "Less of it" in listed
    assert "Superseded" in text_of(sam.get(at(first)))
    assert sam.get(at(first, "/room")).status_code == 403
    assert db.session.query(TheoryPart).count() == 8
    assert "agreed on" in text_of(sam.get(at(second, "/poster")))


def test_the_pages_of_what_it_names_lead_back_to_it(as_, there) -> None:
    theory = a_theory(there)
    asked = a_recommendation(there.mothers, there.steering)
    keep(Version(recommendation=asked, number=1, by=there.sam, on=date(2025, 9, 1), words={"title": asked.title}))
    measure, trial = an_indicator(asked, "Knew her name", 50, 60), a_pilot(asked, owner=there.sam)
    part, arrow = theory.parts[2], theory.arrows[0]
    linked = services.Linked({"recommendations": [asked], "indicators": [measure], "pilots": [trial]})
    services.change_part(part, part.kind, part.words, linked, read=rules.mark_of(part), by=there.sam)
    tests = services.Linked({"pilots": [trial]})
    claim = services.Claim(arrow.start, arrow.end, arrow.assumption)
    services.change_arrow(arrow, claim, tests, read=rules.mark_of(arrow), by=there.sam)
    sam, to_part = as_(there.sam), f"/theories/{theory.id}#part-{part.id}"
    for page in (f"/recommendations/{asked.id}", f"/pilots/{trial.id}", f"/indicators/{measure.id}"):
        assert to_part in sam.get(page).text
    assert f"/theories/{theory.id}#arrow-1" in sam.get(f"/pilots/{trial.id}").text
    shown = text_of(sam.get(at(theory)))
    assert "Tested by: <a" in shown
    assert "Not tested yet: 3." in shown


def test_an_arrow_that_would_go_round_in_a_circle_is_refused_by_name(as_, there) -> None:
    theory, sam = a_theory(there), as_(there.sam)
    first = theory.parts[2]
    second = services.add_part(theory, PartKind.OUTCOME, "Parents stay in touch", by=there.sam)
    one = {"start": first.id, "end": second.id, "assumption": "It lasts", "standing": "not tested"}
    assert sam.post(at(theory, "/room/arrows"), data=one).status_code == 303
    back = sam.post(at(theory, "/room/arrows"), data=one | {"start": second.id, "end": first.id})
    assert back.status_code == 422
    assert "round in a circle" in back.text
    assert "It lasts" in back.text
