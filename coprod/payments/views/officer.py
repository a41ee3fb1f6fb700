"""For the payments officer: what is to be paid, to whom and how; the only pages that show bank details."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from flask import Response as Answer
from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from coprod.core.clock import today
from coprod.core.spreadsheets import as_file
from coprod.core.web import leaves_no_event, me
from coprod.payments import queries, rules, services
from coprod.payments.models import Expense, Payment
from coprod.payments.queries import Till
from coprod.payments.rules import BankDetails
from coprod.payments.views.blueprint import bp
from coprod.people.models import Person
from coprod.programmes.rules import pounds


@bp.get("/payments/")
def index() -> str:
    """List what is to be paid: thank-yous and expenses, each with its own sum and never one."""
    _officer_only()
    till = queries.till(today())
    return render_template("payments/index.html", **_till(till))


@bp.get("/payments/to/<uuid:key>")
def payee(key: UUID) -> str:
    """Show what one person is to be paid, and how."""
    _officer_only()
    return _payee(queries.one_payee(key, today()))


@bp.post("/payments/to/<uuid:key>")
def read_details(key: UUID) -> str:
    """Show somebody's bank details, and write down that they were read."""
    _officer_only()
    person = queries.one_payee(key, today())
    return _payee(person, services.details_of(person, by=me()), asked=True)


def _payee(person: Person, details: BankDetails | None = None, *, asked: bool = False) -> str:
    till = queries.till(today(), person.id)
    way = till.ways.get(person.id)
    return render_template("payments/payee.html", payee=person, details=details, asked=asked, way=way, **_till(till))


def _till(till: Till) -> dict[str, object]:
    by = queries.pay_days(till.fees)
    return {
        "till": till,
        "by": by,
        "late": {fee.id for fee in till.fees if rules.is_late(fee, by[fee.id], today())},
        "fees_sum": pounds(sum(fee.accepted_pence or 0 for fee in till.fees)),
        "expenses_sum": pounds(sum(spent.pence for spent in till.expenses)),
        "pounds": pounds,
        "since": {fee.id: rules.since(fee).on for fee in (*till.fees_paid, *till.fees_ended)},
    }


@bp.post("/payments/<uuid:key>/paid")
def pay(key: UUID) -> Response:
    """Note that a thank-you is paid."""
    _officer_only()
    payment = queries.one_to_pay(key)
    services.move(payment, "paid", by=me())
    flash(f"Paid: {payment.person.alias}, {pounds(payment.accepted_pence or 0)}.")
    return redirect(url_for(".index"), 303)


@bp.post("/expenses/<uuid:key>/paid")
def pay_expense(key: UUID) -> Response:
    """Note that an expense is given back."""
    _officer_only()
    expense = queries.one_expense_to_pay(key)
    services.move_expense(expense, "paid", by=me())
    flash(f"Paid: {expense.person.alias}, {pounds(expense.pence)}.")
    return redirect(url_for(".index"), 303)


# --- For the finance team: a file of each, never both in one (O5, O7).


@bp.post("/payments/files/thank-yous")
@leaves_no_event
def fees_file() -> Answer:
    """Hand over the thank-yous, made here and kept nowhere."""
    _officer_only()
    till = queries.till(today())
    head = ["Name", "Thank-you in pounds", "How", "Pay by", "State", "Paid on"]
    fees = [*till.fees, *till.fees_paid, *till.fees_ended]
    by = queries.pay_days(fees)
    return _file(head, [_fee(fee, till, by[fee.id]) for fee in fees], "thank-yous.csv")


@bp.post("/payments/files/expenses")
@leaves_no_event
def expenses_file() -> Answer:
    """Hand over the expenses, made here and kept nowhere."""
    _officer_only()
    till = queries.till(today())
    head = ["Name", "Expense in pounds", "How", "Approved on", "State", "Paid on"]
    spent = [*till.expenses, *till.expenses_paid, *till.expenses_ended]
    return _file(head, [_spent(one, till) for one in spent], "expenses.csv")


def _fee(fee: Payment, till: Till, by: date) -> Sequence[str]:
    paid = str(rules.since(fee).on) if fee.state == "paid" else ""
    way = till.ways.get(fee.person_id, "has not said")
    return [fee.person.alias, _plain(fee.accepted_pence or 0), str(way), str(by), str(fee.state), paid]


def _spent(one: Expense, till: Till) -> Sequence[str]:
    way = till.ways.get(one.person_id, "has not said")
    paid = str(one.paid_on or "")
    return [one.person.alias, _plain(one.pence), str(way), str(one.approved_on or ""), str(one.state), paid]


def _plain(pence: int) -> str:
    return f"{pence // 100}.{pence % 100:02}"


def _file(head: Sequence[str], rows: Sequence[Sequence[str]], name: str) -> Answer:
    services.took_a_file(by=me())
    answer = Answer(as_file(head, rows), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f"attachment; filename={name}"
    return answer


def _officer_only() -> None:
    """Nobody else finds these pages; a payments officer who runs a group is told why they stay shut."""
    services.pays_here(me())
