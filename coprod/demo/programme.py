"""The demonstration: the public record, imported, with a believable invented life around it."""

from datetime import date
from pathlib import Path

from coprod.demo import (
    answering,
    around_evenings,
    change,
    comparisons,
    evenings,
    knowing,
    looking_after,
    making,
    meetings,
    money,
    people,
    pilot,
    promises,
    requests,
    sounding,
    story,
    tables,
    telling,
    two_pilots,
    watching,
)
from coprod.demo.stage import Stage
from coprod.people.queries import nobody_is_here
from coprod.programmes.queries import programme_here
from coprod.public_record import services as public_record

RECORD = Path(__file__).parent / "born-into-care.toml"


def load() -> None:
    """Bring the demonstration in, where nobody is here yet; the caller commits."""
    if not nobody_is_here():
        return
    stage = _with_the_record()
    people.bring_in(stage)
    tables.seat_steering_group(stage)
    requests.word_principles(stage)
    _first_ten_weeks(stage)
    _this_year(stage)
    _this_autumn(stage)
    _beside_the_meetings(stage)
    _the_duty_to_answer(stage)
    _what_changed(stage)


def _with_the_record() -> Stage:
    report = public_record.import_record(RECORD)
    programme = programme_here()
    if report.faults or programme is None:
        raise ValueError("\n".join(report.faults) or "The public record names no programme.")
    return Stage(programme)


def _first_ten_weeks(stage: Stage) -> None:
    tables.gather(stage, tables.TUESDAY)
    evenings.agree(stage, "tuesday", date(2022, 9, 20))
    evenings.hold_all(stage, "tuesday", date(2022, 10, 4))
    story.in_2022(stage)
    meetings.meet(stage, date(2022, 12, 15))
    change.agree_on_it(stage)
    pilot.run(stage)


def _this_year(stage: Stage) -> None:
    evenings.hold_all(stage, "tuesday", date(2025, 2, 4))
    story.in_spring_2025(stage)
    tables.gather(stage, tables.THURSDAY)
    evenings.agree(stage, "thursday", date(2025, 4, 24))
    evenings.hold_all(stage, "thursday", date(2025, 5, 8))
    around_evenings.leave_notes_unfinished(stage)
    meetings.meet(stage, date(2025, 6, 12))
    story.in_summer_2025(stage)
    meetings.meet(stage, date(2025, 9, 11))


def _this_autumn(stage: Stage) -> None:
    tables.gather(stage, tables.LEGAL)
    evenings.half_term(stage)
    evenings.this_autumn(stage)
    evenings.agree_again(stage, "tuesday", date(2025, 11, 11))
    around_evenings.get_ready(stage)
    around_evenings.write_notes(stage)
    story.in_autumn_2025(stage)
    meetings.meet(stage, date(2025, 10, 30))
    meetings.meet(stage, date(2025, 11, 12))
    meetings.plan_next(stage)
    story.waiting(stage)
    knowing.keep_library(stage)
    knowing.look_quickly(stage)
    story.still_going_on(stage)
    knowing.weigh_the_lift(stage)
    _what_people_say(stage)
    two_pilots.hand_out_the_map(stage)
    two_pilots.ask_for_badges(stage)
    comparisons.lay_beside(stage)
    promises.make(stage)
    tables.ask_one_more(stage)
    evenings.begin_again(stage, "thursday", date(2025, 11, 14))


def _what_people_say(stage: Stage) -> None:
    sounding.ratify(stage)
    sounding.hear_and_sort(stage)
    sounding.ask_what_is_shared(stage)
    sounding.ask_again_about_words(stage)
    sounding.choose_what_is_next(stage)
    sounding.ask_the_thursday_group(stage)
    sounding.work_on_the_meal(stage)


def _beside_the_meetings(stage: Stage) -> None:
    looking_after.set_rates(stage)
    looking_after.say_what_helps(stage)
    looking_after.let_jo_help(stage)
    looking_after.keep_the_register(stage)
    looking_after.tell_the_lead(stage)
    looking_after.help_kit(stage)
    looking_after.look_for_more(stage)
    looking_after.ask_about_notes(stage)
    around_evenings.say_who_comes(stage)
    around_evenings.look_after(stage)
    around_evenings.agree_each(stage)
    around_evenings.tell_of_tomorrow(stage)
    around_evenings.tell_sam(stage)
    around_evenings.suggest(stage)
    around_evenings.keep_templates(stage)
    around_evenings.plan_a_day_together(stage)
    money.pay(stage)


def _the_duty_to_answer(stage: Stage) -> None:
    answering.write_terms(stage)
    answering.answer_back(stage)
    answering.set_agenda(stage)
    making.order_areas(stage)
    making.make(stage)
    watching.watch(stage)
    watching.keep_on(stage)
    watching.bring_in(stage)
    watching.keep_view(stage)


def _what_changed(stage: Stage) -> None:
    change.write_it_again(stage)
    telling.what_changed(stage)
