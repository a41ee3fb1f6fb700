"""Everything that is kept about a person: where it lies, what it is called, and what becomes of it (L5, L6).

One register serves the page, the download and the erasing; a test holds every table beside it.
"""

from coprod.my_data.rules.register.at_the_table import AT_THE_TABLE
from coprod.my_data.rules.register.held import Fate, Held
from coprod.my_data.rules.register.nobodys import NOBODYS
from coprod.my_data.rules.register.of_oneself import OF_ONESELF
from coprod.my_data.rules.register.secret import SECRET

REGISTER = (*OF_ONESELF, *AT_THE_TABLE, *SECRET)

__all__ = ["NOBODYS", "REGISTER", "Fate", "Held"]
