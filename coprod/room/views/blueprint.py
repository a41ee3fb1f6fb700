"""The blueprint all pages of a session as it happens hang on."""

from flask import Blueprint, Response, render_template, request

from coprod.room.rules.clock import Now, behind_in_words, left_in_words, name_of, note_of

bp = Blueprint("room", __name__)


def part(name: str, now: Now, **more: object) -> Response:
    """Answer the part of a screen that follows the evening, or 204 where it shows that already (A9)."""
    if request.args.get("seen") == now.mark:
        return Response(status=204)
    return Response(render_template(name, **told(now), **more))


def told(now: Now) -> dict[str, object]:
    """Answer what every screen says in words of one moment of an evening."""
    return {
        "now": now,
        "session": now.session,
        "left": left_in_words(now.left),
        "left_kindly": left_in_words(now.left, "A little longer"),
        "behind": behind_in_words(now.behind),
        "name_of": name_of,
        "note_of": note_of,
    }
