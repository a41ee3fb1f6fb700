"""Spreadsheets: what goes out holds no formula (O7), what comes in is read within limits (O6)."""

from coprod.core.spreadsheets.writing import as_file, as_text

__all__ = ["as_file", "as_text"]
