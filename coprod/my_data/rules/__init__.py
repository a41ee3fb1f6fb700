"""What is kept about whom, who may have it erased, and who answers what about it."""

from coprod.my_data.rules.asking import LIFECYCLE, SOMEBODY, may_answer, may_erase, may_read_asks
from coprod.my_data.rules.register import NOBODYS, REGISTER, Fate, Held
from coprod.my_data.rules.wording import as_data, in_full, in_short

__all__ = [
    "LIFECYCLE",
    "NOBODYS",
    "REGISTER",
    "SOMEBODY",
    "Fate",
    "Held",
    "as_data",
    "in_full",
    "in_short",
    "may_answer",
    "may_erase",
    "may_read_asks",
]
