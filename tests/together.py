"""Several doing something at the same moment: a race that is one, and not two turns."""

import threading
from collections.abc import Callable


def at_once(*acts: Callable[[], None]) -> None:
    """Let these be done at the same moment, each by a thread of its own, which waits for all the others to be there."""
    barrier = threading.Barrier(len(acts))

    def do(act: Callable[[], None]) -> None:
        barrier.wait()
        act()

    crowd = [threading.Thread(target=do, args=(act,)) for act in acts]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
