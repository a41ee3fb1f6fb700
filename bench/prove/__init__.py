"""The figures of safety, each with a planted fault that has to turn it red.

Every figure is a function of a seed and a size that answers one `Figure`; `python -m bench.prove NAME…` prints them.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from time import monotonic


@dataclass
class Figure:
    """One figure: whether it holds, whether its planted fault was caught, and what was counted."""

    name: str
    holds: bool
    control: bool
    counts: dict[str, object]
    seed: int
    seconds: float = field(default=0.0)

    @property
    def is_proved(self) -> bool:
        """Answer whether it holds and would have been seen not to."""
        return self.holds and self.control


def timed(measure: Callable[[int], Figure], seed: int) -> dict[str, object]:
    """Measure a figure and say how long it took."""
    began = monotonic()
    figure = measure(seed)
    figure.seconds = round(monotonic() - began, 1)
    return asdict(figure)
