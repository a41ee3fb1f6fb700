"""People with money to come, as the tests of payments lay them out."""

from tests.payments.conftest import money as money
