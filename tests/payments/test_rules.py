"""Every move from every state by everybody, days, sums and words. No database."""

import itertools
import re
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from coprod.core.clock import HERE
from coprod.cycles.models import Session
from coprod.messages.models import Reach
from coprod.payments import rules
from coprod.payments.models import Expense, ExpenseState, Payment, PaymentState, PaymentStep, PayWay
from coprod.payments.rules import EXPENSES, PAYMENTS, offers
from coprod.people.models import Person, Side
from coprod.programmes.models import Holiday, HolidayKind, Programme, Rate
from coprod.workstreams.models import Membership, MembershipState, Role, Seat, Workstream, WorkstreamState

ROOT = Path(__file__).parent.parent.parent
TUESDAY = date(2025, 11, 25)
NOW = datetime(2025, 11, 17, 9, tzinfo=HERE)
S = PaymentState
IS_OWED = {S.ACCEPTED, S.PART, S.DUE, S.APPROVED}
BEFORE_IT_IS_DUE = {S.OFFERED, S.ACCEPTED, S.PART, S.DECLINED}
EVERYBODY = (
    "payee",
    "other member",
    "professional",
    "facilitator",
    "facilitator who said done",
    "facilitator who approved",
    "facilitator who is paid",
    "admin",
    "admin who approved",
    "officer",
    "officer who approved",
    "officer who said done",
    "officer who runs it",
    "lead",
    "left",
    "stranger",
)
ANSWERS = ("accepted", "accepted in part", "declined", "left open")
RUNS = (
    "facilitator",
    "facilitator who said done",
    "facilitator who approved",
    "officer who runs it",
)
ALLOWED = {
    *itertools.product(ANSWERS, BEFORE_IT_IS_DUE, ("payee", "facilitator who is paid")),
    *itertools.product(("done",), (S.ACCEPTED, S.PART), RUNS),
    *itertools.product(
        ("approved",), (S.DUE,), ("facilitator", "facilitator who approved", "admin", "admin who approved")
    ),
    ("paid", S.APPROVED, "officer"),
    ("paid", S.APPROVED, "officer who runs it"),
}
EXPENSES_ALLOWED = {
    *itertools.product(
        ("approved",),
        (ExpenseState.CLAIMED,),
        ("facilitator", "facilitator who approved", "admin", "admin who approved"),
    ),
    ("paid", ExpenseState.APPROVED, "officer"),
    ("paid", ExpenseState.APPROVED, "officer who runs it"),
}


def somebody(side: Side = Side.PROFESSIONAL, **fields) -> Person:
    return Person(id=uuid4(), alias="Somebody", side=side, **{"active": True, "is_admin": False} | fields)


def a_table() -> Workstream:
    stream = Workstream(name="Practice models", state=WorkstreamState.ACTIVE)
    stream.programme = Programme(name="Born", partnership="Blackpool")
    return stream


def a_seat(stream: Workstream, person: Person, role: Role = Role.MEMBER, **fields) -> Membership:
    seat = Seat.MOTHER if person.is_lived else Seat.TEAM
    chosen = {"state": MembershipState.JOINED, "seat": seat} | fields
    return Membership(workstream=stream, person=person, person_id=person.id, role=role, **chosen)


def a_payment(state: PaymentState = S.OFFERED, **fields) -> Payment:
    given = {"what": "Coming", "pence": 2500, "task_on": TUESDAY, "pay_on": date(2025, 12, 2), "asks_first": False}
    payment = Payment(workstream=a_table(), person_id=uuid4(), state=state, **given | fields)
    offerer = somebody()
    payment.steps = [PaymentStep(number=1, state=S.OFFERED, on=date(2025, 11, 17), by_id=offerer.id, by=offerer)]
    if state != S.OFFERED:
        payment.steps.append(PaymentStep(number=2, state=state, on=date(2025, 11, 18), by_id=uuid4()))
    return payment


def _who(who: str, thing: Payment | Expense) -> Person:
    """Somebody of this kind, seated and named as such."""
    stream, lived = thing.workstream, who in ("payee", "other member", "facilitator who is paid")
    person = somebody(Side.LIVED if lived else Side.PROFESSIONAL, is_admin=who.startswith("admin"))
    if "facilitator" in who or "runs it" in who:
        a_seat(stream, person, Role.FACILITATOR)
    elif who in ("payee", "other member", "professional"):
        a_seat(stream, person)
    elif who == "left":
        a_seat(stream, person, Role.FACILITATOR, state=MembershipState.LEFT)
    if who in ("payee", "facilitator who is paid"):
        thing.person_id = person.id
    if who.startswith("officer"):
        stream.programme.payments_officer = person
    if who == "lead":
        stream.programme.safeguarding_lead = stream.programme.payments_officer = person
    return person


def test_moves_are_those_of_the_hand_written_list():
    assert tuple(PAYMENTS.moves) == (*ANSWERS, "done", "approved", "paid", "ended")
    assert tuple(EXPENSES.moves) == ("approved", "paid", "ended")


def test_every_move_of_a_payment_from_every_state_by_everybody():
    """Four pairs of hands: offered, done, approved, paid; and only she answers."""
    found = set()
    for name, state, who in itertools.product(PAYMENTS.moves, S, EVERYBODY):
        payment = a_payment(state)
        person = _who(who, payment)
        if who.endswith("who said done"):
            payment.steps.append(PaymentStep(number=3, state=S.DUE, on=TUESDAY, by_id=person.id))
        if who.endswith("who approved"):
            payment.steps.append(PaymentStep(number=3, state=S.APPROVED, on=TUESDAY, by_id=person.id))
        if PAYMENTS.may(person, name, payment):
            found.add((name, state, who))
    assert found == ALLOWED
    assert {state for state in S if PAYMENTS.may(None, "ended", a_payment(state))} == IS_OWED


def test_every_move_of_an_expense_from_every_state_by_everybody():
    found = set()
    for name, state, who in itertools.product(EXPENSES.moves, ExpenseState, EVERYBODY):
        expense = Expense(workstream=a_table(), person_id=uuid4(), claimed_by_id=uuid4(), state=state)
        person = _who(who, expense)
        if who.endswith("who said done"):
            expense.claimed_by_id = person.id
        if who.endswith("who approved"):
            expense.approved_by_id = person.id
        if EXPENSES.may(person, name, expense):
            found.add((name, state, who))
    assert found == EXPENSES_ALLOWED
    ends = {state for state in ExpenseState if EXPENSES.may(None, "ended", Expense(state=state))}
    assert ends == {ExpenseState.CLAIMED, ExpenseState.APPROVED}


def test_facilitator_may_offer_until_the_group_is_closed():
    stream, sam = a_table(), somebody()
    assert rules.may_offer(sam, stream).reason == "Only a facilitator can do this."
    a_seat(stream, sam, Role.FACILITATOR)
    assert rules.may_offer(sam, stream)
    stream.state = WorkstreamState.CLOSED
    assert rules.may_offer(sam, stream).reason == "It is closed."


def test_members_with_lived_experience_who_joined_are_offered_payments():
    stream = a_table()
    robin, ada, gone = somebody(Side.LIVED), somebody(), somebody(Side.LIVED, active=False)
    paused = a_seat(stream, somebody(Side.LIVED), state=MembershipState.PAUSED)
    seats = [a_seat(stream, robin), a_seat(stream, ada), a_seat(stream, gone), paused]
    assert [rules.fits(seat) for seat in seats] == [True, False, False, False]


# --- When.


def test_task_begins_with_its_session_or_with_its_day():
    begins = datetime(2025, 11, 25, 18, tzinfo=HERE)
    assert rules.begins(a_payment(session=Session(begins=begins, on=TUESDAY))) == begins
    alone = a_payment()
    assert rules.begins(alone) == datetime.combine(TUESDAY, time(0), HERE)
    assert (alone.day, a_payment(session=Session(on=date(2025, 12, 9), begins=begins)).day) == (
        TUESDAY,
        date(2025, 12, 9),
    )


def test_offer_and_answer_come_before_the_task_and_the_rest_after():
    payment = a_payment()
    midnight = datetime(2025, 11, 25, tzinfo=HERE)
    for now, before in ((midnight - timedelta(minutes=1), True), (midnight, False)):
        assert bool(rules.may_offer_for(rules.begins(payment), now)) == before
        assert bool(rules.is_before(payment, now)) == before
        assert bool(rules.has_begun(payment, now)) != before


def test_money_comes_on_a_working_day_after_the_task():
    christmas = [Holiday(kind=HolidayKind.BANK, first=date(2025, 12, 25), last=date(2025, 12, 26), what="Christmas")]
    assert rules.may_be_paid_on(TUESDAY, TUESDAY, christmas)
    assert rules.may_be_paid_on(date(2025, 11, 24), TUESDAY, []).reason == (
        "That is before the task. Choose a later day."
    )
    for off in (date(2025, 11, 29), date(2025, 12, 25)):
        assert (
            rules.may_be_paid_on(off, TUESDAY, christmas).reason == "No money moves on that day. Choose a working day."
        )
    assert rules.earliest_pay_day(date(2025, 12, 19), christmas) == date(2025, 12, 30)


def test_price_follows_the_rate_of_the_day():
    rates = [Rate(what="One session", pence=2500), Rate(what="Nothing", pence=0)]
    assert rules.price(rates, "One session", 2) == 5000
    assert rules.price(rates, "Nothing", 1) is None
    assert rules.price(rates, "Dancing", 1) is None


@pytest.mark.parametrize(
    ("state", "when", "is_off", "back"),
    [
        (S.OFFERED, "before", False, True),
        (S.OFFERED, "after", False, False),
        (S.ACCEPTED, "before", False, False),
        (S.ACCEPTED, "after", True, True),
        (S.PART, "before", True, True),
        (S.DECLINED, "after", True, True),
        (S.DUE, "after", True, False),
        (S.PAID, "after", True, False),
    ],
)
def test_offer_is_taken_back_only_unanswered_or_where_the_task_did_not_take_place(state, when, is_off, back):
    payment = a_payment(state)
    sam = _who("facilitator", payment)
    now = NOW if when == "before" else datetime(2025, 11, 26, 9, tzinfo=HERE)
    assert bool(rules.may_withdraw(sam, payment, now, is_off=is_off)) == back
    assert not rules.may_withdraw(somebody(), payment, now, is_off=is_off)


# --- What is said of it.


def test_new_number_or_address_is_trusted_after_a_day_a6():
    changed = datetime(2025, 11, 18, 12, tzinfo=UTC)
    assert rules.has_rested(None, changed)
    for after, is_trusted in ((timedelta(0), False), (timedelta(hours=23), False), (timedelta(hours=24), True)):
        assert bool(rules.has_rested(changed, changed + after)) is is_trusted
    assert rules.has_rested(changed, changed).reason.endswith("how we pay you from Wednesday 19 November, 12pm.")


def test_late_payments_are_those_owed_after_the_day_that_was_said():
    by = date(2025, 12, 2)
    late = {state for state in S if rules.is_late(a_payment(state), by, date(2025, 12, 3))}
    assert late == {S.ACCEPTED, S.PART, S.DUE, S.APPROVED}
    assert not any(rules.is_late(a_payment(state), by, by) for state in S)
    assert not any(rules.is_late(a_payment(state), None, date(2025, 12, 3)) for state in S)


def test_day_of_pay_goes_along_with_a_session_that_moved_past_it():
    moved = {on: rules.paid_by(a_payment(session=Session(on=on)), []) for on in (TUESDAY, date(2025, 12, 2))}
    assert set(moved.values()) == {date(2025, 12, 2)}
    assert rules.paid_by(a_payment(session=Session(on=date(2025, 12, 9))), []) == date(2025, 12, 16)


def test_day_of_pay_nobody_chose_goes_along_with_the_task_wherever_it_goes():
    for on, by in (
        (date(2025, 11, 18), date(2025, 11, 25)),
        (TUESDAY, date(2025, 12, 2)),
        (date(2025, 12, 1), date(2025, 12, 8)),
    ):
        assert rules.paid_by(a_payment(session=Session(on=on), pay_on=None), []) == by
    assert rules.paid_by(a_payment(pay_on=None), []) == date(2025, 12, 2)


def test_standing_is_one_of_eight_words_with_its_date():
    by = date(2025, 12, 2)
    said = {state: rules.standing(a_payment(state, accepted_pence=1000), by, TUESDAY) for state in S}
    assert {each.word for each in said.values()} == {
        "offered",
        "accepted",
        "part",
        "declined",
        "due",
        "approved",
        "paid",
        "ended",
    }
    assert {each.on for each in said.values()} == {date(2025, 11, 17), date(2025, 11, 18)}
    assert said[S.PART].words == "You said yes to £10.00 of it on 18 November 2025. Paid by 2 December 2025."
    assert said[S.DECLINED].words == "You said no on 18 November 2025. That is fine."
    assert (
        rules.standing(a_payment(asks_first=True), by, TUESDAY).words == "You want to ask someone first. That is fine."
    )
    late = rules.standing(a_payment(S.DUE), by, date(2025, 12, 3))
    assert late.words == "You did it. Thank you. We said 2 December 2025. It is late, and that is our fault."
    off = rules.standing(a_payment(S.ACCEPTED), None, date(2025, 12, 3))
    assert off.words.startswith("You said yes to all of it on 18 November 2025. It is off")
    assert rules.standing(a_payment(S.DECLINED), None, TUESDAY).words == said[S.DECLINED].words


def test_offer_says_who_made_it():
    payment = a_payment(S.ACCEPTED)
    assert rules.offered_by(payment) is payment.steps[0].by


# --- Expenses.


def test_claims_are_for_members_and_taken_back_until_approved():
    robin, sam, stream = somebody(Side.LIVED), somebody(), a_table()
    assert rules.may_claim(robin)
    assert not rules.may_claim(sam)
    assert not rules.may_claim_for(sam, stream)
    expense = Expense(person_id=robin.id, workstream=stream, state=ExpenseState.CLAIMED)
    assert rules.may_take_back(robin, expense)
    assert not rules.may_take_back(sam, expense)
    expense = Expense(person_id=robin.id, workstream=stream, state=ExpenseState.APPROVED)
    assert rules.may_take_back(robin, expense).reason == "It is approved already."


def test_receipt_is_seen_by_its_owner_and_by_who_approves_o5():
    seen = set()
    for who in EVERYBODY:
        expense = Expense(workstream=a_table(), person_id=uuid4())
        if rules.may_see_receipt(_who(who, expense), expense):
            seen.add(who)
    approvers = {who for who in EVERYBODY if who.startswith(("facilitator", "admin"))}
    assert seen == {"payee", *approvers}


# --- How somebody is paid.


def test_how_somebody_is_paid_is_hers_to_say():
    robin, sam = somebody(Side.LIVED), somebody()
    assert rules.may_say_how(robin, robin)
    assert not rules.may_say_how(sam, robin)
    assert not rules.may_say_how(sam, sam)


def test_whoever_runs_a_group_cannot_pay():
    assert rules.may_pay(runs_a_group=False)
    assert not rules.may_pay(runs_a_group=True)


def test_officer_pays_here_and_nobody_else():
    programme, pat = Programme(name="Born"), somebody()
    assert not rules.pays_for(pat, None)
    assert not rules.pays_for(pat, programme)
    programme.payments_officer = pat
    assert rules.pays_for(pat, programme)


@pytest.mark.parametrize(
    ("by", "minutes", "proven"),
    [
        ("code", 0, True),
        ("code", 10, True),
        ("code", 11, False),
        ("card", 3, True),
        ("contact changed", 0, False),
        ("the session before", 0, False),
        ("link", 0, False),
    ],
)
def test_bank_details_need_a_code_of_ten_minutes(by, minutes, proven):
    began = datetime(2025, 11, 17, 9, tzinfo=UTC)
    assert bool(rules.is_proven(by, began, began + timedelta(minutes=minutes))) == proven


def test_code_goes_only_where_she_may_be_written_to():
    def places(can_text=True, reach=None, **fields):
        robin = somebody(Side.LIVED, **{"no_text_links": False, "phone": None, "email": None} | fields)
        return list(rules.places_for_code(robin, reach or Reach(phone_is_safe=None), can_text).values())

    both = {"phone": "+447700900142", "email": "robin@example.org"}
    by_text, by_mail = "By text, to the phone that ends in 42", "By e-mail, to the address that starts with r"
    assert places(**both) == [by_text, by_mail]
    assert places(can_text=False, **both) == [by_mail]
    assert places(no_text_links=True, **both) == [by_mail]
    assert places(reach=Reach(phone_is_safe=False), **both) == [by_mail]
    assert places(phone="+447700900142") == [by_text]
    assert places() == []


@pytest.mark.parametrize("typed", ["123456", "12-34-56", "12 34 56", "12–34–56"])
def test_sort_code_may_be_written_in_several_ways(typed):
    assert rules.fault_of_sort_code(typed) == ""
    assert rules.only_numbers(typed) == "123456"


def test_numbers_that_are_odd_are_said_kindly():
    assert rules.fault_of_sort_code("12345") == "A sort code has 6 numbers, like 12-34-56. It is on your bank card."
    assert rules.fault_of_account("8765 4334") == ""
    assert "put a 0 in front" in rules.fault_of_account("7654334")
    assert rules.fault_of_account("GB33BUKB") == (
        "An account number has 8 numbers. It is on your bank card, or in your bank’s app."
    )


def test_bank_details_show_no_more_than_their_end():
    details = rules.BankDetails("Robin Example", "123456", "87654334")
    assert (details.ending, details.spaced) == ("ends in 34", "12-34-56")
    assert set(rules.WAYS) == set(PayWay)


# --- Nobody's benefits, ever.

WORDS_OF_BENEFITS = re.compile(
    r"universal.?credit|taper|work.?allowance|earnings.?(limit|disregard|rule)|disregard|entitle|"
    r"benefit\w*\s*[=*/+-]|(calculat|comput|estimat)\w*.{0,40}benefit|benefit.{0,40}(calculat|comput|estimat)",
    re.IGNORECASE,
)
ALLOWED_LINES = ("Never calculate", "ever worked out", "for an adviser to say", "benefits calculation")


def test_product_contains_no_benefits_calculation():
    """Domain rule 27: benefits are named in words on pages, and no line of the product works with them."""
    files = [
        *(ROOT / "coprod").rglob("*.py"),
        *(ROOT / "templates").rglob("*.html"),
        *(ROOT / "static").glob("js/**/*"),
    ]
    found = [
        f"{file.relative_to(ROOT)}: {line.strip()}"
        for file in files
        if file.is_file()
        for line in file.read_text("utf-8").splitlines()
        if WORDS_OF_BENEFITS.search(line) and not any(words in line for words in ALLOWED_LINES)
    ]
    assert found == []


def test_no_name_in_the_code_of_payments_speaks_of_benefits_but_the_page_and_its_number():
    """What a program can work out it has to name: nothing here has a name for anybody's benefits."""
    named = set()
    for file in (ROOT / "coprod").rglob("*.py"):
        code = re.sub(r'"""[\s\S]*?"""|"[^"\n]*"', "", file.read_text("utf-8"))
        named |= {(file.parent.name, word) for word in re.findall(r"\w*benefit\w*", code, re.IGNORECASE)}
    assert named == {("views", "benefits")}


def test_the_check_for_benefits_finds_a_planted_one():
    planted = ("taper = 55", "benefits = earned * 0.45", "def calculate_benefit(", "the Universal Credit allowance")
    assert all(WORDS_OF_BENEFITS.search(line) for line in planted)


def test_answers_have_a_move_each():
    assert set(rules.BY_ANSWER.values()) == set(ANSWERS)
    assert all(rules.is_answer(name) == (name in ANSWERS) for name in PAYMENTS.moves)
    assert offers.ANSWERABLE == BEFORE_IT_IS_DUE
