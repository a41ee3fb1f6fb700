"""What a member spent to come: claimed with a photo or on paper, and handed out to those who approve it alone."""

from typing import cast
from uuid import UUID

from flask import Response as Answer
from flask import flash, redirect, render_template, url_for
from sqlalchemy.exc import NoResultFound

from coprod.core.web import me
from coprod.payments import queries, services
from coprod.payments.forms import ExpenseForm
from coprod.payments.views.blueprint import Page, bp
from coprod.workstreams.models import Workstream


@bp.get("/my-pay/expenses/new")
def new_expense() -> str:
    """Ask what she spent."""
    groups = _groups()
    return _ask(ExpenseForm(groups, formdata=None))


@bp.post("/my-pay/expenses/new")
def claim() -> Page:
    """Claim it."""
    form = ExpenseForm(_groups())
    if not form.validate():
        return _ask(form), 422
    expense = services.claim(form.stream, form.what.data, form.pounds.pence, form.day, form.picture, by=me())
    later = " Please hand in the receipt when we meet." if expense.on_paper else ""
    flash(f"Thank you. We have it, and you get it back.{later}")
    return redirect(url_for(".mine"), 303)


@bp.post("/my-pay/expenses/<uuid:key>/take-back")
def take_back(key: UUID) -> Page:
    """Take a claim back."""
    services.take_back(queries.one_spent_by(me(), key), by=me())
    flash("It is taken back.")
    return redirect(url_for(".mine"), 303)


@bp.get("/expenses/<uuid:key>/receipt")
def receipt(key: UUID) -> Answer:
    """Hand the picture over as a file, to whoever may see it at this moment (O5)."""
    expense = queries.one_with_receipt(me(), key)
    answer = Answer(cast(bytes, expense.receipt), mimetype="image/jpeg")
    answer.headers["Content-Disposition"] = "attachment; filename=receipt.jpg"
    return answer


def _groups() -> list[Workstream]:
    groups = queries.groups_of(me()) if me().is_lived else []
    if not groups:
        raise NoResultFound
    return groups


def _ask(form: ExpenseForm) -> str:
    return render_template("payments/new_expense.html", form=form)
