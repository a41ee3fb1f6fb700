"""Pages anybody may read: stopping texts, what is kept private, accessibility."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from coprod.core.web import by_link, leaves_no_event, me, public
from coprod.people import services
from coprod.people.views.blueprint import bp


@bp.get("/stop-texts")
@public
def stop_texts() -> str:
    """Offer to stop texts to who is signed in, and tell everybody else how."""
    person = me() if current_user.is_authenticated else None
    return render_template("people/stop_texts.html", person=person)


@bp.post("/stop-texts")
@by_link
@leaves_no_event
def change_texts() -> Response:
    """Stop texts, or send them again."""
    stop = request.form.get("stop") != "no"
    services.stop_texts(me(), stop)
    flash("We will not text you." if stop else "We can text you again.")
    return redirect(url_for("people.stop_texts"), 303)


@bp.get("/what-we-keep-private")
@public
def privacy() -> str:
    """Say what is private here, and what cannot be promised."""
    return render_template("people/privacy.html")


@bp.get("/who-can-see-what")
@public
def who_can_see_what() -> str:
    """Say what each role sees, and what it never sees."""
    return render_template("people/who_can_see_what.html")


@bp.get("/accessibility")
@public
def accessibility() -> str:
    """State honestly how accessible this site is."""
    return render_template("people/accessibility.html")
