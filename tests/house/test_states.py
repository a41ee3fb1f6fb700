"""The drawings of the lifecycles are those of the code."""

from pathlib import Path

from click.testing import CliRunner

from coprod.cli import main

DRAWN = Path(__file__).parent.parent.parent / "docs" / "states.md"


def test_the_drawn_lifecycles_are_the_codes_own():
    drawn = CliRunner().invoke(main, ["states"])
    assert drawn.exit_code == 0
    assert drawn.output == DRAWN.read_text(encoding="utf-8")
