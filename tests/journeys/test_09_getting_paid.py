"""Journey 9: getting paid without getting into trouble; a phone of 320 px with scripts off, and the officer's desk."""

import re
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Browser
from sqlalchemy import select

from bench.prove.disk import seize
from coprod.core.clock import now
from coprod.core.db import Root, db
from coprod.messages import services as messages
from coprod.partnerships import backups
from coprod.payments import queries, sealing
from coprod.payments.models import Payment, PaymentState, PayMethod
from coprod.people import services as people
from coprod.people.models import Person
from coprod.people.services import begin_session, cookie_for
from tests.factories import a_person
from tests.house.crawl import visit
from tests.house.pages import Page
from tests.house.reading import grade, sentences, words_of
from tests.journeys.visitors import DESK, PHONE, Visitor, at_a_browser
from tests.messages.conftest import PostBox
from tests.messages.conftest import post_box as post_box
from tests.payments.conftest import Money
from tests.payments.conftest import money as money

ACCOUNT, SORT_CODE, NAME = "87654334", "204451", "Robin Quillfeather"
# Six digits in a row turn up in a random key now and then: alone they count only where they are no part of one.
SECRET = re.compile(rf"{NAME}|20-44-51|(?<![0-9a-f])(?:{ACCOUNT}|{SORT_CODE})(?![0-9a-f])|{SORT_CODE}{ACCOUNT}")
STATES = {"offered", "accepted", "part", "declined", "due", "approved", "paid"}


def _comes_in(browser: Browser, live: str, person: Person, kind: dict, by: str = "the session before") -> Visitor:
    visitor = at_a_browser(browser, person.alias, live, Path("."), **kind)
    token = begin_session(person, by=by)
    db.session.commit()
    visitor.page.context.add_cookies([{"name": "sid", "value": cookie_for(token), "url": live}])
    return visitor


def _is_simple(visitor: Visitor) -> None:
    """The member floor: 320 px, targets, short sentences, three things, a title that says nothing."""
    page = visitor.page
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.title() == "Your page"
    small = page.locator("main button, main .button, main .choice__face, main input[type=text]")
    boxes = [small.nth(at).bounding_box() for at in range(small.count())]
    assert all(box["height"] >= 44 for box in boxes if box)
    for name in ("Leave this page", "Get support", "Stop texts"):
        assert page.get_by_text(name, exact=True).is_visible()


@pytest.mark.browser
def test_getting_paid(app, live: str, browser: Browser, clock, money: Money, post_box: PostBox, tmp_path) -> None:
    group = f"/workstreams/{money.stream.id}/payments"
    sam = _comes_in(browser, live, money.sam, DESK)
    _sam_offers_before_the_task(sam, group, post_box)
    robin = _comes_in(browser, live, money.robin, PHONE)
    _three_screens(robin, post_box)
    _no_or_some_needs_no_reason(robin)
    _she_gets_money_back(robin)
    _done_approved_paid(browser, live, clock, sam, group, money)
    _only_the_officer_reads_where_the_money_goes(app, browser, live, money, as_files=tmp_path)
    for visitor in (sam, robin):
        visitor.page.context.close()


def _sam_offers_before_the_task(sam: Visitor, group: str, post_box: PostBox) -> None:
    """Everybody is told once, in a text that names no money."""
    sam.go(group)
    sam.follow("Offer a payment")
    sam.fill(what="Coming to the group", times="1", pay_on="2 December 2025")
    sam.press("Offer it")
    sam.sees("2 offered. Each of them is told once.", "Offered")
    sam.does_not_see("It was done")
    assert (messages.send_due(), messages.send_due()) == (1, 0)
    db.session.rollback()
    (told,) = post_box.letters()
    assert told[:2] == ("robin@example.org", "You have a message")
    assert not re.search(r"£|\bpa(y|id)\b|money|group", told[2].replace("pay-", ""), re.IGNORECASE)


def _three_screens(robin: Visitor, post_box: PostBox) -> None:
    """The offer, what it means for benefits, how to pay: three pages, the code apart."""
    robin.go("/my-pay")
    _is_simple(robin)
    robin.follow("Answer")
    _is_simple(robin)
    robin.sees("£25.00", "Coming to the group", "Tuesday 25 November", "Tuesday 2 December")
    assert robin.page.locator("input:checked").count() == 0
    robin.choose("Pick one", "Yes, all")
    robin.press("Send my answer")
    assert robin.heading == "If you get benefits"
    _is_simple(robin)
    robin.sees("Talk to a benefits adviser first.", "Vouchers count as earnings.", "Expenses don’t count.")
    robin.sees("Saying no doesn’t count.")
    robin.does_not_see("£")
    robin.follow("Get the letter")
    _is_simple(robin)
    robin.sees("Robin", "£25.00", "25 November 2025", "Sam", "17 November 2025")
    robin.does_not_see("Born into", "accepted", "all of it")
    robin.follow("Go back")
    robin.follow("Say how to pay you")
    _she_shows_a_code(robin, post_box)
    assert robin.heading == "How shall we pay you?"
    _is_simple(robin)
    robin.choose("Pick one", "Into my bank account")
    robin.press("Keep this")
    robin.fill(name=NAME, sort_code="20 44 51", account=ACCOUNT)
    _is_simple(robin)
    robin.press("Keep this")
    robin.sees("That is how we pay you from now on.", "ends in 34")
    _every_page_reads_easily(robin)


def _she_shows_a_code(robin: Visitor, post_box: PostBox) -> None:
    assert robin.heading == "First, a code"
    _is_simple(robin)
    robin.choose("Where shall we send it?", "By text")
    robin.press("Send me a code")
    people.send_codes()
    db.session.rollback()
    ((number, told),) = post_box.texts()
    assert number == "+447700900142"
    found = re.search(r"\d{6}", told)
    assert found
    robin.fill(code=found[0])
    robin.press("Go on")


def _every_page_reads_easily(robin: Visitor) -> None:
    """Grade 6 at most, no sentence above 25 words, nothing a bystander may not read."""
    for text in robin.read:
        page = Page(text)
        said = sentences(page)
        assert max(len(words_of(sentence)) for sentence in said) <= 25
        assert grade(said) <= 6, (page.heading, said)


def _no_or_some_needs_no_reason(robin: Visitor) -> None:
    """Until it begins she may change it; nothing is asked, and each word has its date."""
    (address,) = [link for link in robin.links() if "/offers/" in link]
    for answer in ("No thank you", "I want to ask someone first"):
        robin.go(address)
        assert robin.page.locator("main textarea, main input[type=text]").count() == 0
        robin.choose("Pick one", answer)
        robin.press("Send my answer")
        robin.sees("That is fine.")
    robin.go(address)
    robin.choose("Pick one", "Some of it")
    robin.press("Send my answer")
    _is_simple(robin)
    robin.fill(pounds="10")
    robin.press("Send my answer")
    robin.go("/my-pay")
    robin.sees("Part", "You said yes to £10.00 of it on 17 November 2025.", "since 17 Nov")
    robin.does_not_see("why you")
    payment = db.session.get_one(Payment, UUID(address.rpartition("/")[2]))
    assert {step.state.value for step in payment.steps} <= STATES
    assert [step.state for step in payment.steps] == [
        PaymentState.OFFERED,
        PaymentState.ACCEPTED,
        PaymentState.DECLINED,
        PaymentState.OFFERED,
        PaymentState.PART,
    ]
    db.session.rollback()


def _she_gets_money_back(robin: Visitor) -> None:
    robin.go("/my-pay")
    robin.follow("Get money back")
    _is_simple(robin)
    robin.pick("What was it for?", "Bus or train")
    robin.fill(pounds="4.60", on="14 November 2025")
    robin.press("Send")
    robin.sees("Please hand in the receipt when we meet.", "Claimed", "£4.60")
    robin.does_not_see("£14.60", "£29.60")


def _done_approved_paid(browser: Browser, live: str, clock, sam: Visitor, group: str, money: Money) -> None:
    """Kit said nothing, so nothing can be done for pay; Robin's part goes from hand to hand."""
    clock(2025, 11, 26, 9)
    sam.go(group)
    assert sam.page.get_by_role("button", name="It was done").count() == 1
    sam.press("It was done: Robin")
    sam.sees("Due")
    sam.press("Approve it: Bus or train of Robin")
    assert sam.page.get_by_role("button", name="Approve it").count() == 0
    lee = _comes_in(browser, live, money.lee, DESK)
    lee.go("/payments/to-approve")
    lee.press("Approve it: Robin")
    lee.page.context.close()
    pat = _comes_in(browser, live, money.pat, DESK)
    pat.go("/payments/")
    pat.sees("Robin", "£10.00", "£4.60", "Into a bank account", "Pay by Tuesday 2 December")
    pat.does_not_see("£14.60", "Coming to the group", "Practice models")
    pat.follow("Robin")
    pat.press("Show the bank details")
    pat.sees(NAME, "20-44-51", ACCOUNT)
    clock(2025, 12, 2, 9)
    pat.press("It is paid: thank-you of £10.00")
    pat.sees("Paid: Robin, £10.00.", "Paid on 2 December 2025")
    pat.page.context.close()


def _only_the_officer_reads_where_the_money_goes(
    app, browser: Browser, live: str, money: Money, as_files: Path
) -> None:
    """Crawled as everybody else; searched for in every row, every byte of the database, and in a backup."""
    jo = a_person("Jo")
    db.session.commit()
    for person in (money.robin, money.kit, money.sam, money.max, money.ada, money.lee, money.stranger, jo):
        reader = _Reader(app, person)
        visit(reader, "/my-pay", "/payments/", f"/payments/to/{money.robin.id}", "/my-pay/how/bank")
        assert reader.seen > 5
        assert [address for address, text in reader.read if SECRET.search(text)] == []
    method = db.session.scalars(select(PayMethod)).one()
    assert sealing.unseal(method.person_id, method.sealed or b"").account == ACCOUNT
    rows = "\n".join(
        repr(tuple(row)) for table in Root.metadata.sorted_tables for row in db.session.execute(select(table))
    )
    assert not SECRET.search(rows)
    assert queries.method_of(money.robin) is method
    db.session.rollback()
    held = dict(seize(app).files) | _of_a_backup(as_files)
    assert [name for name, content in held.items() if SECRET.search(content.decode("latin-1"))] == []
    db.session.rollback()


def _of_a_backup(folder: Path) -> dict[str, bytes]:
    made = backups.back_up(folder, now())
    return {f"backup/{file.name}": file.read_bytes() for file in made.rglob("*") if file.is_file()}


class _Reader:
    """A browser for the crawl, signed in as somebody, who keeps what was read."""

    def __init__(self, app, person: Person) -> None:
        self.client, self.read, self.seen = app.test_client(), [], 0
        token = begin_session(person)
        db.session.commit()
        self.client.set_cookie("sid", cookie_for(token))

    def get(self, address: str):
        answer = self.client.get(address)
        self.read.append((address, answer.get_data(as_text=True)))
        self.seen += 1
        return answer
