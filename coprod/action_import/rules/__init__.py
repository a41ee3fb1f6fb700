"""What a log from elsewhere says: its columns, its days, its states, its owners; and who may bring one in."""

from coprod.action_import.rules.days import Order
from coprod.action_import.rules.owners import Known, Owner, People, said, same
from coprod.action_import.rules.parts import NEEDED, Part, columns_of, guessed, head_of, known_headings
from coprod.action_import.rules.sifting import Fault, Line, Sheet, Sifted, Unknown, print_of_owner, sample, sift
from coprod.action_import.rules.standing import KEPT_UNFINISHED, LIFECYCLE, counted, is_open, name_of, plain_name

__all__ = [
    "KEPT_UNFINISHED",
    "LIFECYCLE",
    "NEEDED",
    "Fault",
    "Known",
    "Line",
    "Order",
    "Owner",
    "Part",
    "People",
    "Sheet",
    "Sifted",
    "Unknown",
    "columns_of",
    "counted",
    "guessed",
    "head_of",
    "is_open",
    "known_headings",
    "name_of",
    "plain_name",
    "print_of_owner",
    "said",
    "same",
    "sample",
    "sift",
]
