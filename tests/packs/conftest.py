"""A group with its first session published, as in the tests of cycles."""

from tests.cycles.conftest import agreed as agreed
from tests.cycles.conftest import cycle as cycle
from tests.cycles.conftest import published as published
from tests.cycles.conftest import table as table
