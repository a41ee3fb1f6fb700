"""How the public record is written, what it says as facts, and how two readings of it differ."""

from coprod.public_record.rules.differences import Difference, How, Report, differences, in_lines
from coprod.public_record.rules.facts import FIELDS, ORDERED, Fact, facts_of, is_over
from coprod.public_record.rules.reading import read

__all__ = [
    "FIELDS",
    "ORDERED",
    "Difference",
    "Fact",
    "How",
    "Report",
    "differences",
    "facts_of",
    "in_lines",
    "is_over",
    "read",
]
