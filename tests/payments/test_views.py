"""Pages: what they show, what they refuse, and what they ask again."""

import io
import re
from datetime import date, timedelta

import pytest
from PIL import Image
from sqlalchemy import select

from coprod.contacts import services as contacts
from coprod.contacts.models import Channel
from coprod.core.clock import now
from coprod.core.db import db
from coprod.core.words import moment
from coprod.cycles import services as cycles
from coprod.cycles.models import SessionState
from coprod.cycles.rules.shifting import Scope
from coprod.payments import queries, sealing, services
from coprod.payments.models import Expense, ExpenseState, Payment, PaymentState, PayMethod, PayWay
from coprod.payments.rules import Says
from coprod.people import services as people
from coprod.people.models import Hit, SignedIn, Ticket
from coprod.programmes.models import Rate
from coprod.workstreams import services as workstreams
from coprod.workstreams.rules import membership_of
from tests.factories import a_person, a_stream, keep
from tests.messages.conftest import post_box as post_box
from tests.payments.conftest import ACCOUNT, AFTER

S = PaymentState


def a_photo():
    written = io.BytesIO()
    Image.new("RGB", (300, 400), "white").save(written, "JPEG")
    return io.BytesIO(written.getvalue()), "photo.exe"


def spent(**fields):
    return {"what": "Taxi", "pounds": "4.60", "on": "14 November 2025"} | fields


# --- The member: the offer.


def test_offer_says_how_much_what_for_and_when_and_chooses_nothing_beforehand(money, as_):
    payment = money.offered()
    page = as_(money.robin).get(f"/my-pay/offers/{payment.id}").text
    for words in ("£25.00", "Coming to the group", "Tuesday 25 November", "Tuesday 2 December", "You need not say why"):
        assert words in page
    assert " checked" not in page
    assert "why?" not in page.lower()


@pytest.mark.parametrize(
    ("says", "then", "state"),
    [
        ("all", "benefits", S.ACCEPTED),
        ("some", "some", S.OFFERED),
        ("no", "/my-pay", S.DECLINED),
        ("ask", "benefits", S.OFFERED),
    ],
)
def test_answer_leads_on(money, as_, says, then, state):
    payment = money.offered()
    answer = as_(money.robin).post(f"/my-pay/offers/{payment.id}", data={"answer": says})
    assert answer.status_code == 303
    assert answer.location.endswith(then)
    assert payment.state == state


def test_answer_is_asked_again_where_none_is_chosen(money, as_):
    payment = money.offered()
    answer = as_(money.robin).post(f"/my-pay/offers/{payment.id}")
    assert answer.status_code == 422
    assert "Choose one of these." in answer.text


def test_some_of_it_is_a_sum_below_the_offer(money, as_):
    payment, robin = money.offered(), as_(money.robin)
    address = f"/my-pay/offers/{payment.id}/some"
    assert "How much would you like?" in robin.get(address).text
    for typed, fault in (
        ("", "Write the pounds like this: 12.50"),
        ("lots", "Write the pounds like this: 12.50"),
        ("0", "Write more than nothing."),
        ("2000", "more than £1,000"),
        ("25", "Write less than £25.00."),
    ):
        answer = robin.post(address, data={"pounds": typed})
        assert answer.status_code == 422
        assert fault in answer.text
    assert robin.post(address, data={"pounds": "£10.50"}).location.endswith("/benefits")
    assert (payment.state, payment.accepted_pence) == (S.PART, 1050)


def test_answer_stays_once_the_task_has_begun(money, as_, clock):
    payment = money.at(S.ACCEPTED, clock)
    robin = as_(money.robin)
    assert "You can change it until Tuesday 25 November, 6pm." in robin.get(f"/my-pay/offers/{payment.id}").text
    clock(2025, 11, 25, 18)
    page = robin.get(f"/my-pay/offers/{payment.id}").text
    assert "What happened, and when" in page
    assert "Send my answer" not in page
    for address, data in (("", {"answer": "no"}), ("", {"answer": "some"}), ("/some", {"pounds": "1"})):
        assert robin.post(f"/my-pay/offers/{payment.id}{address}", data=data).status_code == 403
    assert robin.get(f"/my-pay/offers/{payment.id}/some").status_code == 403
    assert payment.state == S.ACCEPTED


def test_benefits_page_names_the_adviser_and_works_nothing_out(app, money, as_, monkeypatch):
    payment, robin = money.offered(), as_(money.robin)
    page = robin.get(f"/my-pay/offers/{payment.id}/benefits").text
    for words in ("Talk to a benefits adviser first.", "Vouchers count as earnings.", "Expenses don’t count."):
        assert words in page
    assert "Ask the people who run your group" in page
    assert "Say how to pay you" in page
    assert "£" not in page
    monkeypatch.setitem(app.config, "BENEFITS_LINE", "01632 960 111")
    services.say_how(money.robin, PayWay.CASH, by=money.robin)
    page = robin.get(f"/my-pay/offers/{payment.id}/benefits").text
    assert "01632 960 111" in page
    assert "Go on to your pay" in page


def test_letter_says_what_was_offered_by_whom_and_when_and_nothing_else(money, as_, clock):
    payment = money.at(S.PART, clock)
    page = as_(money.robin).get(f"/my-pay/offers/{payment.id}/letter").text
    article = re.search(r"<article.*</article>", page, re.DOTALL)[0]
    words = " ".join(re.sub(r"<[^>]+>", " ", article).split())
    assert words == (
        "An offer of pay This letter is for the Jobcentre. Robin was offered this in writing. Name Robin "
        "What was offered £25.00 What for Coming to the group When 25 November 2025 Offered on 17 November 2025 "
        "Offered by Sam, Blackpool To be paid by 2 December 2025"
    )


def test_my_pay_shows_thank_yous_and_expenses_apart_each_with_its_word_and_date(money, as_, clock):
    for state in S:
        ended = money.at(state, clock)
    services.end(ended)
    services.move_expense(money.spent(receipt=b"-"), "approved", by=money.sam)
    money.spent()
    clock(2025, 11, 17, 9)
    page = as_(money.robin).get("/my-pay").text
    for word in ("Offered", "Accepted", "Part", "Declined", "Due", "Approved", "Paid", "Ended", "Claimed"):
        assert word in page
    assert page.count("since ") == 10
    assert page.index("Thank-yous") < page.index("Money you spent to come")
    assert "Would you like £25.00?" in page
    assert "£9.20" not in page


def test_my_pay_says_that_a_lost_key_is_our_fault(money, as_):
    services.say_how(money.robin, PayWay.BANK, ACCOUNT, by=money.robin)
    robin = as_(money.robin)
    assert "ends in 34" in robin.get("/my-pay").text
    (sealing.key_folder() / sealing.FILE).unlink()
    assert "We lost the key to what you told us. That is our fault." in robin.get("/my-pay").text


def test_nobody_but_members_has_a_page_about_their_pay(money, as_):
    payment = money.offered()
    for who in (money.sam, money.lee, money.pat, money.ada, a_person("Jo")):
        visitor = as_(who)
        for address in ("/my-pay", "/my-pay/how", "/my-pay/how/bank", "/my-pay/how/code", "/my-pay/expenses/new"):
            assert visitor.get(address).status_code == 404
        assert visitor.get(f"/my-pay/offers/{payment.id}/letter").status_code == 404


def test_pages_follow_a_session_that_moves_and_say_no_day_where_it_is_off(money, as_, clock):
    payment = money.at(S.ACCEPTED, clock)
    cycles.shift(money.session, date(2025, 12, 9), Scope.THIS, by=money.sam)
    clock(2025, 12, 4, 9)
    robin, offer = as_(money.robin), f"/my-pay/offers/{payment.id}"
    group = f"/workstreams/{money.stream.id}/payments"
    for address, words in (
        ("/my-pay", ("9 Dec", "Paid by 16 December 2025.")),
        (offer, ("Tuesday 9 December", "Tuesday 16 December")),
        (f"{offer}/letter", ("9 December 2025", "16 December 2025")),
        (f"/evenings/{money.session.id}", ("Paid by Tuesday 16 December.",)),
    ):
        page = robin.get(address).text
        assert [word for word in words if word not in page] == []
        assert not any(word in page for word in ("2 December", "our fault"))
    assert "late" not in as_(money.sam).get(group).text
    money.session.state = SessionState.CANCELLED
    db.session.commit()
    clock(2025, 12, 29, 9)
    for address in ("/my-pay", offer, f"{offer}/letter"):
        page = robin.get(address).text
        assert not any(word in page for word in ("16 December", "Paid by", "paid by", "our fault"))
    page = as_(money.sam).get(group).text
    assert "Take back" in page
    assert "late" not in page


def test_late_on_the_groups_page_names_the_day_that_holds_now(money, as_, clock):
    money.at(S.ACCEPTED, clock)
    cycles.shift(money.session, date(2025, 12, 9), Scope.THIS, by=money.sam)
    clock(2025, 12, 17, 9)
    assert "late, we said 16 Dec" in as_(money.sam).get(f"/workstreams/{money.stream.id}/payments").text


# --- The member: how she is paid.


def not_proven(money, as_):
    robin = as_(money.robin)
    db.session.execute(db.update(SignedIn).values(by="the session before"))
    return robin


def test_how_to_be_paid_asks_for_a_code_first(money, as_):
    robin = not_proven(money, as_)
    page = robin.get("/my-pay/how").text
    assert "First, a code" in page
    assert "By text, to the phone that ends in 42" in page
    assert "900142" not in page
    for method, address in (("POST", "/my-pay/how"), ("POST", "/my-pay/how/bank"), ("GET", "/my-pay/how/bank")):
        answer = robin.open(address, method=method, data={"way": "CASH"})
        assert (answer.status_code, answer.location) == (303, "/my-pay/how")
    assert queries.method_of(money.robin) is None


def test_code_by_text_opens_ten_minutes(money, as_, post_box):
    robin = not_proven(money, as_)
    assert robin.post("/my-pay/how/send-code").status_code == 422
    assert robin.post("/my-pay/how/send-code", data={"to": "text"}).location == "/my-pay/how/code"
    people.send_codes()
    ((number, words),) = post_box.texts()
    code = re.search(r"\d{6}", words)[0]
    assert number == "+447700900142"
    assert robin.get("/my-pay/how/code").status_code == 200
    assert robin.post("/my-pay/how/code", data={"code": "x"}).status_code == 422
    wrong = robin.post("/my-pay/how/code", data={"code": f"{(int(code) + 1) % 10**6:06}"})
    assert wrong.status_code == 422
    assert "That code did not work." in wrong.text
    assert robin.post("/my-pay/how/code", data={"code": code}).location == "/my-pay/how"
    assert "How shall we pay you?" in robin.get("/my-pay/how").text
    assert len(db.session.scalars(select(SignedIn)).all()) == 1


def test_code_by_email_goes_to_her_own_address(money, as_, post_box):
    not_proven(money, as_).post("/my-pay/how/send-code", data={"to": "email"})
    people.send_codes()
    assert [to for to, _, _ in post_box.letters()] == ["robin@example.org"]


def test_code_works_for_nobody_else_and_in_no_other_browser(money, as_, post_box):
    robin, kit = not_proven(money, as_), as_(money.kit)
    robin.post("/my-pay/how/send-code", data={"to": "text"})
    people.send_codes()
    code = re.search(r"\d{6}", post_box.texts()[0][1])[0]
    elsewhere = as_(money.robin)
    assert elsewhere.get("/my-pay/how/code").location == "/my-pay/how"
    assert elsewhere.post("/my-pay/how/code", data={"code": code}).location == "/my-pay/how"
    kit.set_cookie("pay-step", robin.get_cookie("pay-step").value)
    assert kit.post("/my-pay/how/code", data={"code": code}).status_code == 422


def test_codes_are_not_guessed_nor_sent_without_end_a8(money, as_, post_box):
    robin = not_proven(money, as_)
    for _ in range(6):
        assert robin.post("/my-pay/how/send-code", data={"to": "text"}).status_code == 303
    db.session.commit()
    assert len(db.session.scalars(select(Ticket).where(Ticket.purpose == "code")).all()) == 5
    db.session.execute(db.delete(Hit))
    robin.post("/my-pay/how/send-code", data={"to": "text"})
    people.send_codes()
    code = re.search(r"\d{6}", post_box.texts()[-1][1])[0]
    for _ in range(5):
        robin.post("/my-pay/how/code", data={"code": "000000" if code != "000000" else "000001"})
    assert robin.post("/my-pay/how/code", data={"code": code}).status_code == 422


def test_who_has_neither_number_nor_address_uses_her_card(money, as_):
    kit = as_(money.kit)
    db.session.execute(db.update(SignedIn).values(by="the session before"))
    assert "Ask us for a new card with words." in kit.get("/my-pay/how").text


def test_new_number_or_address_opens_nothing_for_a_day_a6(money, as_, clock):
    contacts.change_own(money.robin, Channel.EMAIL, "somebody@example.org")
    db.session.commit()
    robin = as_(money.robin)
    page = robin.get("/my-pay/how").text
    assert "Please wait a day" in page
    assert f"from {moment(now() + timedelta(hours=24))}." in page
    for method, address in (
        ("POST", "/my-pay/how"),
        ("GET", "/my-pay/how/bank"),
        ("POST", "/my-pay/how/bank"),
        ("POST", "/my-pay/how/send-code"),
    ):
        answer = robin.open(address, method=method, data={"way": "CASH", "to": "email"})
        assert (answer.status_code, answer.location) == (303, "/my-pay/how")
    assert "more than ten minutes" not in robin.get("/my-pay/how").text
    assert queries.method_of(money.robin) is None
    assert db.session.scalars(select(Ticket).where(Ticket.purpose == "code")).all() == []
    clock(now() + timedelta(hours=24))
    assert "How shall we pay you?" in as_(money.robin).get("/my-pay/how").text


def test_voucher_and_cash_are_kept_at_once(money, as_):
    robin = as_(money.robin)
    assert robin.post("/my-pay/how").status_code == 422
    assert robin.post("/my-pay/how", data={"way": "CASH"}).location == "/my-pay"
    assert queries.method_of(money.robin).way == PayWay.CASH


def test_bank_account_is_asked_kindly_sealed_and_never_shown_again(money, as_):
    robin = as_(money.robin)
    assert robin.post("/my-pay/how", data={"way": "BANK"}).location == "/my-pay/how/bank"
    assert robin.get("/my-pay/how/bank").status_code == 200
    odd = robin.post("/my-pay/how/bank", data={"name": "Robin", "sort_code": "12345", "account": "7654334"})
    assert odd.status_code == 422
    assert "A sort code has 6 numbers" in odd.text
    assert "put a 0 in front" in odd.text
    fine = {"name": "Robin Example", "sort_code": "20-44-51", "account": "8765 4334"}
    assert robin.post("/my-pay/how/bank", data=fine).location == "/my-pay"
    assert b"87654334" not in db.session.scalars(select(PayMethod.sealed)).one()
    for address in ("/my-pay", "/my-pay/how", "/my-pay/how/bank"):
        assert not any(
            words in robin.get(address).text for words in ("204451", "20-44-51", "87654334", "Robin Example")
        )


# --- The member: what she spent.


def test_expense_is_claimed_with_a_photo_that_comes_back_as_a_file(money, as_):
    robin = as_(money.robin)
    group = str(money.stream.id)
    answer = robin.post(
        "/my-pay/expenses/new", data=spent(group=group, receipt=a_photo()), content_type="multipart/form-data"
    )
    assert answer.location == "/my-pay"
    expense = db.session.scalars(select(Expense)).one()
    assert (expense.pence, expense.spent_on, expense.on_paper) == (460, date(2025, 11, 14), False)
    receipt = robin.get(f"/expenses/{expense.id}/receipt")
    assert receipt.mimetype == "image/jpeg"
    assert receipt.headers["Content-Disposition"] == "attachment; filename=receipt.jpg"
    assert "sandbox" in receipt.headers["Content-Security-Policy"]
    assert receipt.headers["X-Content-Type-Options"] == "nosniff"
    assert receipt.headers["Cache-Control"] == "no-store"
    assert robin.post(f"/my-pay/expenses/{expense.id}/take-back").location == "/my-pay"
    assert db.session.scalars(select(Expense)).all() == []


def test_expense_without_a_photo_is_handed_in_on_paper(money, as_):
    robin = as_(money.robin)
    a_stream(money.programme, "Another", members=[money.robin], neutral_name="Thursday group")
    assert "Thursday group" in robin.get("/my-pay/expenses/new").text
    robin.post("/my-pay/expenses/new", data=spent(group=str(money.stream.id)))
    assert "Please hand in the receipt when we meet." in robin.get("/my-pay").text
    assert db.session.scalars(select(Expense.on_paper)).one()


def test_expense_that_does_not_fit_is_asked_again(money, as_):
    robin, group = as_(money.robin), str(money.stream.id)
    bad = io.BytesIO(b"<svg><script>alert(1)</script></svg>"), "photo.jpg"
    for fields, fault in (
        ({"what": ""}, "Choose one of these."),
        ({"on": "18 November 2025"}, "That day is still to come."),
        ({"on": ""}, "Give the day."),
        ({"pounds": "x"}, "Write the pounds like this: 12.50"),
        ({"receipt": bad}, "We cannot read this picture."),
    ):
        data = spent(group=group) | fields
        answer = robin.post("/my-pay/expenses/new", data=data, content_type="multipart/form-data")
        assert answer.status_code == 422
        assert fault in answer.text
    assert db.session.scalars(select(Expense)).all() == []


def a_form_with_a_photo(megabytes, **fields):
    """Written by hand: the test client would leave a file of its own open for one as large as this."""
    part = '--edge\r\nContent-Disposition: form-data; name="{}"'
    said = [f"{part.format(name)}\r\n\r\n{value}\r\n" for name, value in fields.items()]
    head = f'{"".join(said)}{part.format("receipt")}; filename="photo.jpg"\r\n\r\n'.encode()
    body = head + b"\xff\xd8" + b"0" * megabytes * 1024 * 1024 + b"\r\n--edge--\r\n"
    return {"data": body, "content_type": "multipart/form-data; boundary=edge"}


def test_photo_of_a_phone_gets_through_and_what_is_larger_does_not(money, as_):
    robin, group = as_(money.robin), str(money.stream.id)
    for size, status in ((5, 422), (9, 413)):
        answer = robin.post("/my-pay/expenses/new", **a_form_with_a_photo(size, **spent(group=group)))
        assert answer.status_code == status
    assert robin.post("/my-pay/how", **a_form_with_a_photo(3, way="CASH")).status_code == 413


# --- The facilitator.


def offer_form(money, **fields):
    given = {"who": "everybody", "session": str(money.session.id), "what": "Coming to the group"}
    return given | {"kind": "One session", "times": "1", "pay_on": ""} | fields


def test_offer_to_everybody_says_so_where_nobody_is_there(money, as_):
    for person in (money.robin, money.kit):
        workstreams.move(membership_of(person, money.stream), "left", by=person)
    db.session.commit()
    page = as_(money.sam).post(f"/workstreams/{money.stream.id}/payments/new", data=offer_form(money))
    assert page.status_code == 422
    assert "Nobody with lived experience has joined this group yet." in page.text


def test_offer_is_made_to_all_at_once_and_only_once(money, as_):
    sam, address = as_(money.sam), f"/workstreams/{money.stream.id}/payments/new"
    assert "Session 1, 25 Nov" in sam.get(address).text
    assert sam.post(address, data=offer_form(money)).status_code == 303
    made = db.session.scalars(select(Payment)).all()
    by = queries.pay_days(made)
    assert {(p.person.alias, p.pence, p.pay_on, by[p.id]) for p in made} == {
        ("Robin", 2500, None, date(2025, 12, 2)),
        ("Kit", 2500, None, date(2025, 12, 2)),
    }
    assert "2 offered. Each of them is told once." in sam.get(f"/workstreams/{money.stream.id}/payments").text
    sam.post(address, data=offer_form(money))
    assert "They had that offer before." in sam.get(f"/workstreams/{money.stream.id}/payments").text


def test_offer_for_another_day_to_one(money, as_):
    address = f"/workstreams/{money.stream.id}/payments/new"
    data = offer_form(money, who=str(money.kit.id), session="another day", on="9 December 2025", times="3")
    assert as_(money.sam).post(address, data=data).status_code == 303
    payment = db.session.scalars(select(Payment)).one()
    assert (payment.person.alias, payment.pence, payment.task_on) == ("Kit", 7500, date(2025, 12, 9))


def test_offer_that_does_not_fit_is_asked_again_beside_its_field(money, as_):
    keep(Rate(what="Old work", pence=900, valid_from=date(2026, 6, 1)))
    sam, address = as_(money.sam), f"/workstreams/{money.stream.id}/payments/new"
    another = {"session": "another day"}
    for fields, fault in (
        (another | {"on": ""}, "Give the day."),
        (another | {"on": "17 November 2025"}, "An offer is made before the task"),
        ({"kind": "Old work"}, "Nothing is set for this kind of work on that day."),
        ({"pay_on": "29 November 2025"}, "No money moves on that day."),
        ({"what": ""}, "Say what it is for."),
        ({"times": "0"}, "Write a number from 1 to 20."),
    ):
        answer = sam.post(address, data=offer_form(money, **fields))
        assert answer.status_code == 422
        assert fault in answer.text
    assert db.session.scalars(select(Payment)).all() == []


def test_offer_page_says_that_rates_come_first(money, as_):
    db.session.execute(db.delete(Rate))
    assert "No rates are set yet." in as_(money.sam).get(f"/workstreams/{money.stream.id}/payments/new").text


def test_group_page_leads_through_done_and_approved(money, as_, clock):
    payment, sam = money.at(S.PART, clock), as_(money.sam)
    address = f"/workstreams/{money.stream.id}/payments"
    assert "It was done" not in sam.get(address).text
    clock(*AFTER)
    page = sam.get(address).text
    assert "£10.00 of £25.00" in page
    assert "Pat pays, and alone reads where the money goes." in page
    assert sam.post(f"/payments/{payment.id}/moves", data={"name": "done"}).location == address
    assert "Approve it" not in sam.get(address).text
    assert sam.post(f"/payments/{payment.id}/moves", data={"name": "approved"}).status_code == 403
    assert as_(money.max).post(f"/payments/{payment.id}/moves", data={"name": "approved"}).location == address
    assert payment.state == S.APPROVED


def test_group_page_is_nobody_elses(money, as_):
    payment = money.offered()
    for who in (money.robin, money.ada, money.lee, money.pat, money.stranger):
        assert as_(who).get(f"/workstreams/{money.stream.id}/payments").status_code == 404
        assert as_(who).post(f"/payments/{payment.id}/take-back").status_code == 404


def test_offer_is_taken_back_on_the_group_page(money, as_):
    payment, sam = money.offered(), as_(money.sam)
    assert "Take back" in sam.get(f"/workstreams/{money.stream.id}/payments").text
    sam.post(f"/payments/{payment.id}/take-back")
    assert db.session.scalars(select(Payment)).all() == []
    db.session.expire_all()
    assert "Nothing is offered yet" in sam.get(f"/workstreams/{money.stream.id}/payments").text


def test_receipt_on_paper_is_written_down_for_a_member(money, as_):
    sam, address = as_(money.sam), f"/workstreams/{money.stream.id}/payments/receipt"
    assert "Robin" in sam.get(address).text
    assert sam.post(address, data=spent(who=str(money.robin.id), pounds="")).status_code == 422
    assert sam.post(address, data=spent(who=str(money.robin.id))).status_code == 303
    expense = db.session.scalars(select(Expense)).one()
    assert sam.post(f"/expenses/{expense.id}/approve").status_code == 403
    assert as_(money.max).post(f"/expenses/{expense.id}/approve").status_code == 303
    assert expense.state == ExpenseState.APPROVED


def test_group_page_says_when_nobody_pays(money, as_):
    money.programme.payments_officer = None
    assert "Nobody pays yet." in as_(money.sam).get(f"/workstreams/{money.stream.id}/payments").text


# --- The programme admin.


def test_admin_is_the_second_person(money, as_, clock):
    payment, expense = money.at(S.DUE, clock), money.spent(receipt=b"picture")
    clock(2025, 12, 4, 9)
    lee = as_(money.lee)
    page = lee.get("/payments/to-approve").text
    assert "Late" in page
    assert "Receipt" in page
    assert lee.post(f"/payments/{payment.id}/moves", data={"name": "approved"}).location == "/payments/to-approve"
    assert lee.post(f"/expenses/{expense.id}/approve").location == "/payments/to-approve"
    assert lee.get("/payments/to-approve").text.count("Nothing waits") == 2
    assert lee.get(f"/expenses/{expense.id}/receipt").data == b"picture"
    assert as_(money.sam).get("/payments/to-approve").status_code == 404


# --- The payments officer.


@pytest.fixture
def to_pay(money, clock):
    """One thank-you of ten pounds and one expense, approved; and one of each paid."""
    services.say_how(money.robin, PayWay.BANK, ACCOUNT, by=money.robin)
    fees = [money.at(S.PAID, clock), money.at(S.APPROVED, clock)]
    expenses = [money.spent(pence=pence) for pence in (320, 460)]
    for expense in expenses:
        services.move_expense(expense, "approved", by=money.sam)
    services.move_expense(expenses[0], "paid", by=money.pat)
    db.session.commit()
    return fees[1], expenses[1]


def test_officer_sees_thank_yous_and_expenses_each_with_its_own_sum(money, to_pay, as_):
    page = as_(money.pat).get("/payments/").text
    for words in ("£25.00", "£4.60", "£3.20", "Into a bank account", "Pay by Tuesday 2 December"):
        assert words in page
    assert not any(both in page for both in ("£29.60", "£28.20", "£32.80"))
    assert not any(words in page for words in ("Coming to the group", "Practice models", "Tuesday group", "Taxi"))


def test_late_payments_are_said_in_words(money, to_pay, as_, clock):
    clock(2025, 12, 3, 9)
    assert "We said Tuesday 2 December" in as_(money.pat).get("/payments/").text
    assert "Late, we said Tuesday 2 December" in as_(money.pat).get(f"/payments/to/{money.robin.id}").text


def test_officer_opens_bank_details_by_a_button_and_pays(money, to_pay, as_):
    fee, expense = to_pay
    pat, address = as_(money.pat), f"/payments/to/{money.robin.id}"
    assert "87654334" not in pat.get(address).text
    shown = pat.post(address).text
    assert all(words in shown for words in ("Robin Example", "12-34-56", "87654334"))
    assert pat.post(f"/payments/{fee.id}/paid").location == "/payments/"
    assert pat.post(f"/expenses/{expense.id}/paid").location == "/payments/"
    assert (fee.state, expense.state) == (S.PAID, ExpenseState.PAID)
    page = pat.get("/payments/").text
    assert "Nothing to pay. That is fine." in page
    assert "Nothing to give back. That is fine." in page
    assert "Nothing to give back" in pat.get(address).text


def test_showing_the_details_lays_the_till_out_once(money, to_pay, as_, query_count):
    pat, address = as_(money.pat), f"/payments/to/{money.robin.id}"
    costs = []
    for ask in (pat.get, pat.post):
        query_count.clear()
        ask(address)
        costs.append(sum("payment_step.number" in statement for statement in query_count))
    assert costs[0] == costs[1]


def test_officer_is_told_where_details_are_lost_or_were_never_said(money, to_pay, as_):
    pat, address = as_(money.pat), f"/payments/to/{money.robin.id}"
    (sealing.key_folder() / sealing.FILE).unlink()
    assert "their key is lost" in pat.post(address).text
    services.say_how(money.robin, PayWay.VOUCHER, by=money.robin)
    assert "With a voucher." in pat.get(address).text
    db.session.execute(db.delete(PayMethod))
    assert "They have not said yet" in pat.get(address).text


def test_officer_who_runs_a_group_is_told_why_not(money, to_pay, as_):
    money.programme.payments_officer = money.max
    refused = as_(money.max).get("/payments/")
    assert refused.status_code == 403
    assert "You run a group" in refused.text


def test_nobody_else_has_the_officers_pages(money, to_pay, as_):
    fee, expense = to_pay
    for who in (money.robin, money.sam, money.max, money.ada, money.lee, money.stranger):
        visitor = as_(who)
        for address in ("/payments/", f"/payments/to/{money.robin.id}"):
            assert visitor.get(address).status_code == 404
        for address in (
            f"/payments/to/{money.robin.id}",
            f"/payments/{fee.id}/paid",
            f"/expenses/{expense.id}/paid",
            "/payments/files/thank-yous",
            "/payments/files/expenses",
        ):
            assert visitor.post(address).status_code == 404


def test_files_are_apart_and_hold_neither_bank_details_nor_formulas_o7(money, to_pay, as_):
    money.robin.alias = "=Robin"
    pat = as_(money.pat)
    fees, expenses = (pat.post(f"/payments/files/{name}") for name in ("thank-yous", "expenses"))
    assert [answer.headers["Content-Disposition"] for answer in (fees, expenses)] == [
        "attachment; filename=thank-yous.csv",
        "attachment; filename=expenses.csv",
    ]
    assert fees.data.decode("utf-8-sig").splitlines() == [
        "Name,Thank-you in pounds,How,Pay by,State,Paid on",
        "'=Robin,25.00,into a bank account,2025-12-02,approved,",
        "'=Robin,25.00,into a bank account,2025-12-02,paid,2025-11-26",
    ]
    assert expenses.data.decode("utf-8-sig").splitlines() == [
        "Name,Expense in pounds,How,Approved on,State,Paid on",
        "'=Robin,4.60,into a bank account,2025-11-26,approved,",
        "'=Robin,3.20,into a bank account,2025-11-26,paid,2025-11-26",
    ]


def test_expense_somebody_else_spent_is_not_there(money, as_):
    expense = money.spent()
    assert as_(money.kit).post(f"/my-pay/expenses/{expense.id}/take-back").status_code == 404


def test_asking_first_keeps_the_offer_and_is_said_to_the_facilitator(money, as_):
    payment = money.offered()
    services.answer(payment, Says.ASK, by=money.robin)
    assert "would like to ask somebody first" in as_(money.sam).get(f"/workstreams/{money.stream.id}/payments").text
