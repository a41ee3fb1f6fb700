"""Rewriting a database, so that what was deleted is in none of its files any more (B5, L6)."""

from pathlib import Path
from typing import Any

from sqlalchemy import Engine

MOST_SEGMENTS = 64
_OLDER = """SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND age(backend_xmin) >= age(%s::text::xid)"""
_SAMPLED = """SELECT s.tablename, s.attname, format_type(a.atttypid, a.atttypmod) FROM pg_stats s
JOIN pg_attribute a ON a.attrelid = format('%%I.%%I', s.schemaname, s.tablename)::regclass AND a.attname = s.attname
WHERE s.schemaname = current_schema() AND s.tablename = ANY(%s)
AND a.atttypid IN ('text'::regtype, 'varchar'::regtype, 'json'::regtype, 'bytea'::regtype) ORDER BY 1, 2"""
_MAY_TURN_THE_LOG = """SELECT has_function_privilege('pg_switch_wal()', 'execute')
AND has_function_privilege('pg_ls_waldir()', 'execute') AND pg_has_role('pg_checkpoint', 'usage')"""


class InTheWay(Exception):  # noqa: N818 - a name that says what happened
    """Somebody still reads what was deleted, so it cannot be wiped yet."""


def vacuum(engine: Engine, *tables: str) -> None:
    """Give the room of deleted rows back; on SQLite that rewrites the whole file, and empties the write-ahead one."""
    with engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        if engine.dialect.name == "sqlite":
            _vacuum_sqlite(raw)
        else:
            raw.autocommit = True
            raw.execute(f"VACUUM {', '.join(tables)}")
            raw.autocommit = False


def _vacuum_sqlite(raw: Any) -> None:
    for step in ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM"):
        raw.execute(step).close()
    (busy, *_) = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise InTheWay


def rewrite(engine: Engine, *tables: str) -> None:
    """Write these tables anew, so that no byte of a changed or deleted row is left in a file of the database.

    PostgreSQL keeps old rows for readers older than the change, samples of what columns hold for its planner, and
    recycled segments of its log: the first are waited for, the others written over, as far as this account may.
    """
    if engine.dialect.name == "sqlite":
        vacuum(engine)
        return
    with engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        raw.autocommit = True
        try:
            _rewrite(raw, tables)
        finally:
            raw.execute("RESET lock_timeout")
            raw.autocommit = False


def _rewrite(raw: Any, tables: tuple[str, ...]) -> None:
    raw.execute("SET lock_timeout = '5s'")
    (now,) = raw.execute("SELECT pg_current_xact_id()::text").fetchone()
    if raw.execute(_OLDER, (now,)).fetchone()[0]:
        raise InTheWay
    _forget_samples(raw, tables)
    raw.execute(f"VACUUM (FULL, ANALYZE) {', '.join(tables)}")
    raw.execute("VACUUM FULL pg_statistic")
    if raw.execute(_MAY_TURN_THE_LOG).fetchone()[0]:
        _write_over_the_log(raw)


def _forget_samples(raw: Any, tables: tuple[str, ...]) -> None:
    """Drop what the planner remembers of words; a table that is empty now would never be sampled anew by itself."""
    for table, column, kind in raw.execute(_SAMPLED, (list(tables),)).fetchall():
        raw.execute(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" TYPE {kind}')


def _write_over_the_log(raw: Any) -> None:
    """Begin a new segment, so that all older ones can be recycled; then go through every recycled one."""
    _next_segment(raw)
    raw.execute("CHECKPOINT")
    (segments,) = raw.execute("SELECT count(*) FROM pg_ls_waldir()").fetchone()
    for _ in range(min(segments, MOST_SEGMENTS)):
        _next_segment(raw)
    raw.execute("CHECKPOINT")


def _next_segment(raw: Any) -> None:
    raw.execute("SELECT pg_logical_emit_message(true, 'wiped', '')")
    raw.execute("SELECT pg_switch_wal()")


def finish(engine: Engine, due: Path, *tables: str) -> bool:
    """Rewrite where the note says it is due; where somebody is in the way the note stays, and a later call does it.

    The note is put aside first: what becomes due meanwhile leaves a new one.
    """
    begun = due.with_name(f"{due.name}-begun")
    if due.exists():
        due.replace(begun)
    if not begun.exists():
        return False
    try:
        rewrite(engine, *tables)
    except (InTheWay, engine.dialect.loaded_dbapi.OperationalError):
        return False
    begun.unlink(missing_ok=True)
    return True
