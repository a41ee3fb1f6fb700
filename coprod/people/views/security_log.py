"""What touched the doors: for programme admins, and for who receives concerns (L2)."""

from flask import render_template, request

from coprod.core.web import me
from coprod.people import queries
from coprod.people.views.blueprint import bp


@bp.get("/security-log")
def security_log() -> str:
    """List sign-ins, refusals and changes of rights, the newest first."""
    page = max(request.args.get("page", 1, type=int), 1)
    noted, more = queries.security_log(me(), page)
    return render_template("people/security_log.html", noted=noted, more=more, page=page)
