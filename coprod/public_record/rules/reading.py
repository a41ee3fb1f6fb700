"""Reading the public record: every fault at once, each with its place, or the record itself."""

import tomllib
from difflib import get_close_matches
from typing import Any

from coprod.public_record.rules.tables import TABLES, Key, Table
from coprod.public_record.rules.values import Wrong, is_in_order, shown, text

Row = dict[str, Any]
Record = dict[str, Any]


def read(content: bytes | str) -> tuple[Record, list[str]]:
    """Answer the record, whole and checked, and what is wrong with it; with a fault there is no record."""
    try:
        words = content.decode("utf-8-sig") if isinstance(content, bytes) else content
        found = tomllib.loads(words.replace("\r\n", "\n"))
    except UnicodeDecodeError as problem:
        line = bytes(content[: problem.start]).count(b"\n") + 1  # type: ignore[arg-type]
        return {}, [f"line {line}: expected a text file in UTF-8."]
    except RecursionError:
        return {}, ["the file: expected lists that are not so deep inside each other."]
    except ValueError as problem:
        return {}, [f"the file: expected TOML. {problem}."]
    reader = _Reader(found)
    record = reader.read()
    return (record, []) if not reader.faults else ({}, reader.faults)


class _Reader:
    """Goes through the tables in their order and keeps what it could not read."""

    def __init__(self, found: dict[str, Any]) -> None:
        self.found = found
        self.faults: list[str] = []

    def read(self) -> Record:
        """Read every table."""
        sources = self._sources()
        self._only_known("", self.found, ["sources", *TABLES])
        record: Record = {"sources": sources}
        for name, table in TABLES.items():
            record[name] = self._table(name, table)
        if not self.faults:
            self._make_sense(record)
        return record

    def fault(self, place: str, problem: str) -> None:
        """Keep one fault, on one line."""
        self.faults.append(f"{place}: {problem}" if problem.endswith("?") else f"{place}: {problem}.")

    def _sources(self) -> dict[str, str]:
        found = self.found.get("sources")
        if not isinstance(found, dict) or not found:
            self.fault("[sources]", 'expected every public document with a short name: page = "Its title"')
            return {}
        return {key: self._value(f"[sources], {key}", title, text) for key, title in found.items()}

    def _only_known(self, place: str, found: Row, known: list[str]) -> None:
        for key in found:
            if key not in known:
                near = get_close_matches(key, known, n=1)
                guess = f"did you mean “{near[0]}”?" if near else f"expected one of {', '.join(known)}"
                self.fault(f"{place}, {key}" if place else shown(key), f"not known here; {guess}")

    def _table(self, name: str, table: Table) -> Any:
        found = self.found.get(name, [] if table.many else {})
        expected = f"[[{name}]]" if table.many else f"[{name}]"
        right = isinstance(found, list) and all(isinstance(row, dict) for row in found)
        if not (right if table.many else isinstance(found, dict)):
            self.fault(name, f"expected {expected} with its keys below")
            return []
        if table.needed and not found:
            self.fault(expected, "missing; expected it with its keys below")
        if table.many:
            return [self._row(self._place(name, table, n, row), table, row) for n, row in enumerate(found, 1)]
        return self._row(expected, table, found) if found else {}

    @staticmethod
    def _place(name: str, table: Table, n: int, row: Row) -> str:
        called = row.get(table.named_by)
        short = called if isinstance(called, str) and len(called) <= 40 else ""
        return f"[[{name}]] {n}" + (f' "{short}"' if short.isprintable() and short else "")

    def _row(self, place: str, table: Table, found: Row) -> Row:
        self._only_known(place, found, list(table.keys))
        row = {key: self._one(place, key, spec, found) for key, spec in table.keys.items()}
        if "source" in row and not place.startswith("[[holiday]]"):
            self._known_sources(place, row["source"] or [])
        row["place"] = place
        return row

    def _one(self, place: str, key: str, spec: Key, found: Row) -> Any:
        if key in found:
            return self._value(f"{place}, {key}", found[key], spec.check)
        if spec.needed:
            self.fault(f"{place}, {key}", "missing")
        return spec.otherwise

    def _value(self, place: str, value: Any, check: Any) -> Any:
        try:
            return check(value)
        except Wrong as expected:
            self.fault(place, f"expected {expected}; found {shown(value)}")
            return None

    def _known_sources(self, place: str, keys: list[str]) -> None:
        known = self.found.get("sources")
        for key in keys:
            if isinstance(known, dict) and key not in known:
                self.fault(f"{place}, source", f"expected one of {', '.join(known)}, as in [sources]; found {key!r}")

    # --- What each value alone does not show.

    def _make_sense(self, record: Record) -> None:
        for name, table in TABLES.items():
            if table.many:
                self._named_once(name, table, record[name])
        self._tables_named_once(record)
        self._phases(record["phase"])
        self._runs(record["workstream"])
        for row in record["comparison"]:
            self._comparison(row)
        for row in [*record["group"], *record["body"]]:
            self._ends_after(row, "from", "to")
        for row in record["holiday"]:
            if row["to"] < row["from"]:
                self.fault(f"{row['place']}, to", f"expected a day on or after {row['from']}; found {row['to']}")
        self._wording(record["findings"])

    def _named_once(self, name: str, table: Table, rows: list[Row]) -> None:
        seen: set[Any] = set()
        for row in rows:
            key = (row[table.named_by], row.get("run"), row["from"] if name == "holiday" else None)
            if key in seen:
                self.fault(f"{row['place']}, {table.named_by}", "said twice; expected each once")
            seen.add(key)

    def _tables_named_once(self, record: Record) -> None:
        streams = {row["name"] for row in record["workstream"]}
        for row in [*record["group"], *record["body"]]:
            if row["name"] in streams:
                self.fault(f"{row['place']}, name", "expected a name that no other group, stream or body has")
            streams.add(row["name"])
        for row in record["body"][1:]:
            self.fault(row["place"], "expected one body, the steering group")

    def _phases(self, phases: list[Row]) -> None:
        orders = [row["order"] for row in phases]
        for n, row in enumerate(phases):
            if row["order"] in orders[:n]:
                self.fault(f"{row['place']}, order", "said twice; expected each once")

    def _runs(self, streams: list[Row]) -> None:
        runs = {(row["name"], row["run"]) for row in streams}
        for row in streams:
            self._ends_after(row, "began", "until")
            if row["run"] > 1 and (row["name"], row["run"] - 1) not in runs:
                self.fault(f"{row['place']}, run", f"expected run {row['run'] - 1} of “{row['name']}” too")
            if row["open_ended"] and row["until"]:
                self.fault(f"{row['place']}, until", "expected none, as it is open_ended")

    def _ends_after(self, row: Row, first: str, last: str) -> None:
        if row[last] and not is_in_order(row[first], row[last]):
            self.fault(f"{row['place']}, {last}", f"expected a date after {row[first]}; found {row[last]!r}")

    def _comparison(self, row: Row) -> None:
        points = [row[key] is not None for key in ("before", "after")]
        if any(points) and not all(points):
            self.fault(row["place"], "expected both before and after, or neither")
        if not any(points) and row["change"] is None and not row["change_words"]:
            self.fault(row["place"], "expected before and after, or change, or change_words")
        if not row["unit"] and not row["change_words"]:
            self.fault(f"{row['place']}, unit", "missing")

    def _wording(self, findings: Row) -> None:
        if findings and findings["wording_published"]:
            told = "expected false: this file has no place for the wording; type it in on its own page"
            self.fault("[findings], wording_published", told)
