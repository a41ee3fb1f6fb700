"""For who runs a group: offering payments, saying what was done, approving; and the admins' list of what waits."""

from datetime import date
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import YES, require
from coprod.core.clock import now, today
from coprod.core.web import me
from coprod.payments import queries, rules, services
from coprod.payments.forms import OfferForm, PaperForm
from coprod.payments.models import Payment
from coprod.payments.views.blueprint import Page, bp
from coprod.people.models import Person
from coprod.programmes import queries as programmes
from coprod.programmes.rules import payments_officer, pounds
from coprod.workstreams.models import Workstream
from coprod.workstreams.queries import rates_on

SAID = {"done": "It was done. It is owed now, and waits for a second person.", "approved": "It is approved."}


@bp.get("/workstreams/<uuid:key>/payments")
def group(key: UUID) -> str:
    """List what was offered in this group and how far it is; and, apart from it, what was spent."""
    stream = queries.run_by(me(), key)
    payments = queries.offers_in(stream)
    by = queries.promises(payments)
    return render_template(
        "payments/group.html",
        stream=stream,
        payments=[_line(payment, by[payment.id]) for payment in payments],
        expenses=[(each, rules.EXPENSES.may(me(), "approved", each)) for each in queries.claims_in(stream)],
        may_offer=rules.may_offer(me(), stream),
        officer=payments_officer(stream.programme),
        pounds=pounds,
    )


def _line(payment: Payment, by: date | None) -> dict[str, object]:
    begun = rules.has_begun(payment, now())
    return {
        "payment": payment,
        "on": rules.since(payment).on,
        "by": by,
        "is_late": rules.is_late(payment, by, today()),
        "done": rules.PAYMENTS.may(me(), "done", payment) & begun,
        "approved": rules.PAYMENTS.may(me(), "approved", payment),
        "back": rules.may_withdraw(me(), payment, now(), is_off=by is None),
    }


@bp.get("/workstreams/<uuid:key>/payments/new")
def new(key: UUID) -> str:
    """Ask what is offered to whom."""
    stream = queries.run_by(me(), key)
    require(rules.may_offer(me(), stream))
    return _ask(stream, _offer_form(stream, empty=True))


@bp.post("/workstreams/<uuid:key>/payments/new")
def make(key: UUID) -> Page:
    """Offer it."""
    stream = queries.run_by(me(), key)
    require(rules.may_offer(me(), stream))
    form = _offer_form(stream)
    if not form.validate() or not _takes(form):
        return _ask(stream, form), 422
    made = services.offer_to_all(stream, form.to, _task(form), by=me())
    flash(f"{len(made)} offered. Each of them is told once." if made else "They had that offer before.")
    return redirect(url_for(".group", key=key), 303)


def _offer_form(stream: Workstream, *, empty: bool = False) -> OfferForm:
    sessions, known = queries.sessions_to_come(stream, now()), programmes.rates()
    given = {"formdata": None} if empty else {}
    return OfferForm(_members(stream), sessions, known, **given)


def _members(stream: Workstream) -> list[Person]:
    return sorted((place.person for place in stream.memberships if rules.fits(place)), key=lambda one: one.alias)


def _takes(form: OfferForm) -> bool:
    """Say beside the field what the service would refuse: no rate, no working day, too late."""
    task = _task(form)
    payment = Payment(session=task.session, task_on=task.on)
    priced = rules.price(rates_on(task.on), task.kind, task.times)
    return form.takes(
        on=rules.may_offer_for(rules.begins(payment), now()),
        kind=YES if priced else services.NO_RATE,
        pay_on=services.may_be_paid_on(task.pay_on, task.on),
    )


def _task(form: OfferForm) -> services.Task:
    many = form.times.data or 1
    return services.Task(form.what.data, form.kind.data, many, form.day, form.for_session, form.pay_on.data)


def _ask(stream: Workstream, form: OfferForm) -> str:
    return render_template("payments/new.html", stream=stream, form=form)


@bp.post("/payments/<uuid:key>/moves")
def move(key: UUID) -> Response:
    """Say that it was done, or approve it."""
    payment, name = queries.one_kept_by(me(), key), request.form.get("name", "")
    stream = payment.workstream
    services.move(payment, name, by=me())
    flash(SAID.get(name, "Kept."))
    return _back(stream)


@bp.post("/payments/<uuid:key>/take-back")
def withdraw(key: UUID) -> Response:
    """Take an offer back."""
    payment = queries.one_kept_by(me(), key)
    stream = payment.workstream
    services.withdraw(payment, by=me())
    flash("The offer is taken back.")
    return _back(stream)


@bp.post("/expenses/<uuid:key>/approve")
def approve_expense(key: UUID) -> Response:
    """Approve what somebody spent."""
    expense = queries.one_expense_kept_by(me(), key)
    services.move_expense(expense, "approved", by=me())
    flash("It is approved.")
    return _back(expense.workstream)


def _back(stream: Workstream) -> Response:
    runs = bool(rules.may_claim_for(me(), stream))
    return redirect(url_for(".group", key=stream.id) if runs else url_for(".to_approve"), 303)


@bp.get("/workstreams/<uuid:key>/payments/receipt")
def paper(key: UUID) -> str:
    """Ask what a member handed in on paper."""
    stream = queries.run_by(me(), key)
    return _ask_paper(stream, PaperForm(_members(stream), formdata=None))


@bp.post("/workstreams/<uuid:key>/payments/receipt")
def write_down(key: UUID) -> Page:
    """Write it down for her."""
    stream = queries.run_by(me(), key)
    form = PaperForm(_members(stream))
    if not form.validate():
        return _ask_paper(stream, form), 422
    services.claim_for(stream, form.person, form.what.data, form.pounds.pence, form.day, by=me())
    flash("It is written down. Somebody else approves it.")
    return redirect(url_for(".group", key=key), 303)


def _ask_paper(stream: Workstream, form: PaperForm) -> str:
    return render_template("payments/paper.html", stream=stream, form=form)


@bp.get("/payments/to-approve")
def to_approve() -> str:
    """List for a programme admin what waits for a second person."""
    due, claimed = queries.to_approve(me())
    by = queries.pay_days(due)
    return render_template(
        "payments/to_approve.html",
        payments=[
            (each, rules.PAYMENTS.may(me(), "approved", each), by[each.id], rules.is_late(each, by[each.id], today()))
            for each in due
        ],
        expenses=[(each, rules.EXPENSES.may(me(), "approved", each)) for each in claimed],
        pounds=pounds,
    )
