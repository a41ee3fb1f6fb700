"""Lines for a spreadsheet, in which no cell is ever taken for a formula (O7)."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence

STARTS = ("=", "+", "-", "@", "\t", "\r")
QUIET = " \n\v\f'\"\u00a0\ufeff\u200b`’‘“”"
"""What a spreadsheet may look past: spaces, quotes."""


def as_file(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Write these lines as comma-separated text that every spreadsheet opens."""
    written = io.StringIO(newline="")
    lines = csv.writer(written)
    lines.writerow(head)
    lines.writerows([as_text(cell) for cell in row] for row in rows)
    return written.getvalue().encode("utf-8-sig")


def as_text(cell: str) -> str:
    """Answer a cell as it may be written: what could begin a formula gets an apostrophe before it."""
    plain = unicodedata.normalize("NFKC", cell).lstrip(QUIET)
    return f"'{cell}" if plain.startswith(STARTS) else cell
