"""The public record of the demonstration, whole or changed in one place."""

from pathlib import Path

import pytest

import coprod.demo

RECORD = Path(coprod.demo.__file__).parent / "born-into-care.toml"


@pytest.fixture
def words() -> str:
    """The file as text, to be changed here and there."""
    return RECORD.read_text(encoding="utf-8")
