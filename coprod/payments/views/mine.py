"""A member's own pages about her pay: the offer, what it may mean for benefits, a letter, and how far it is."""

from uuid import UUID

from flask import current_app, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.clock import now, today
from coprod.core.web import me
from coprod.payments import queries, rules, services
from coprod.payments.forms import AnswerForm, SomeForm
from coprod.payments.models import Payment
from coprod.payments.rules import Says
from coprod.payments.views.blueprint import Page, bp, members_only
from coprod.programmes.rules import pounds

NO_IS_FINE = "That is fine. You need not say why. You can change it until it begins."
ASK_FIRST = "That is fine. Take your time. You can answer until it begins."


@bp.get("/my-pay")
def mine() -> str:
    """Show a member what she was offered and what she spent, each by itself, and how she is paid."""
    members_only()
    offered, method = queries.payments_of(me()), queries.method_of(me())
    by = queries.promises(offered)
    return render_template(
        "payments/mine.html",
        payments=[(each, rules.standing(each, by[each.id], today())) for each in offered],
        waiting=[one for one in offered if one.state == "offered" and by[one.id] and rules.is_before(one, now())],
        expenses=[(each, rules.may_take_back(me(), each)) for each in queries.expenses_of(me())],
        method=method,
        ending=services.ending(method),
        is_lost=services.is_lost(method),
        ways=rules.WAYS,
        pounds=pounds,
        may_claim=bool(queries.groups_of(me())),
    )


@bp.get("/my-pay/offers/<uuid:key>")
def offer(key: UUID) -> str:
    """Say how much it is, what for and when it is paid, and ask."""
    return _offer(queries.one_offered_to(me(), key), AnswerForm(formdata=None))


@bp.post("/my-pay/offers/<uuid:key>")
def answer(key: UUID) -> Page:
    """Take the answer, and go on to what it may mean."""
    payment, form = queries.one_offered_to(me(), key), AnswerForm()
    if not form.validate():
        return _offer(payment, form), 422
    if form.says == Says.SOME:
        require(services.may_answer(payment, form.says, by=me()))
        return redirect(url_for(".some", key=key), 303)
    services.answer(payment, form.says, by=me())
    return _go_on(payment, form.says)


def _offer(payment: Payment, form: AnswerForm) -> str:
    by = queries.promises([payment])[payment.id]
    return render_template(
        "payments/offer.html",
        payment=payment,
        form=form,
        by=by,
        standing=rules.standing(payment, by, today()),
        may=services.may_answer(payment, Says.ALL, by=me()),
        begins=rules.begins(payment),
        pounds=pounds,
    )


def _go_on(payment: Payment, says: Says) -> Response:
    if says == Says.NO:
        flash(NO_IS_FINE)
        return redirect(url_for(".mine"), 303)
    if says == Says.ASK:
        flash(ASK_FIRST)
    return redirect(url_for(".benefits", key=payment.id), 303)


@bp.get("/my-pay/offers/<uuid:key>/some")
def some(key: UUID) -> str:
    """Ask how much of it."""
    return _some(queries.one_offered_to(me(), key), SomeForm(formdata=None))


@bp.post("/my-pay/offers/<uuid:key>/some")
def take_some(key: UUID) -> Page:
    """Take as much as she says."""
    payment, form = queries.one_offered_to(me(), key), SomeForm()
    if not form.validate() or not form.fits(payment.pence):
        return _some(payment, form), 422
    services.answer(payment, Says.SOME, form.pounds.pence, by=me())
    return _go_on(payment, Says.SOME)


def _some(payment: Payment, form: SomeForm) -> str:
    require(services.may_answer(payment, Says.SOME, by=me()))
    return render_template("payments/some.html", payment=payment, form=form, pounds=pounds)


@bp.get("/my-pay/offers/<uuid:key>/benefits")
def benefits(key: UUID) -> str:
    """Say in general what counts as earnings; nobody's benefits are ever worked out here (domain rule 27)."""
    payment = queries.one_offered_to(me(), key)
    line = current_app.config.get("BENEFITS_LINE", "")
    method = queries.method_of(me())
    return render_template("payments/benefits.html", payment=payment, line=line, has_said_how=method is not None)


@bp.get("/my-pay/offers/<uuid:key>/letter")
def letter(key: UUID) -> str:
    """Print what was offered, by whom and when, and nothing else."""
    payment = queries.one_offered_to(me(), key)
    return render_template(
        "payments/letter.html",
        payment=payment,
        offered_by=rules.offered_by(payment),
        by=queries.promises([payment])[payment.id],
        offered_on=payment.steps[0].on,
        pounds=pounds,
    )
