"""Take a picture of every kind of page, as everybody in the demonstration, at the widths asked for.

`python -m bench.pictures [--only ALIAS] [--widths 320,768,1280] [FOLDER]` writes FOLDER/ALIAS/ENDPOINT-WIDTH.png and
prints every page that scrolls sideways, answers badly, breaks a script or breaks a rule of axe, at the first width.
"""

import argparse
import logging
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import select
from werkzeug.exceptions import HTTPException
from werkzeug.serving import make_server

from config import settings
from coprod import create_app
from coprod.core import schema
from coprod.core.db import db, here
from coprod.demo import programme
from coprod.people.models import Person
from tests.chromium import FLAGS, chromium

STRANGER = "stranger"
PEOPLE = (STRANGER, "Robin", "Jo", "Midwife Example", "Safeguarding Example", "Payments Example", "Sam", "Alex", "Lee")
MOST_OF_A_KIND = 2
MOST_PAGES = 120
AXE = {"resultTypes": ["violations"]}


def main() -> int:
    """Take them all, and say what is wrong with any."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", nargs="?", default="pictures", type=Path)
    asked.add_argument("--only", default="")
    asked.add_argument("--widths", default="320,1280")
    chosen = asked.parse_args()
    widths = [int(width) for width in chosen.widths.split(",")]
    people = [chosen.only] if chosen.only else PEOPLE
    logging.getLogger("werkzeug").disabled = True
    with _served() as (app, address), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        faults = [fault for who in people for fault in _visit(app, browser, address, who, chosen.folder, widths)]
        browser.close()
    print("\n".join(faults) or "No page scrolls sideways, answers badly, breaks a script or a rule of axe.")
    return 1 if faults else 0


@contextmanager
def _served() -> Iterator[tuple[Flask, str]]:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        data.mkdir()
        app = create_app(settings(mode="demonstration", DEMONSTRATION=True, data=data))
        with app.app_context():
            schema.upgrade(db.engines[here().name])
            programme.load()
            db.session.commit()
        server = make_server("127.0.0.1", 0, app, threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield app, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def _visit(app: Flask, browser: Browser, address: str, who: str, folder: Path, widths: list[int]) -> Iterator[str]:
    """Walk every link this person is shown, two pages of a kind at most."""
    page = browser.new_page(viewport={"width": widths[-1], "height": 720})
    page.on("pageerror", lambda error: print(f"{who}: a script broke: {error}"))
    _sign_in(app, page, address, who)
    waiting, seen, taken = ["/sign-in" if who == STRANGER else "/"], set[str](), dict[str, int]()
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.pop(0)
        endpoint = _endpoint(app, path)
        if path in seen or endpoint is None or taken.get(endpoint, 0) >= MOST_OF_A_KIND:
            continue
        seen.add(path)
        taken[endpoint] = taken.get(endpoint, 0) + 1
        answer = page.goto(address + path)
        if answer is None or answer.status >= 400:
            yield f"{who}: {path} ({endpoint}) answers {answer.status if answer else 'nothing'}"
            continue
        waiting += _links(page, address)
        name = f"{endpoint}{'' if taken[endpoint] == 1 else f'-{taken[endpoint]}'}"
        yield from (f"{who}: {path} {fault}" for fault in _picture(page, folder / who / name, widths))
    page.close()


def _sign_in(app: Flask, page: Page, address: str, who: str) -> None:
    if who == STRANGER:
        return
    with app.app_context():
        key = db.session.scalars(select(Person.id).where(Person.alias == who)).one()
    page.goto(f"{address}/sign-in-as")
    page.locator(f"form:has(input[name=person][value='{key}']) button").click()


def _endpoint(app: Flask, path: str) -> str | None:
    try:
        endpoint, _ = app.url_map.bind("127.0.0.1").match(path.split("?")[0], "GET")
    except HTTPException:
        return None
    skipped = ("static", "people.leave", "people.left", "people.signed_out")
    return None if endpoint in skipped else str(endpoint)


def _links(page: Page, address: str) -> list[str]:
    found: list[str] = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
    inside = [urlsplit(link) for link in found if link.startswith(address)]
    return [link.path + (f"?{link.query}" if link.query else "") for link in inside]


def _picture(page: Page, to: Path, widths: list[int]) -> Iterator[str]:
    to.parent.mkdir(parents=True, exist_ok=True)
    for width in widths:
        size: Any = {"width": width, "height": 720 if width > 500 else 568}
        page.set_viewport_size(size)
        wide: int = page.evaluate("document.documentElement.scrollWidth")
        page.screenshot(path=f"{to}-{width}.png", full_page=True)
        if wide > width:
            yield f"scrolls sideways at {width} (it is {wide} wide)"
    page.set_viewport_size({"width": widths[0], "height": 720})
    for broken in Axe().run(page, options=AXE).response["violations"]:
        where = "; ".join(" ".join(map(str, node["target"])) for node in broken["nodes"][:3])
        yield f"breaks “{broken['id']}”: {broken['help']} ({where})"


if __name__ == "__main__":
    sys.exit(main())
