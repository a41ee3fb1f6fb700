"""Fixtures for every test.

A test that asks for `app`, `database`, `client`, `as_` or what is built on them runs twice: on SQLite and on
PostgreSQL. A test that asks for none of them runs once.
"""

import contextvars
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from types import CodeType
from typing import Any

import pytest
from coverage import Coverage
from flask import Flask, has_app_context
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import event, make_url, text
from werkzeug.serving import make_server
from xdist.scheduler import LoadScopeScheduling

from coprod import create_app, settings
from coprod.core.clock import HERE
from coprod.core.db import Partnership, Root, db, here
from coprod.core.web import cookie_name
from coprod.people import services as sessions
from coprod.people.models import Person
from coprod.people.views.gate import SESSION
from tests import postgres
from tests.chromium import FLAGS, chromium

TEST_DAY = datetime(2025, 11, 17, 9, 0, tzinfo=HERE)
KINDS = ["sqlite", "postgresql"]
MEASURED_ON_BOTH = {"core", "my_data", "partnerships"}
UNMEASURED = {"access", "house", "journeys"}
TOGETHER = ("tests/access/",)
LONGEST = ("tests/journeys/", "tests/house/test_requests.py", "tests/house/test_pages.py", "tests/access/")
MUST_HAVE_ALL = os.environ.get("CI") == "true"
LEFT_OUT = pytest.StashKey[set[str]]()
SHARED = pytest.StashKey[ExitStack]()


# --- What the machine must have: said loudly where it has not, and a failure in CI.


def pytest_configure(config: pytest.Config) -> None:
    """Start one PostgreSQL for all the workers of this run."""
    config.stash[LEFT_OUT] = set()
    config.stash[SHARED] = ExitStack()
    is_worker = hasattr(config, "workerinput")
    if not is_worker and getattr(config.option, "numprocesses", None) and postgres.GIVEN not in os.environ:
        try:
            _share_postgres(config)
        except postgres.NoPostgres as problem:
            _leave_out(config, "POSTGRESQL", str(problem))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop it again."""
    config.stash[SHARED].close()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker tells the run it belongs to what it could not test."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = sorted(session.config.stash[LEFT_OUT])


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """The run gathers what its workers could not test."""
    node.config.stash[LEFT_OUT].update(getattr(node, "workeroutput", {}).get("left_out", ()))


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say in red what could not be tested here."""
    for line in sorted(config.stash[LEFT_OUT]):
        terminalreporter.write_line(line, red=True, bold=True)


def _share_postgres(config: pytest.Config) -> None:
    address = config.stash[SHARED].enter_context(postgres.server())
    os.environ[postgres.GIVEN] = address.render_as_string(hide_password=False)
    config.stash[SHARED].callback(os.environ.pop, postgres.GIVEN)


def _leave_out(config: pytest.Config, what: str, why: str) -> None:
    config.stash[LEFT_OUT].add(f"NO {what}: the tests that need it DID NOT RUN. {why}")


def _do_without(request: pytest.FixtureRequest, what: str, why: str) -> None:
    _leave_out(request.config, what, why)
    if MUST_HAVE_ALL:
        pytest.fail(f"There is no {what} here, and in CI there must be. {why}")
    pytest.skip(f"no {what} here")


# --- What is measured: the figure of coverage is that of the quick tests on one database.


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Measure what a test covers only where it counts: measuring costs half as much time again as running."""
    measuring = Coverage.current()
    if measuring is None or _is_measured(item):
        return (yield)
    measuring.stop()
    try:
        return (yield)
    finally:
        measuring.start()


def _is_measured(item: pytest.Item) -> bool:
    """What a crawl or a long journey happens to pass proves nothing of it; few files have lines for one database."""
    folders = set(Path(item.location[0]).parts)
    if folders & UNMEASURED:
        return False
    return bool(folders & MEASURED_ON_BOTH) or "postgresql" not in _parameters(item)


def _parameters(item: pytest.Item) -> list[Any]:
    called = getattr(item, "callspec", None)
    return list(called.params.values()) if called else []


# --- Which worker takes what: a file's tests on one database together, and the longest first.


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put what takes longest first, so that all workers end together."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


class _Together(LoadScopeScheduling):
    """Keeps together what shares something costly: a world, a demonstration, or a table of some feature's own."""

    def _split_scope(self, nodeid: str) -> str:
        file, _, test = nodeid.partition("::")
        place = next((start for start in TOGETHER if file.startswith(start)), file)
        kind = next((kind for kind in KINDS if kind in test), "")
        return f"{place} {kind}"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> _Together:
    """Hand out files, each database's part by itself."""
    return _Together(config, log)


# --- The application, on each database.


class _Client(FlaskClient):
    """A visitor from outside: what the test has prepared is saved first, and nothing of the test's own is lent.

    Every request runs in a context of its own, as on a server, so no visitor is mistaken for the one before.
    """

    def open(self, *args: Any, **kwargs: Any) -> Any:
        kwargs.setdefault("buffered", True)
        inside = has_app_context()
        if inside:
            db.session.commit()
        answer = contextvars.Context().run(super().open, *args, **kwargs)
        if inside:
            db.session.expire_all()
        return answer


@pytest.fixture(scope="session", params=KINDS)
def app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on one of the two databases, with every table made and empty."""
    with an_app(request, tmp_path_factory.mktemp(request.param)) as made:
        _keep_pristine(made)
        yield made


@contextmanager
def an_app(request: pytest.FixtureRequest, folder: Path, **chosen: Any) -> Iterator[Flask]:
    """An application of its own, on the kind of database this fixture's parameter names."""
    with ExitStack() as stack:
        made = make_app(folder, a_database(request, folder, stack), **chosen)
        stack.callback(_let_go, made)
        with made.app_context():
            Root.metadata.create_all(db.engines[here().name])
        yield made


def make_app(folder: Path, database: str, **chosen: Any) -> Flask:
    """An application in test mode over this database, with its data and keys in this folder."""
    partnership = a_partnership(folder, database)
    wanted = {
        "TESTING": True,
        "SECRET_KEY": partnership.secret,
        "WTF_CSRF_ENABLED": False,
        "PARTNERSHIPS": [partnership],
        "NOW": TEST_DAY,
    }
    made = create_app(settings(**({"mode": "test", "data": folder} | wanted | chosen)))
    made.test_client_class = _Client
    made.jinja_env.bytecode_cache = TEMPLATES
    return made


class _Templates(BytecodeCache):
    """Every template as it was first compiled in this process: each application would do it again."""

    def __init__(self) -> None:
        self.compiled: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what was compiled from this very source."""
        bucket.code = self.compiled.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it."""
        self.compiled[bucket.key, bucket.checksum] = bucket.code


TEMPLATES = _Templates()


def a_partnership(folder: Path, database: str, name: str = "first", *hosts: str) -> Partnership:
    """A partnership with its data and keys in this folder."""
    (folder / "keys").mkdir(exist_ok=True, mode=0o700)
    return Partnership(
        name=name,
        hosts=frozenset(hosts or ("localhost", "127.0.0.1")),
        database=database,
        keys=folder / "keys",
        data=folder,
        backups=folder / "backups",
        secret=f"a secret of thirty-two or more letters, for the tests of {name}",
        address=f"http://{hosts[0] if hosts else 'localhost'}",
    )


def a_database(request: pytest.FixtureRequest, folder: Path, stack: ExitStack) -> str:
    """The address of an empty database of the kind this fixture's parameter names."""
    if request.param == "sqlite":
        return f"sqlite:///{folder / 'coprod.db'}"
    try:
        if postgres.GIVEN not in os.environ:
            _share_postgres(request.config)
        return stack.enter_context(postgres.fresh_database(make_url(os.environ[postgres.GIVEN])))
    except postgres.NoPostgres as problem:
        _do_without(request, "POSTGRESQL", str(problem))
        raise


def _let_go(app: Flask) -> None:
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()


def _sqlite_file(app: Flask) -> Path | None:
    url = make_url(app.config["PARTNERSHIPS"][0].database)
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None


def clean_slowly(app: Flask) -> None:
    """Empty the tables of an application that has no pristine copy beside it, table by table."""
    with app.app_context(), db.engines[here().name].begin() as connection:
        for table in reversed(Root.metadata.sorted_tables):
            connection.execute(table.delete())


def _keep_pristine(app: Flask) -> None:
    """Lay an empty SQLite file aside, to put in the place of a used one."""
    if file := _sqlite_file(app):
        _let_go(app)
        shutil.copyfile(file, file.with_suffix(".pristine"))
    else:
        _teach_to_empty_tables(app)


def clean(app: Flask) -> None:
    """Empty the database, whatever its triggers would forbid."""
    if file := _sqlite_file(app):
        _let_go(app)
        for left in (file, *file.parent.glob(f"{file.name}-*")):
            left.unlink()
        shutil.copyfile(file.with_suffix(".pristine"), file)
    else:
        _empty_tables(app)
    for key in app.config["PARTNERSHIPS"][0].keys.iterdir():
        if key.is_dir():
            shutil.rmtree(key)
        else:
            key.unlink()


def _empty_tables(app: Flask) -> None:
    with app.app_context(), db.engines[here().name].begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text("SELECT empty_tables()"))


def _teach_to_empty_tables(app: Flask) -> None:
    """Keep what empties a PostgreSQL within it: how each table is looked into is then planned once."""
    names = [table.name for table in Root.metadata.sorted_tables]
    steps = " ".join(f'IF EXISTS (SELECT 1 FROM "{name}") THEN DELETE FROM "{name}"; END IF;' for name in names)
    with app.app_context(), db.engines[here().name].begin() as connection:
        connection.exec_driver_sql(
            f"CREATE FUNCTION empty_tables() RETURNS void LANGUAGE plpgsql AS $$BEGIN {steps} END$$"
        )


@pytest.fixture
def database(app: Flask) -> Iterator[None]:
    """An empty database, and an application context to use it in."""
    app.config["NOW"] = TEST_DAY
    clean(app)
    with app.app_context():
        yield
        db.session.remove()


@pytest.fixture
def clock(app: Flask, database: None) -> Callable[..., None]:
    """Set the application's clock: `clock(moment)` with a zone, or `clock(2025, 11, 20, 18, 30)` as on the wall."""

    def set_to(moment: datetime | int, *parts: int) -> None:
        wanted = moment if isinstance(moment, datetime) else datetime(moment, *parts, tzinfo=HERE)  # type: ignore[arg-type]
        assert wanted.tzinfo is not None
        app.config["NOW"] = wanted

    return set_to


@pytest.fixture
def query_count(app: Flask, database: None) -> Iterator[list[str]]:
    """Every statement sent to the database, in order; `clear()` it when what is to be counted begins."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    engine = db.engines[here().name]
    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


# --- Visitors.


@pytest.fixture
def client(app: Flask, database: None) -> FlaskClient:
    """A stranger."""
    return app.test_client()


@pytest.fixture
def as_(app: Flask, database: None) -> Callable[..., FlaskClient]:
    """A visitor signed in as this person: `as_(ada)`; with a `task`, one who came by a one-task link."""

    def signed_in(person: Person, task: str | None = None) -> FlaskClient:
        return sign_in(app.test_client(), person, task)

    return signed_in


def sign_in(client: FlaskClient, person: Person, task: str | None = None) -> FlaskClient:
    """Begin a session for this person, within an application context, and give its cookie to this client."""
    token = sessions.begin_session(person, "test", task)
    db.session.commit()
    client.set_cookie(cookie_name(SESSION), sessions.cookie_for(token))
    return client


# --- A real browser, against a real server.


@pytest.fixture
def live(app: Flask, database: None) -> Iterator[str]:
    """The address of the application, served over HTTP for as long as the test runs."""
    server = make_server("localhost", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def browser_type_launch_args(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Start the Chromium that is here, headless."""
    found = chromium()
    if found is None:
        _do_without(request, "CHROMIUM", "Install Chromium, or name one in COPROD_CHROMIUM.")
    return {"executable_path": found, "args": FLAGS}
