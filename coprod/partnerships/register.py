"""The register of partnerships: a file in the data folder that these commands write and the server reads at start."""

import json
import os
import re
import shutil
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from config import (
    REGISTER,
    Partnership,
    backups_folder,
    from_environment,
    from_register,
    kept_secret,
    keys_folder,
    registered,
)

NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")
HOST = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*|\[[0-9a-f:]+\]")
HEAD = "# The partnerships of this installation. Written by ./run partnership, and read when the server starts.\n"
Entry = dict[str, Any]


class NotPossible(Exception):  # noqa: N818 - a name that says what happened
    """Something was asked that cannot be done; its words say why, and what can."""


def entries(data: Path) -> dict[str, Entry]:
    """List the partnerships there are; where there is no register yet, the one of the environment."""
    found = registered(data)
    return {"first": _entry(from_environment(data))} if found is None else found


def one(data: Path, name: str) -> Partnership:
    """Find one partnership, with its secret."""
    known = entries(data)
    if name not in known:
        raise NotPossible(f"There is no partnership “{name}” here. There are: {', '.join(known) or 'none yet'}.")
    if registered(data) is None:
        return from_environment(data, os.environ.get("COPROD_SECRET") or kept_secret(keys_folder(data)))
    return from_register(name, known[name])


def prepare(data: Path, name: str, hosts: Sequence[str], database: str | None) -> Entry:
    """Give a new partnership its folders and its secret; it is not in the register yet."""
    hosts = [host.strip().lower() for host in hosts]
    _check(name, hosts, database)
    _refuse_taken(known_or_none(data), name, hosts)
    keys = keys_folder(data)
    if keys.is_relative_to(data):
        raise NotPossible("The key folder may not lie in the data folder, which is backed up. Set COPROD_KEYS.")
    entry: Entry = {
        "hosts": hosts,
        "database": database or f"sqlite:///{data / name / 'coprod.db'}",
        "keys": str(keys / name),
        "data": str(data / name),
        "backups": str(backups_folder(data) / name),
    }
    for folder in ("data", "keys", "backups"):
        Path(entry[folder]).mkdir(parents=True, exist_ok=True, mode=0o700)
    kept_secret(Path(entry["keys"]))
    return entry


def known_or_none(data: Path) -> dict[str, Entry]:
    """List the partnerships that are in use: before the first is added, only one whose database is there."""
    return {} if registered(data) is None and not _is_in_use(data) else entries(data)


def add(data: Path, name: str, entry: Entry) -> list[str]:
    """Write a partnership into the register; answer whom else that brought in, from the environment."""
    known = known_or_none(data)
    adopted = [] if registered(data) is not None else list(known)
    if adopted and (secret := os.environ.get("COPROD_SECRET")):
        _keep_secret(Path(known["first"]["keys"]), secret)
    write(data, known | {name: entry})
    return adopted


def write(data: Path, known: dict[str, Entry]) -> None:
    """Write the register whole, so that who reads it meanwhile reads the old one or the new one."""
    lines = [HEAD]
    for name, entry in known.items():
        # What JSON writes for words and lists of words, TOML reads.
        lines += [f"\n[{name}]\n", *(f"{key} = {json.dumps(value)}\n" for key, value in entry.items())]
    new = data / f"{REGISTER}.new"
    with open(new, "w", encoding="utf-8", opener=_for_us_alone) as file:
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())
    new.replace(data / REGISTER)


def remove(data: Path, name: str, now: datetime) -> list[str]:
    """Take a partnership out: its keys are deleted, its files are put aside; answer what was done, in lines."""
    partnership, known = one(data, name), entries(data)
    if registered(data) is None:
        raise NotPossible("This is the one partnership of this installation, and the environment names it.")
    del known[name]
    write(data, known)
    shutil.rmtree(partnership.keys)
    done = ["It answers to no host any more, once the server is started again.", "Its keys and its secret are deleted."]
    aside = data / f"removed-{name}-{now:%Y%m%dT%H%M%SZ}"
    if partnership.data == data:
        done.append(f"Its files stay where they are: {partnership.data}")
    else:
        with suppress(FileNotFoundError):
            partnership.data.rename(aside)
            done.append(f"Its files are put aside: {aside}. Delete them when nobody needs them.")
    where = make_url(partnership.database)
    if where.get_backend_name() == "postgresql":
        done.append(f"Its database {where.render_as_string()} is left as it is: drop it when nobody needs it.")
    return [*done, f"Its backups, if any, are left: {partnership.backups}"]


def _entry(partnership: Partnership) -> Entry:
    return {
        "hosts": sorted(partnership.hosts),
        "database": partnership.database,
        "keys": str(partnership.keys),
        "data": str(partnership.data),
        "backups": str(partnership.backups),
    }


def _is_in_use(data: Path) -> bool:
    return bool(os.environ.get("DATABASE_URL")) or (data / "coprod.db").exists()


def _check(name: str, hosts: Sequence[str], database: str | None) -> None:
    if not NAME.fullmatch(name):
        raise NotPossible("A name has small letters, numbers and dashes, and begins with a letter: blackpool.")
    for host in hosts:
        if not HOST.fullmatch(host):
            raise NotPossible(f"“{host}” is no host name. Write it without https:// and without a port: coprod.org.")
    try:
        kind = make_url(database or "sqlite://").get_backend_name()
    except ArgumentError as error:
        raise NotPossible("That is no address of a database. Write: postgresql://user@host/name") from error
    if kind not in {"sqlite", "postgresql"}:
        raise NotPossible("A database here is SQLite or PostgreSQL: postgresql://user@host/name")


def _refuse_taken(known: dict[str, Entry], name: str, hosts: Sequence[str]) -> None:
    if name in known:
        raise NotPossible(f"There is a partnership “{name}” already.")
    for other, entry in known.items():
        if shared := sorted(set(hosts) & set(entry["hosts"])):
            raise NotPossible(f"The host {shared[0]} belongs to “{other}” already.")


def _keep_secret(keys: Path, secret: str) -> None:
    keys.mkdir(parents=True, exist_ok=True, mode=0o700)
    with open(keys / "secret", "w", opener=_for_us_alone) as file:
        file.write(secret)


def _for_us_alone(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
