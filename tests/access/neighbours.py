"""Two partnerships on one installation, a world in each; and nothing that a walk does lasts."""

import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from flask import Flask, Response, g, request

from coprod.core.db import Root, db, here
from coprod.core.web import SAFE_METHODS
from tests.access.walk import Walk
from tests.access.world import World, build
from tests.conftest import a_partnership, make_app


@contextmanager
def two_partnerships(folder: Path, *databases: str) -> Iterator[Walk]:
    """Build them on these two databases; answer a walk through the first, which has been told the other's keys."""
    folders = [folder / name for name in ("first", "second")]
    for each in folders:
        each.mkdir()
    first, second = databases
    both = [
        a_partnership(folders[0], first),
        a_partnership(folders[1], second, "second", "elsewhere.example"),
    ]
    app = make_app(folders[0], first, PARTNERSHIPS=both, DEMONSTRATION=True)
    app.after_request(undo)
    with ExitStack() as stack:
        stack.callback(_let_go, app)
        world, other = (_built(app, number) for number in range(2))
        walk = Walk(world, elsewhere=other.things)
        stack.enter_context(_listening(walk.logged))
        yield walk


@contextmanager
def _listening(logged: list[str]) -> Iterator[None]:
    """Keep every line that anything logs."""
    listener = logging.Handler()
    listener.emit = lambda line: logged.append(listener.format(line))  # type: ignore[method-assign]
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(listener)
    root.setLevel(logging.DEBUG)
    yield
    root.removeHandler(listener)
    root.setLevel(level)


def _built(app: Flask, number: int) -> World:
    with app.app_context():
        g.partnership = app.config["PARTNERSHIPS"][number]
        Root.metadata.create_all(db.engines[here().name])
        return build(app)


def undo(response: Response) -> Response:
    """Let nothing that a walk does last: whoever comes next finds the world as it was."""
    g.pop("refusals", None)
    if request.method not in SAFE_METHODS:
        db.session.rollback()
    return response


def _let_go(app: Flask) -> None:
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()
