"""What I am called here: any name I choose."""

from flask import flash, redirect, render_template, url_for

from coprod.core.web import me
from coprod.people import services
from coprod.people.forms import NameForm
from coprod.people.views.blueprint import bp
from coprod.people.views.sign_in import Page


@bp.get("/my-name")
def my_name() -> Page:
    """Ask for another name."""
    return _ask(NameForm(formdata=None, alias=me().alias))


@bp.post("/my-name")
def choose_name() -> Page:
    """Use it from now on."""
    form = NameForm()
    if not form.validate():
        return _ask(form), 422
    services.choose_name(me(), form.alias.data)
    flash("We call you that from now on.")
    return redirect(url_for(".my_name"), 303)


def _ask(form: NameForm) -> str:
    return render_template("people/my_name.html", form=form)
