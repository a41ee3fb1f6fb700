"""Two who write at once: nobody's words are lost (R4)."""

from typing import Any


class Overtaken(Exception):  # noqa: N818 - a name that says what happened
    """Somebody else kept other words after these were read; both are shown, and nothing is written.

    `now` is what stands there by now, where the page cannot read it again by itself.
    """

    def __init__(self, now: Any = None) -> None:
        super().__init__()
        self.now = now
