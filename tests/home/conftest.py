"""People with money to come, and people who tell what changed, as the tests of those features lay them out."""

from tests.payments.conftest import money as money
from tests.stories.conftest import table as table
from tests.stories.conftest import telling as telling
