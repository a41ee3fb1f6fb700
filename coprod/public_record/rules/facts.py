"""The public record as plain facts: the same shape for what a file says and for what is kept here."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from coprod.public_record.rules.values import last_day
from coprod.workstreams.models import Kind

WEEKS_OFF = 4
"""How many weeks of holidays a run of weekly sessions may have among them."""

FIELDS = {
    "programme": (
        "name",
        "partnership",
        "bodies",
        "aims",
        "governance",
        "outputs",
        "report_sections",
        "workstream_seats",
        "parents_and_carers_in_first_three",
        "sources",
    ),
    "source": ("title",),
    "phase": ("content", "sources"),
    "timeline entry": ("when", "note", "sources"),
    "comparison": (
        "before",
        "after",
        "before_when",
        "after_when",
        "after_is",
        "change",
        "change_words",
        "unit",
        "better",
        "sources",
    ),
    "workstream": ("kind", "purpose", "open_ended", "lived_experience", "seats", "outputs", "note", "sources"),
    "run": ("began", "until", "weeks", "note", "sources"),
    "school holiday": ("last", "sources"),
    "bank holiday": (),
    "principle": (),
    "priority": (),
}
ORDERED = ("phase", "timeline entry", "comparison")


@dataclass(frozen=True)
class Fact:
    """One thing on the record: what kind, its name, what tells two of that name apart, and what is said of it."""

    table: str
    name: str
    of: str = ""
    fields: dict[str, Any] = field(default_factory=dict, compare=False)

    @property
    def words(self) -> str:
        """Name it in a sentence."""
        if self.table == "programme":
            return self.table
        if self.table == "run":
            return f"run {self.name} of “{self.of}”"
        return f"{self.table} “{self.name}”" if not self.of else f"{self.table} “{self.name}” from {self.of}"


Record = dict[str, Any]


def facts_of(record: Record, bank_holidays: dict[date, str]) -> list[Fact]:
    """List what the record says, in its order; with the bank holidays, which the Government publishes for everybody."""
    return [
        _programme(record),
        *(Fact("source", key, fields={"title": title}) for key, title in record["sources"].items()),
        *_rows("phase", "name", sorted(record["phase"], key=lambda row: row["order"])),
        *_rows("timeline entry", "what", record["timeline"]),
        *_rows("comparison", "name", record["comparison"]),
        *_tables(record),
        *(_school_holiday(row) for row in record["holiday"]),
        *(Fact("bank holiday", what, day.isoformat()) for day, what in bank_holidays.items()),
        *_counted("principle", record["findings"].get("principles", 0)),
        *_counted("priority", record["findings"].get("priority_areas", 0)),
    ]


def _programme(record: Record) -> Fact:
    programme, seats = record["programme"], record["workstream_seats"]
    return Fact(
        "programme",
        "",
        fields={
            "name": programme["name"],
            "partnership": record["partnership"]["name"],
            "bodies": record["partnership"]["bodies"],
            "aims": programme["aims"],
            "governance": programme["governance"],
            "outputs": record["findings"].get("outputs", []),
            "report_sections": record["report"].get("sections", []),
            "workstream_seats": seats.get("seats", []),
            "parents_and_carers_in_first_three": seats.get("parents_and_carers_in_first_three"),
            "sources": programme["source"],
        },
    )


def _rows(table: str, named_by: str, rows: list[Record]) -> list[Fact]:
    return [
        Fact(table, row[named_by], fields={name: row.get(name) for name in FIELDS[table]} | {"sources": row["source"]})
        for row in rows
    ]


def _tables(record: Record) -> list[Fact]:
    found: list[Fact] = []
    for row in record["group"]:
        found += [_table(row, Kind.GROUP), _run(row, row["from"], row["to"])]
    for row in record["workstream"]:
        found += [_table(row, Kind.STREAM)] if row["run"] == 1 else []
        found += [_run(row, row["began"], row["until"], row["run"])]
    for row in record["body"]:
        found += [_table(row, Kind.STEERING), _run(row, row["from"], row["to"])]
    return found


def _table(row: Record, kind: Kind) -> Fact:
    fields = {
        "kind": kind,
        "purpose": row.get("purpose", ""),
        "open_ended": row.get("open_ended", kind == Kind.STEERING),
        "lived_experience": row.get("lived_experience"),
        "seats": row["seats"],
        "outputs": row.get("outputs", []),
        "note": row["note"],
        "sources": row["source"],
    }
    return Fact("workstream", row["name"], fields=fields)


def _run(row: Record, began: str, until: str, number: int = 1) -> Fact:
    fields = {"began": began, "until": until, "weeks": row.get("weeks"), "sources": row["source"]}
    return Fact("run", str(number), row["name"], fields | {"note": row["note"] if number > 1 else ""})


def _school_holiday(row: Record) -> Fact:
    return Fact("school holiday", row["what"], row["from"].isoformat(), {"last": row["to"], "sources": row["source"]})


def _counted(table: str, many: int) -> list[Fact]:
    return [Fact(table, str(n)) for n in range(1, many + 1)]


def is_over(run: Fact, *, open_ended: bool, today: date) -> bool:
    """Answer whether a run has ended: on its last day, or when its weeks and the holidays among them have gone by."""
    if open_ended:
        return False
    if run.fields["until"]:
        return last_day(run.fields["until"]) < today
    weeks = run.fields["weeks"]
    return weeks is not None and last_day(run.fields["began"]) + timedelta(weeks=weeks + WEEKS_OFF) < today
