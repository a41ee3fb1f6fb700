"""What may be published of a vote: the result, and a line for each of several things (B13)."""

from dataclasses import dataclass

from coprod.voting.models import Outcome, Standing

LIVED, PROFESSIONALS = "parents and carers", "workers"


@dataclass(frozen=True)
class Line:
    """What became of one of several things, and why."""

    number: int
    rank: int
    standing: Standing
    reason: str
    lived: str = ""
    professionals: str = ""


@dataclass(frozen=True)
class Published:
    """All that leaves a count."""

    outcome: Outcome
    reason: str
    lived: str = ""
    professionals: str = ""
    lines: tuple[Line, ...] = ()


def capital(words: str) -> str:
    """Begin a sentence."""
    return words[:1].upper() + words[1:]
