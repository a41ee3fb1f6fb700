"""Which Chromium the browser tests use. As a program it prints its path, or fails where there is none."""

import os
import shutil
import sys
from functools import cache
from pathlib import Path

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@cache
def chromium() -> str | None:
    """Answer the given Chromium, the system's, or the one playwright keeps; or none."""
    given = os.environ.get("COPROD_CHROMIUM", "")
    names = (given, "chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None) or _playwrights_own()


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


if __name__ == "__main__":
    sys.exit(0 if chromium() else 1)
