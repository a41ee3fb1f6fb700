"""Every page of the demonstration, as everybody who can reach it: whole, plainly titled, light and simple."""

import gzip
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from werkzeug.exceptions import HTTPException

from tests.house.crawl import forms_of, visit
from tests.house.pages import Page, words
from tests.house.reading import grade, sentences, words_of

BUILT = Path(__file__).parent.parent.parent / "static" / "built"
KB = 1024
MEMBER_PAGE, VOTE_PAGE, STAFF_PAGE = 50 * KB, 30 * KB, 100 * KB
MEMBER_TITLES = {"Your page", "Sorry"}
SIGNED_OUT_TITLES = {"Sign in"}
MEMBERS = {"member", "steering parent", "outsider"}
UNSPOKEN = ("care", "court", "child", "baby", "social", "removed")
GRADE, LONGEST = 6, 25
# Led to by what a form answers, by a secret on paper, or from something in a state the demonstration does not show.
AFTER_A_FORM = {
    "action_import.columns",
    "action_import.report",
    "action_import.show",
    "administration.removing",
    "my_data.clear",
    "my_data.erase_for",
    "my_data.goodbye",
    "my_data.one_ask",
    "interests.done",
    "agreements.edit",
    "wellbeing.check_in",
    "contacts.confirming",
    "cycles.dates",
    "cycles.settle",
    "cycles.shifted",
    "gatherings.at",
    "gatherings.day",
    "gatherings.show",
    "handovers.show",
    "messages.stop",
    "needs.saved",
    "outcomes.ask_again",
    "pilots.do",
    "pilots.board_answer",
    "pilots.new_step",
    "pilots.override",
    "pilots.step",
    "room.follow",
    "pilots.plan",
    "pilots.replan",
    "safeguarding.raised",
    "safeguarding.show",
    "steering.closing",
    "steering.correction",
    "programmes.new",
    "payments.bank",
    "payments.code",
    "payments.receipt",
    "payments.some",
    "people.authenticator",
    "people.authenticator_picture",
    "people.code",
    "people.left",
    "people.set_up",
    "people.signed_out",
    "room.follow_part",
    "room.sheet_part",
    "room.wall_part",
    "risks.show",
    "rsvp.answered",
    "rsvp.by_link",
    "theories.changed",
    "theories.edit_arrow",
    "theories.edit_part",
    "theories.new_arrow",
    "theories.new_part",
    "theories.room",
    "voting.answered",
    "voting.by_link",
    "voting.paper",
    "voting.passed_on",
    "voting.say_more",
    "voting.tablet",
    "voting.thanks",
    "voting.views",
    "workstreams.about",
    "workstreams.choose",
    "workstreams.done",
    "workstreams.goodbye",
    "workstreams.hello",
    "workstreams.name",
}
LEAST_PAGES = {"facilitator": 25, "chair": 15, "member": 8, "professional": 8, "steering parent": 8, "stranger": 5}

ON_ONE = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True)
"""What a page is made of does not hang on the database, so it is read closely on one of them."""


@pytest.fixture(scope="module")
def visits(demonstration):
    if not demonstration.visits:
        demonstration.visits.update({who: visit(start()) for who, start in demonstration.visitors.items()})
    return demonstration.visits


@pytest.fixture(scope="module")
def seen(demonstration, visits):
    """A few pages of every kind that each visitor sees, as (who, address, page)."""
    return [
        (who, fetched.address, fetched.page)
        for who, found in visits.items()
        for fetched in found.some_of_each(demonstration.app)
    ]


def _is_for_members(page):
    return "member" in page.all("body")[0].get("class", "").split()


def test_everybody_reaches_the_pages_made_for_them(visits):
    assert [who for who, least in LEAST_PAGES.items() if len(visits[who].pages) < least] == []


def test_no_link_leads_astray(visits):
    astray = [
        (who, address, status)
        for who, found in visits.items()
        for address, status in [*((a, fetched.status) for a, fetched in found.pages.items()), *found.files.items()]
        if status != 200
    ]
    assert astray == []


def test_every_page_can_be_come_by(demonstration, visits):
    """Nobody has to know an address: for everything that is there, somebody is led to it by links."""
    app, adapter = demonstration.app, demonstration.app.url_map.bind("localhost")
    reached = set()
    for found in visits.values():
        for address in [*found.pages, *found.files]:
            reached.add(adapter.match(address.split("?")[0], "GET")[0])
    pages = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in rule.methods} - {"static"}
    assert sorted(pages - reached - AFTER_A_FORM) == []


@ON_ONE
def test_every_page_is_whole(seen):
    found = [(fault, who, address) for who, address, page in seen for fault in page.faults()]
    where = {fault: (who, address) for fault, who, address in found}
    assert [(*pair, where[pair[0]]) for pair in Counter(fault for fault, _, _ in found).most_common(40)] == []


@ON_ONE
def test_staff_pages_are_titled_by_their_heading(seen):
    odd = [
        (address, page.title, page.heading)
        for who, address, page in seen
        if not (_is_for_members(page) or who in MEMBERS or page.title in SIGNED_OUT_TITLES)
        and not page.title.startswith(page.heading)
    ]
    assert odd == []


@ON_ONE
def test_members_titles_and_addresses_say_nothing(seen):
    """Domain rule 11: nothing over a shoulder, nothing in the history."""
    member = [(address, page.title) for who, address, page in seen if _is_for_members(page) or who in MEMBERS]
    assert [(address, title) for address, title in member if title not in MEMBER_TITLES | SIGNED_OUT_TITLES] == []
    assert [address for address, _ in member if any(word in address for word in UNSPOKEN)] == []


def _weight(fetched):
    sheets = [link.get("href", "") for link in fetched.page.all("link") if "stylesheet" in (link.get("rel") or "")]
    scripts = [script.get("src", "") for script in fetched.page.all("script")]
    return len(gzip.compress(fetched.body)) + sum(_weight_of_file(address) for address in sheets + scripts)


@cache
def _weight_of_file(address):
    return len(gzip.compress((BUILT / address.split("?")[0].rsplit("/", 1)[-1]).read_bytes()))


def _limit(fetched):
    if not _is_for_members(fetched.page):
        return STAFF_PAGE
    return VOTE_PAGE if fetched.address.startswith("/votes/") else MEMBER_PAGE


@ON_ONE
def test_no_page_weighs_more_than_a_phone_should_carry(demonstration, visits):
    """Gzipped, with its style sheet and scripts: a member's page 50 KB, the vote 30 KB."""
    heavy = [
        (fetched.address, _weight(fetched) // KB)
        for found in visits.values()
        for fetched in found.some_of_each(demonstration.app)
        if _weight(fetched) > _limit(fetched)
    ]
    assert heavy == []


@ON_ONE
def test_members_pages_need_no_script(seen):
    """But one, which follows the evening by itself, and has a link that does the same."""
    scripted = {address for _, address, page in seen if _is_for_members(page) and page.all("script")}
    assert scripted - {"/now"} == set()


@ON_ONE
def test_members_pages_are_in_simple_words(seen):
    hard = [
        (address, round(grade(texts), 1))
        for address, texts in {a: sentences(page) for _, a, page in seen if _is_for_members(page)}.items()
        if grade(texts) > GRADE
    ]
    assert hard == []


@ON_ONE
def test_no_sentence_on_a_members_page_is_long(seen):
    long = {
        sentence
        for _, _, page in seen
        if _is_for_members(page)
        for sentence in sentences(page)
        if len(words_of(sentence)) > LONGEST
    }
    assert sorted(long) == []


@ON_ONE
def test_leaving_and_support_are_one_tap_from_every_page_a_member_sees(visits):
    """Domain rule 7, journey 11: signed in or out."""
    lacking = [
        (who, fetched.address)
        for who in (*sorted(MEMBERS), "supporter", "stranger")
        for fetched in visits[who].pages.values()
        if b'href="/support"' not in fetched.body or (who != "stranger" and b'action="/leave"' not in fetched.body)
    ]
    assert lacking == []


@ON_ONE
def test_every_form_goes_to_a_page_that_takes_it(demonstration, visits):
    adapter = demonstration.app.url_map.bind("localhost")
    astray = []
    for action, method in {(form.action.split("?")[0], form.method) for form in _forms(demonstration, visits)}:
        try:
            adapter.match(action, method.upper())
        except HTTPException as error:
            astray.append((action, method, str(error)))
    assert astray == []


@ON_ONE
def test_the_demonstration_is_marked_as_an_example(seen):
    unmarked = [
        address
        for who, address, page in seen
        if who != "stranger" and "plain" not in page.title and "example" not in words(page.root).lower()
    ]
    assert unmarked == []


def _forms(demonstration, visits, *who):
    return [
        form
        for visitor in who or visits
        for fetched in visits[visitor].some_of_each(demonstration.app, most=1)
        for form in forms_of(fetched.page, fetched.address)
    ]


def test_a_form_sent_empty_is_asked_again_on_a_whole_page(demonstration, visits):
    """Wrong input: status 422, in a page that is as whole as any."""
    faults, again, broken = Counter(), 0, []
    for who in visits:
        client = demonstration.visitor(who)
        for form in {form.action: form for form in _forms(demonstration, visits, who)}.values():
            if form.method != "post" or form.action in ("/leave", "/sign-out"):
                continue
            kept = {name: value for name, value in form.fields if name == "name"}
            now = [one for one in forms_of(Page(client.get(form.page).text), form.page) if one.action == form.action]
            if not now:
                continue  # What was sent before has taken this form off the page.
            kept |= {name: value for name, value in now[0].fields if name == "csrf_token"}
            answer = client.post(form.action, data=kept)
            if answer.status_code >= 500:
                broken.append((who, form.action))
            if answer.status_code == 422:
                again += 1
                faults.update((fault, form.action) for fault in Page(answer.text).faults())
    assert broken == []
    assert [*faults.most_common(30)] == []
    assert again > 10
