"""Whether the migrations and the models say the same, on a fresh database of one kind.

`python -m tests.drift sqlite` or `python -m tests.drift postgresql`.
"""

import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack

from tests import postgres


def main(kind: str) -> int:
    """Migrate an empty database of this kind, and ask the command line what is missing."""
    with ExitStack() as stack:
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        environment |= {"COPROD_MODE": "test", "COPROD_DATA": stack.enter_context(tempfile.TemporaryDirectory())}
        environment["COPROD_KEYS"] = stack.enter_context(tempfile.TemporaryDirectory())
        if kind == "postgresql":
            environment["DATABASE_URL"] = stack.enter_context(
                postgres.fresh_database(stack.enter_context(postgres.server()))
            )
        for command in ("migrate", "check-drift"):
            done = subprocess.run([sys.executable, "-m", "coprod", command], env=environment)
            if done.returncode:
                return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
