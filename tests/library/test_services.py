"""What is kept of a template, and where a new part goes."""

from coprod.core.db import db
from coprod.library import services
from coprod.library.models import Template
from tests.library.conftest import House


def test_a_copy_of_weeks_starts_from_ones_own_evenings_as_they_are(
    people: House, weeks: Template, evening: Template
) -> None:
    weeks.weeks[0].outline = evening
    db.session.flush()
    kept = services.copy(weeks, by=people.sam)
    assert kept.weeks[0].outline is evening
    services.share(kept, by=people.sam)
    assert (kept.shared, evening.shared, weeks.shared) == (True, True, False)


def test_a_new_part_stands_before_check_out_or_last_where_there_is_none(people: House, evening: Template) -> None:
    before = services.add_item(evening, by=people.sam, part="work", title="Talk", minutes=10)
    assert [item.part for item in sorted(evening.items, key=lambda item: item.position)][-2:] == ["work", "check-out"]
    services.remove_part(evening, next(item for item in evening.items if item.part == "check-out"), by=people.sam)
    last = services.add_item(evening, by=people.sam, part="work", title="More talk", minutes=10)
    db.session.refresh(evening)
    assert (before.title, evening.items[-1].title, last.position) == ("Talk", "More talk", len(evening.items))
