"""Addresses of style sheets, scripts and pictures, marked by content so browsers may keep them for a year."""

import json
from pathlib import Path

from flask import Flask, url_for


class Assets:
    """The files the set-up built, and the content mark of each."""

    def __init__(self, manifest: Path) -> None:
        self.manifest = manifest
        self.marks: dict[str, str] = {}

    def address(self, name: str) -> str:
        """Where a page asks for this built file; an unknown name is a fault of ours."""
        if name not in self.marks:
            self.marks = self._read()
        if name not in self.marks:
            raise LookupError(f"static/built/ has no {name}: run “npm run build”.")
        return url_for("static", filename=f"built/{name}", v=self.marks[name])

    def _read(self) -> dict[str, str]:
        if not self.manifest.exists():
            return {}
        marks: dict[str, str] = json.loads(self.manifest.read_text(encoding="utf-8"))
        return marks


def init_app(app: Flask) -> None:
    """Give every template `asset('staff.css')`."""
    assets = Assets(Path(app.static_folder or "static") / "built" / "manifest.json")
    app.jinja_env.globals["asset"] = assets.address
