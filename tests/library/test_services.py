"""What is kept of a template, and where a new part goes."""

from sqlalchemy.exc import NoResultFound

from coprod.core.db import db
from coprod.library import queries, services
from coprod.library.models import Template, TemplateKind
from coprod.library.rules import templates
from coprod.people.models import Person
from tests.library.conftest import House


def test_a_copy_of_weeks_starts_from_ones_own_evenings_as_they_are(
    people: House, weeks: Template, evening: Template
) -> None:
    weeks.weeks[0].outline = evening
    db.session.flush()
    kept = services.copy(weeks, by=people.sam)
    assert kept.weeks[0].outline is evening


def _reads(person: Person, template: Template) -> bool:
    listed = (template.id, template.name) in queries.names_of(person, template.kind)
    try:
        return queries.one_seen_by(person, template.id) is template and listed
    except NoResultFound:
        return listed


def test_sharing_weeks_shares_ones_own_evenings_for_as_long_as_they_are_in_them(
    people: House, weeks: Template, evening: Template
) -> None:
    """P2: nothing stays open that was opened with something else."""
    weeks.weeks[0].outline = evening
    services.share(weeks, by=people.sam)
    assert _reads(people.jo, evening)
    assert templates.outline_for(weeks.weeks[0], people.jo) is evening
    later = services.start(TemplateKind.SESSION, "A later one", by=people.sam)
    week = services.add_week(weeks, 3, later, by=people.sam)
    assert _reads(people.jo, later)
    assert queries.lent_with(later) == ["Our ten weeks"]
    services.change_part(weeks, week, outline=None, by=people.sam)
    assert (_reads(people.jo, later), _reads(people.jo, evening)) == (False, True)
    services.stop_sharing(weeks, by=people.sam)
    assert (_reads(people.jo, weeks), _reads(people.jo, evening)) == (False, False)
    assert templates.outline_for(weeks.weeks[0], people.jo) is None
    services.share(evening, by=people.sam)
    services.share(weeks, by=people.sam)
    services.stop_sharing(weeks, by=people.sam)
    assert _reads(people.jo, evening)


def test_nobody_shares_somebody_elses_evening(people: House, weeks: Template) -> None:
    """P2: what she lent to be used is hers to take back."""
    hers = services.start(TemplateKind.SESSION, "Jo’s evening", by=people.jo)
    services.share(hers, by=people.jo)
    weeks.weeks[0].outline = hers
    services.share(weeks, by=people.sam)
    services.stop_sharing(hers, by=people.jo)
    assert (_reads(people.lee, weeks), _reads(people.lee, hers), _reads(people.sam, hers)) == (True, False, False)
    assert templates.outline_for(weeks.weeks[0], people.lee) is None
    assert queries.lent_with(hers) == []


def test_a_copy_takes_each_evening_once(people: House, weeks: Template, evening: Template) -> None:
    for week in weeks.weeks[:9]:
        week.outline = evening
    services.share(weeks, by=people.sam)
    kept = services.copy(weeks, by=people.jo)
    (mine,) = {week.outline for week in kept.weeks[:9]}
    assert (mine.name, mine.owner, kept.weeks[9].outline) == ("A short evening (copy)", people.jo, None)
    assert db.session.query(Template).filter_by(owner_id=people.jo.id).count() == 2
    assert [item.title for item in mine.items] == [item.title for item in evening.items]


def test_a_copy_of_a_long_name_is_cut_after_a_whole_word(people: House) -> None:
    long = "Ten weeks for fathers and grandmothers who look after children in two houses abc"
    assert len(long) == 80
    kept = services.copy(services.start(TemplateKind.CYCLE, long, by=people.sam), by=people.sam)
    assert kept.name == "Ten weeks for fathers and grandmothers who look after children in two… (copy)"
    assert templates.named("x" * 80, " (copy)") == f"{'x' * 72}… (copy)"
    assert templates.named("Short", ", week 3") == "Short, week 3"


def test_a_new_part_stands_before_check_out_or_last_where_there_is_none(people: House, evening: Template) -> None:
    before = services.add_item(evening, by=people.sam, part="work", title="Talk", minutes=10)
    assert [item.part for item in sorted(evening.items, key=lambda item: item.position)][-2:] == ["work", "check-out"]
    services.remove_part(evening, next(item for item in evening.items if item.part == "check-out"), by=people.sam)
    last = services.add_item(evening, by=people.sam, part="work", title="More talk", minutes=10)
    db.session.refresh(evening)
    assert (before.title, evening.items[-1].title, last.position) == ("Talk", "More talk", len(evening.items))
