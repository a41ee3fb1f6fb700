"""Every page of the demonstration, as everybody who can reach it: whole, plainly titled, light and simple."""

import gzip
from collections import Counter
from pathlib import Path

import pytest
from werkzeug.exceptions import HTTPException

from tests.house.crawl import visit
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
# Led to by what a form answers, or by a secret on paper.
AFTER_A_FORM = {
    "people.authenticator",
    "people.authenticator_picture",
    "people.code",
    "people.left",
    "people.set_up",
    "people.signed_out",
    "voting.answered",
    "voting.thanks",
}
LEAST_PAGES = {"facilitator": 25, "chair": 15, "member": 8, "professional": 8, "steering parent": 8, "stranger": 5}

pytestmark = pytest.mark.xdist_group("pages")


@pytest.fixture(scope="module")
def visits(demonstration):
    return {who: visit(start()) for who, start in demonstration.visitors.items()}


@pytest.fixture(scope="module")
def seen(visits):
    """Every page as (who, address, page), each seen at least once."""
    return [(who, address, page) for who, found in visits.items() for address, (_, _, page) in found.pages.items()]


def _is_for_members(page):
    return "member" in page.all("body")[0].get("class", "").split()


def test_everybody_reaches_the_pages_made_for_them(visits):
    assert [who for who, least in LEAST_PAGES.items() if len(visits[who].pages) < least] == []


def test_no_link_leads_astray(visits):
    astray = [
        (who, address, status)
        for who, found in visits.items()
        for address, status in [*((a, s) for a, (s, _, _) in found.pages.items()), *found.files.items()]
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


def test_every_page_is_whole(seen):
    faults = Counter(fault for _, _, page in seen for fault in page.faults())
    where = {fault: (who, address) for who, address, page in seen for fault in page.faults()}
    assert [(fault, times, where[fault]) for fault, times in faults.most_common(40)] == []


def test_staff_pages_are_titled_by_their_heading(seen):
    odd = [
        (address, page.title, page.heading)
        for _, address, page in seen
        if not _is_for_members(page) and page.title not in SIGNED_OUT_TITLES and not page.title.startswith(page.heading)
    ]
    assert odd == []


def test_members_titles_and_addresses_say_nothing(seen):
    """Domain rule 11: nothing over a shoulder, nothing in the history."""
    member = [(address, page.title) for who, address, page in seen if _is_for_members(page) or who in MEMBERS]
    assert [(address, title) for address, title in member if title not in MEMBER_TITLES | SIGNED_OUT_TITLES] == []
    assert [address for address, _ in member if any(word in address for word in UNSPOKEN)] == []


def _weight(body, page):
    sheets = [link.get("href", "") for link in page.all("link") if "stylesheet" in (link.get("rel") or "")]
    scripts = [script.get("src", "") for script in page.all("script")]
    files = [BUILT / address.split("?")[0].rsplit("/", 1)[-1] for address in sheets + scripts]
    return sum(len(gzip.compress(content)) for content in [body, *(file.read_bytes() for file in files)])


def _limit(address, page):
    if not _is_for_members(page):
        return STAFF_PAGE
    return VOTE_PAGE if address.startswith("/votes/") else MEMBER_PAGE


def test_no_page_weighs_more_than_a_phone_should_carry(visits):
    """Gzipped, with its style sheet and scripts: a member's page 50 KB, the vote 30 KB."""
    heavy = [
        (address, _weight(body, page) // KB)
        for found in visits.values()
        for address, (_, body, page) in found.pages.items()
        if _weight(body, page) > _limit(address, page)
    ]
    assert heavy == []


def test_members_pages_need_no_script(seen):
    assert [address for _, address, page in seen if _is_for_members(page) and page.all("script")] == []


def test_members_pages_are_in_simple_words(seen):
    hard = [
        (address, round(grade(texts), 1))
        for address, texts in {a: sentences(page) for _, a, page in seen if _is_for_members(page)}.items()
        if grade(texts) > GRADE
    ]
    assert hard == []


def test_no_sentence_on_a_members_page_is_long(seen):
    long = {
        sentence
        for _, _, page in seen
        if _is_for_members(page)
        for sentence in sentences(page)
        if len(words_of(sentence)) > LONGEST
    }
    assert sorted(long) == []


def test_every_form_goes_to_a_page_that_takes_it(demonstration, visits):
    adapter = demonstration.app.url_map.bind("localhost")
    astray = []
    for form in {(form.action.split("?")[0], form.method) for found in visits.values() for form in found.forms}:
        try:
            adapter.match(form[0], form[1].upper())
        except HTTPException as error:
            astray.append((form, str(error)))
    assert astray == []


def test_the_demonstration_is_marked_as_an_example(seen):
    unmarked = [
        address
        for who, address, page in seen
        if who != "stranger" and "plain" not in page.title and "example" not in words(page.root).lower()
    ]
    assert unmarked == []


def test_a_form_sent_empty_is_asked_again_on_a_whole_page(demonstration, visits):
    """Wrong input: status 422, beside a summary, in a page that is as whole as any."""
    faults, again = Counter(), 0
    for who, found in visits.items():
        client = demonstration.visitor(who)
        for form in {form.action: form for form in found.forms if form.method == "post"}.values():
            if form.action in ("/leave", "/sign-out"):
                continue
            kept = [(name, value) for name, value in form.fields if name in ("csrf_token", "name")]
            client.get(form.page)
            token = _token(Page(client.get(form.page).text))
            answer = client.post(form.action, data=dict(kept) | ({"csrf_token": token} if token else {}))
            assert answer.status_code < 500, (who, form.action)
            if answer.status_code == 422:
                again += 1
                faults.update((fault, form.action) for fault in Page(answer.text).faults())
    assert [*faults.most_common(30)] == []
    assert again > 10


def _token(page):
    return next((field.get("value") for field in page.all("input") if field.get("name") == "csrf_token"), None)
