"""Pages about the public record."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.web import me
from coprod.programmes.queries import programme_here
from coprod.programmes.rules import is_admin
from coprod.public_record import services
from coprod.public_record.forms import UploadForm
from coprod.public_record.rules import Report

bp = Blueprint("public_record", __name__, url_prefix="/public-record")


@bp.get("/")
def upload() -> str:
    """Ask for the file."""
    require(is_admin(me()))
    return _asked(UploadForm(formdata=None))


@bp.post("/")
def preview() -> Response | str | tuple[str, int]:
    """Bring it in where there is no record yet; else show what differs, and ask before anything is changed."""
    return _bring_in(apply=False)


@bp.post("/apply")
def apply() -> Response | str | tuple[str, int]:
    """Bring it in now."""
    return _bring_in(apply=True)


def _bring_in(*, apply: bool) -> Response | str | tuple[str, int]:
    require(is_admin(me()))
    form = UploadForm()
    if not form.validate():
        return _asked(form), 422
    report = services.import_record(form.content, apply=apply, by=me())
    if report.faults:
        form.file.errors = [report.heading]
        return _asked(form, report), 422
    if report.applied:
        flash(report.heading)
        return redirect(url_for(".upload"), 303)
    return _asked(UploadForm(formdata=None), report, form.content)


def _asked(form: UploadForm, report: Report | None = None, content: bytes = b"") -> str:
    words = content.decode("utf-8-sig") if report and report.differences else ""
    return render_template(
        "public_record/upload.html", form=form, report=report, words=words, programme=programme_here()
    )
