"""What an address may hold: a number that the database has room for."""

from typing import Any

from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**31 - 1
"""What an integer column holds; a driver that is asked for more breaks, where there is only nothing to find."""


class Number(IntegerConverter):
    """A number in an address; one too large for a column leads nowhere (404)."""

    def __init__(self, map: Map, **limits: Any) -> None:
        super().__init__(map, **{"max": LARGEST, **limits})
