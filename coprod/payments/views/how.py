"""How a member is paid: first a code, then bank, voucher or cash; bank details are shown to nobody again (rule 12)."""

from uuid import uuid4

from flask import flash, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import Answer
from coprod.core.security_log import note_refusal
from coprod.core.texts import can_text
from coprod.core.web import drop_cookie, leaves_no_event, me
from coprod.messages.services import reach_of
from coprod.payments import queries, rules, services
from coprod.payments.forms import BankForm, SendCodeForm, WayForm
from coprod.payments.models import PayWay
from coprod.payments.views.blueprint import Page, bp, members_only
from coprod.people import rules as people_rules
from coprod.people import services as people
from coprod.people.doors import remember_step, sign_in_here, step_here
from coprod.people.forms import CodeForm
from coprod.people.rules import same_contact
from coprod.people.sealing import real_now

STEP = "pay-step"
WRONG_CODE = "That code did not work. It may have run out. Check it, or ask for a new one."
AGAIN = "It is more than ten minutes since your code. Ask for a new one. Nothing was changed."


@bp.get("/my-pay/how")
def details() -> str:
    """Ask how she wants to be paid; before that, for a code, which waits for a day where her contact is new."""
    members_only()
    if not (rested := services.has_rested(me())):
        return render_template("payments/wait.html", why=rested.reason)
    return _ask_way(WayForm(formdata=None)) if _is_proven() else _offer_code()


@bp.post("/my-pay/how")
def say_how() -> Page:
    """Keep a voucher or cash at once; ask for the account where it is a bank."""
    members_only()
    if not _is_proven():
        return _once_more()
    form = WayForm()
    if not form.validate():
        return _ask_way(form), 422
    if form.chosen == PayWay.BANK:
        return redirect(url_for(".bank"), 303)
    services.say_how(me(), form.chosen, by=me())
    return _kept()


@bp.get("/my-pay/how/bank")
def bank() -> Page:
    """Ask where the money goes; what was said before is never shown again."""
    members_only()
    return _ask_bank(BankForm(formdata=None)) if _is_proven() else _once_more()


@bp.post("/my-pay/how/bank")
@leaves_no_event
def say_bank() -> Page:
    """Seal it."""
    members_only()
    if not _is_proven():
        return _once_more()
    form = BankForm()
    if not form.validate():
        return _ask_bank(form), 422
    services.say_how(me(), PayWay.BANK, form.details, by=me())
    return _kept()


def _kept() -> Response:
    flash("Thank you. That is how we pay you from now on.")
    return redirect(url_for(".mine"), 303)


def _ask_way(form: WayForm) -> str:
    return render_template("payments/details.html", form=form, method=queries.method_of(me()), ways=rules.WAYS)


def _ask_bank(form: BankForm) -> str:
    return render_template("payments/bank.html", form=form)


# --- The code.


@bp.post("/my-pay/how/send-code")
@leaves_no_event
def send_code() -> Page:
    """Send a code to a number or an address that is hers."""
    welcome = services.is_within(people_rules.ASKED_FROM_HERE, f"pay {me().id}")
    members_only()
    if not services.has_rested(me()):
        return _once_more()
    form = SendCodeForm(_places())
    if not form.validate():
        return _offer_code(form), 422
    contact = same_contact((me().phone if form.to.data == "text" else me().email) or "")
    # Whoever asks for more than is sent gets the same answer, and no message.
    remember_step(STEP, people.ask_for_code(contact) if welcome else uuid4())
    return redirect(url_for(".code"), 303)


@bp.get("/my-pay/how/code")
def code() -> Page:
    """Ask for the code that was sent."""
    members_only()
    return _ask_code(CodeForm(formdata=None)) if step_here(STEP) else _once_more()


@bp.post("/my-pay/how/code")
@leaves_no_event
def check_code() -> Page:
    """Begin her session anew where the code is right: from now on there are ten minutes."""
    key = step_here(STEP)
    allowed = services.is_within(people_rules.TRIES, f"code {key}")
    members_only()
    if key is None:
        return _once_more()
    form = CodeForm()
    if not form.validate():
        return _ask_code(form), 422
    person = people.spend_code(key, form.code.data) if allowed else None
    if person is None or person.id != me().id:
        note_refusal("wrong code", me())
        form.code.errors = [WRONG_CODE]
        return _ask_code(form), 422
    drop_cookie(STEP)
    sign_in_here(person, "code")
    return redirect(url_for(".details"), 303)


def _is_proven() -> Answer:
    session = queries.how_signed_in(g.session_key)
    return services.has_rested(me()) & rules.is_proven(session.by, session.began, real_now())


def _places() -> dict[str, str]:
    return rules.places_for_code(me(), reach_of(me()), can_text())


def _offer_code(form: SendCodeForm | None = None) -> str:
    places = _places()
    return render_template("payments/send_code.html", form=form or SendCodeForm(places, formdata=None), places=places)


def _ask_code(form: CodeForm) -> str:
    return render_template("payments/code.html", form=form)


def _once_more() -> Response:
    if services.has_rested(me()):
        flash(AGAIN)
    return redirect(url_for(".details"), 303)
