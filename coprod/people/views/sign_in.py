"""Ways in: a code by e-mail or text, the second step of professionals, a printed card."""

import io
from uuid import uuid4

import segno
from flask import Response as FlaskResponse
from flask import current_app, redirect, render_template, request, session, url_for
from sqlalchemy.exc import NoResultFound
from werkzeug.wrappers import Response

from coprod.core.security_log import note_refusal
from coprod.core.texts import can_text
from coprod.core.web import drop_cookie, leaves_no_event, public
from coprod.people import queries, rules, services
from coprod.people.doors import remember_step, sign_in_here, step_here, way_back
from coprod.people.forms import AddressForm, AuthenticatorForm, CardForm, CodeForm
from coprod.people.models import Person, Ticket
from coprod.people.sealing import real_now
from coprod.people.views.blueprint import bp

STEP = "step"
WRONG_CODE = "That code did not work. It may have run out. Check it, or ask for a new one."
WRONG_PASSKEY = "That passkey did not work. Try again, or ask for a code here."
WRONG_CARD = "Those words did not work. Check them, or ask for a new card."
Page = Response | str | tuple[str, int]


@bp.get("/sign-in")
@public
def sign_in() -> Page:
    """Ask for an e-mail address or a phone number; nothing is looked up and nothing is written."""
    return _ask_address(AddressForm())


@bp.post("/sign-in")
@public
@leaves_no_event
def ask_for_code() -> Page:
    """Take down who wants a code, and answer everybody the same (A5)."""
    form = AddressForm()
    if not form.validate():
        return _ask_address(form), 422
    contact = rules.same_contact(form.contact.data)
    at_all = rules.ASKED_AT_ALL, contact
    # Whoever asks for more than is sent gets the same answer, and no message.
    welcome = services.within_limits((rules.ASKED_FROM_HERE, f"{contact} {place()}"), at_all, from_here())
    remember_step(STEP, services.ask_for_code(contact) if welcome else uuid4())
    return redirect(url_for("people.code"), 303)


@bp.get("/sign-in/code")
@public
def code() -> Page:
    """Ask for the code that was sent."""
    return _ask_code(CodeForm()) if step_here(STEP) else redirect(url_for("people.sign_in"), 303)


@bp.post("/sign-in/code")
@public
@leaves_no_event
def check_code() -> Page:
    """Let somebody in whose code is right: members at once, professionals to their second step."""
    form, key = CodeForm(), step_here(STEP)
    if not key:
        return redirect(url_for("people.sign_in"), 303)
    if not form.validate():
        return _ask_code(form), 422
    allowed = services.within_limits((rules.TRIES, f"code {key}"), from_here())
    person = services.spend_code(key, form.code.data) if allowed else None
    if person is None:
        _note_refusal("wrong code", allowed)
        form.code.errors = [WRONG_CODE]
        return _ask_code(form), 422
    return _second_step(person) if rules.needs_authenticator(person) else let_in(person, "code")


@bp.get("/sign-in/authenticator")
@public
def authenticator() -> Page:
    """Ask for the authenticator's code, or show how to set one up."""
    step = _step()
    return _ask_authenticator(AuthenticatorForm(), step) if step else redirect(url_for("people.sign_in"), 303)


@bp.get("/sign-in/authenticator/picture")
@public
def authenticator_picture() -> FlaskResponse:
    """Draw the square that an authenticator reads, while one is being set up."""
    step = _step()
    secret = services.new_secret(step) if step else None
    if secret is None:
        raise NoResultFound
    drawing = io.BytesIO()
    segno.make(services.authenticator_address(secret), micro=False).save(drawing, kind="svg", scale=5, light="#fff")
    return FlaskResponse(drawing.getvalue(), mimetype="image/svg+xml")


@bp.post("/sign-in/authenticator")
@public
@leaves_no_event
def check_authenticator() -> Page:
    """Let a professional in whose second step is right; the first time, with recovery codes, shown once."""
    form, key = AuthenticatorForm(), step_here(STEP)
    if not key:
        return redirect(url_for("people.sign_in"), 303)
    allowed = services.within_limits((rules.TRIES, f"step {key}"), from_here())
    step = _step()
    if step is None:
        return redirect(url_for("people.sign_in"), 303)
    passed = services.pass_step(key, form.code.data) if form.validate() and allowed else None
    if passed is None:
        _note_refusal("wrong second step", allowed, step.person)
        form.code.errors = form.code.errors or [WRONG_CODE]
        return _ask_authenticator(form, step), 422
    answer = let_in(passed.person, "code and authenticator")
    if passed.recovery_codes:
        return render_template("people/recovery_codes.html", codes=passed.recovery_codes)
    return answer


@bp.get("/card")
@public
def card() -> Page:
    """Ask for the words on a card."""
    return _ask_card(CardForm())


@bp.post("/card")
@public
@leaves_no_event
def check_card() -> Page:
    """Let a member in whose card's words are right."""
    form = CardForm()
    if not form.validate():
        return _ask_card(form), 422
    allowed = services.within_limits(from_here())
    person = services.spend_card(form.words.data) if allowed else None
    if person is None:
        _note_refusal("wrong card words", allowed)
        form.words.errors = [WRONG_CARD]
        return _ask_card(form), 422
    return let_in(person, "card")


def place() -> str:
    """Answer where a request comes from, as far as limits need it."""
    return request.remote_addr or ""


def from_here() -> tuple[rules.Limit, str]:
    """Answer the limit on what may be tried from one place, and which place that is."""
    return rules.FROM_ONE_PLACE, place()


def let_in(person: Person, by: str) -> Response:
    """Sign this person in, and go to the page that was asked for, or the first one; nothing else stays of before."""
    session.clear()
    drop_cookie(STEP)
    sign_in_here(person, by)
    return redirect(way_back(person), 303)


def refuse_passkey(allowed: bool) -> Page:
    """Ask again, where a device's answer let nobody in."""
    _note_refusal("passkey refused", allowed)
    form = AddressForm(None)
    form.contact.errors = [WRONG_PASSKEY]
    return _ask_address(form), 422


def _note_refusal(what: str, looked_at: bool, person: Person | None = None) -> None:
    """Write down what was looked at and refused; a flood of tries fills no log."""
    if looked_at:
        note_refusal(what, person)


def _second_step(person: Person) -> Response:
    remember_step(STEP, services.begin_step(person))
    return redirect(url_for("people.authenticator"), 303)


def _step() -> Ticket | None:
    key = step_here(STEP)
    return queries.step(key, real_now()) if key else None


def _ask_address(form: AddressForm) -> str:
    form.settle(can_text())
    demonstration = current_app.config["DEMONSTRATION"]
    return render_template("people/sign_in.html", form=form, demonstration=demonstration, can_text=can_text())


def _ask_code(form: CodeForm) -> str:
    return render_template("people/code.html", form=form)


def _ask_card(form: CardForm) -> str:
    return render_template("people/card.html", form=form)


def _ask_authenticator(form: AuthenticatorForm, step: Ticket) -> str:
    return render_template("people/authenticator.html", form=form, secret=services.new_secret(step))
