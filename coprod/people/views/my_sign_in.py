"""How I sign in: where I am signed in, and the passkeys of professionals."""

from uuid import UUID

from flask import Response as FlaskResponse
from flask import current_app, flash, g, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import Answer, require
from coprod.core.web import leaves_no_event, me, public
from coprod.people import queries, rules, services
from coprod.people.doors import device_name, sign_in_anew
from coprod.people.forms import PasskeyForm
from coprod.people.sealing import real_now
from coprod.people.services import Place
from coprod.people.views.blueprint import bp
from coprod.people.views.leaving import sign_out
from coprod.people.views.sign_in import Page, from_here, let_in, refuse_passkey

NOT_ADDED = "That passkey could not be added. Try again, or use another device."


@bp.get("/my-sessions")
def my_sessions() -> Page:
    """List where I am signed in, and my passkeys."""
    return _show(PasskeyForm(name=device_name()))


@bp.post("/my-sessions/<uuid:key>/end")
@leaves_no_event
def end_one_session(key: UUID) -> Page:
    """End one of them; where it is this one, that is signing out."""
    if key == g.session_key:
        return sign_out()
    services.end_one(me(), key)
    return _back()


@bp.post("/my-sessions/end-others")
def end_other_sessions() -> Response:
    """End all but this one."""
    services.end_others(me(), g.session_key)
    flash("You are signed out everywhere else.")
    return _back()


@bp.post("/my-sessions/end-all")
@leaves_no_event
def end_all_sessions() -> Page:
    """End all of them, this one too."""
    services.renew_rights(me(), "all sessions ended", by=me())
    return sign_out()


@bp.post("/my-passkeys/challenge")
@leaves_no_event
def passkey_to_add() -> FlaskResponse:
    """Tell this device what it needs to make a passkey."""
    require(_is_fresh())
    return _json(services.passkey_to_add(me(), _here()))


@bp.post("/my-passkeys")
def add_passkey() -> Page:
    """Keep the passkey this device has made."""
    require(_is_fresh())
    form = PasskeyForm()
    if not form.validate():
        return _show(form), 422
    person = me()
    if not services.add_passkey(person, form.name.data, form.answer.data or "", _here()):
        form.name.errors = [NOT_ADDED]
        return _show(form), 422
    return _go_on("Your passkey is added. You were signed out everywhere else.")


@bp.post("/my-passkeys/<uuid:key>/remove")
def remove_passkey(key: UUID) -> Page:
    """Take one of my passkeys away."""
    require(_is_fresh())
    services.remove_passkey(me(), key)
    return _go_on("The passkey is removed. You were signed out everywhere else.")


@bp.post("/sign-in/passkey/challenge")
@public
@leaves_no_event
def passkey_to_use() -> Page | FlaskResponse:
    """Tell any device what it needs to sign somebody in with a passkey."""
    if not services.within_limits(from_here()):
        return "", 429
    return _json(services.passkey_to_use(_here()))


@bp.post("/sign-in/passkey")
@public
@leaves_no_event
def use_passkey() -> Page:
    """Let somebody in whose passkey says who they are."""
    allowed = services.within_limits(from_here())
    person = services.use_passkey(request.form.get("answer", ""), _here()) if allowed else None
    return let_in(person, "passkey") if person else refuse_passkey(allowed)


def _here() -> Place:
    scheme = "https" if current_app.config["HTTPS"] else request.scheme
    return Place(request.host.rsplit(":", 1)[0].lower(), f"{scheme}://{request.host}")


def _is_fresh() -> Answer:
    return rules.may_have_passkey(me()) & rules.is_fresh(queries.began(g.session_key), real_now())


def _go_on(words: str) -> Response:
    person = me()
    session.clear()
    sign_in_anew(person)
    flash(words)
    return _back()


def _back() -> Response:
    return redirect(url_for("people.my_sessions"), 303)


def _json(words: str) -> FlaskResponse:
    return FlaskResponse(words, mimetype="application/json")


def _show(form: PasskeyForm) -> str:
    return render_template(
        "people/my_sessions.html",
        sessions=queries.sessions_of(me(), real_now()),
        this_one=g.session_key,
        passkeys=queries.passkeys_of(me()),
        may=rules.may_have_passkey(me()),
        fresh=_is_fresh(),
        form=form,
    )
