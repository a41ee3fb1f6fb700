"""Ways in: a code by e-mail, the second step of professionals, a printed card."""

import io
from uuid import UUID, uuid4

import segno
from flask import Response as FlaskResponse
from flask import current_app, redirect, render_template, request, session, url_for
from itsdangerous import BadSignature
from sqlalchemy.exc import NoResultFound
from werkzeug.wrappers import Response

from coprod.core.web import cookie_name, drop_cookie, give_cookie, leaves_no_event, public
from coprod.people import queries, rules, services
from coprod.people.doors import sign_in_here
from coprod.people.forms import AddressForm, AuthenticatorForm, CardForm, CodeForm
from coprod.people.models import Person, Ticket
from coprod.people.sealing import real_now, signer
from coprod.people.views.blueprint import bp

HOME = "/"
STEP = "step"
WRONG_CODE = "That code did not work. It may have run out. Check it, or ask for a new one."
WRONG_CARD = "Those words did not work. Check them, or ask for a new card."
Page = Response | str | tuple[str, int]


@bp.get("/sign-in")
@public
def sign_in() -> Page:
    """Ask for an e-mail address; nothing is looked up and nothing is written."""
    return _ask_address(AddressForm())


@bp.post("/sign-in")
@public
@leaves_no_event
def ask_for_code() -> Page:
    """Take down who wants a code, and answer everybody the same (A5)."""
    form = AddressForm()
    if not form.validate():
        return _ask_address(form), 422
    address = rules.same_address(form.email.data)
    from_here = rules.ASKED_FROM_HERE, f"{address} {place()}"
    # Whoever asks for more than is sent gets the same answer, and no message.
    welcome = services.within_limits(from_here, (rules.ASKED_AT_ALL, address), (rules.FROM_ONE_PLACE, place()))
    _remember_step(services.ask_for_code(address) if welcome else uuid4())
    return redirect(url_for("people.code"), 303)


@bp.get("/sign-in/code")
@public
def code() -> Page:
    """Ask for the code that was sent."""
    return _ask_code(CodeForm()) if _step_key() else redirect(url_for("people.sign_in"), 303)


@bp.post("/sign-in/code")
@public
@leaves_no_event
def check_code() -> Page:
    """Let somebody in whose code is right: members at once, professionals to their second step."""
    form, key = CodeForm(), _step_key()
    if not key:
        return redirect(url_for("people.sign_in"), 303)
    if not form.validate():
        return _ask_code(form), 422
    tries = (rules.TRIES, f"code {key}"), (rules.FROM_ONE_PLACE, place())
    person = services.spend_code(key, form.code.data) if services.within_limits(*tries) else None
    if person is None:
        form.code.errors = [WRONG_CODE]
        return _ask_code(form), 422
    return _second_step(person) if rules.needs_authenticator(person) else _let_in(person, "code")


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
    form, key = AuthenticatorForm(), _step_key()
    if not key:
        return redirect(url_for("people.sign_in"), 303)
    allowed = services.within_limits((rules.TRIES, f"step {key}"), (rules.FROM_ONE_PLACE, place()))
    step = _step()
    if step is None:
        return redirect(url_for("people.sign_in"), 303)
    passed = services.pass_step(key, form.code.data) if form.validate() and allowed else None
    if passed is None:
        form.code.errors = form.code.errors or [WRONG_CODE]
        return _ask_authenticator(form, step), 422
    answer = _let_in(passed.person, "code and authenticator")
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
    allowed = services.within_limits((rules.FROM_ONE_PLACE, place()))
    person = services.spend_card(form.words.data) if allowed else None
    if person is None:
        form.words.errors = [WRONG_CARD]
        return _ask_card(form), 422
    return _let_in(person, "card")


def place() -> str:
    """Answer where a request comes from, as far as limits need it."""
    return request.remote_addr or ""


def _let_in(person: Person, by: str) -> Response:
    session.clear()
    drop_cookie(STEP)
    sign_in_here(person, by)
    return redirect(HOME, 303)


def _second_step(person: Person) -> Response:
    _remember_step(services.begin_step(person))
    return redirect(url_for("people.authenticator"), 303)


def _remember_step(key: UUID) -> None:
    lasts = int(rules.CODE_LASTS.total_seconds())
    give_cookie(STEP, signer(STEP).sign(str(key)).decode(), lasts=lasts)


def _step_key() -> UUID | None:
    """Answer which half-done sign-in this browser is in: a code works nowhere else."""
    cookie = request.cookies.get(cookie_name(STEP), "")
    try:
        return UUID(signer(STEP).unsign(cookie, max_age=int(rules.CODE_LASTS.total_seconds())).decode())
    except BadSignature:
        return None


def _step() -> Ticket | None:
    key = _step_key()
    return queries.step(key, real_now()) if key else None


def _ask_address(form: AddressForm) -> str:
    demonstration = current_app.config["DEMONSTRATION"]
    return render_template("people/sign_in.html", form=form, demonstration=demonstration)


def _ask_code(form: CodeForm) -> str:
    return render_template("people/code.html", form=form)


def _ask_card(form: CardForm) -> str:
    return render_template("people/card.html", form=form)


def _ask_authenticator(form: AuthenticatorForm, step: Ticket) -> str:
    return render_template("people/authenticator.html", form=form, secret=services.new_secret(step))
