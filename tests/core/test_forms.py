"""What every form does with what is typed."""

from datetime import date

import pytest
from wtforms import StringField, TextAreaField
from wtforms.validators import Length

from coprod.core.forms import COURT_NUMBER, NHS_NUMBER, DayField, Form, at_most_words, clean

UNREADABLE = "Write the day like this: 18 November 2025."


class _Form(Form):
    title = StringField("Title", [Length(max=20)], filters=[lambda typed: typed.upper() if typed else typed])
    words = TextAreaField("Words", [at_most_words(3)])
    day = DayField("Day")


@pytest.fixture
def typed(app):
    def form(**fields):
        with app.test_request_context(method="POST", data=fields):
            made = _Form()
            made.validate()
        return made

    return form


@pytest.mark.parametrize(
    ("given", "kept"),
    [(None, None), ("a\0b", "ab"), ("  a ", "a"), ("a\r\nb", "a\nb"), ("a\ud800b", "ab"), ("ŵ متى", "ŵ متى")],
)
def test_text_is_cleaned(given, kept):
    assert clean(given) == kept


def test_a_field_is_cleaned_before_its_own_filters(typed):
    assert typed(title=" more\0 ramps ").title.data == "MORE RAMPS"


@pytest.mark.parametrize(("words", "fault"), [("it is 450 557 7104", NHS_NUMBER), ("see BP22C00123", COURT_NUMBER)])
def test_a_familys_numbers_are_refused_and_what_was_typed_is_kept(typed, words, fault):
    """Domain rule 1."""
    form = typed(title=words)
    assert form.title.errors == [fault]
    assert form.title.data == words.upper()


def test_every_text_is_looked_through(typed):
    form = typed(title="450 557 7104", words="BP22C00123")
    assert set(form.errors) == {"title", "words"}


def test_too_many_words_are_refused_with_their_number(typed):
    assert typed(words="one two three").errors == {}
    assert typed(words="one two three four").words.errors == ["Use 3 words at most. This has 4."]
    assert at_most_words(3).field_flags == {"most_words": 3}


@pytest.mark.parametrize(
    "written",
    [
        "2025-11-18",
        "18/11/2025",
        "18.11.2025",
        "18 November 2025",
        "18 Nov 2025",
        "18-11-2025",
        "18/11/25",
        " 18 November, 2025 ",
    ],
)
def test_a_day_is_read_as_people_write_it(typed, written):
    assert typed(day=written).day.data == date(2025, 11, 18)


@pytest.mark.parametrize("written", ["31/02/2025", "soon", "18", "\u202e2025"])
def test_a_day_that_is_none_is_asked_for_kindly(typed, written):
    form = typed(day=written)
    assert form.day.errors == [UNREADABLE]
    assert form.day.data is None


def test_no_day_is_no_fault_of_the_reading(typed):
    form = typed(day="")
    assert (form.day.data, list(form.day.errors)) == (None, [])


def test_hidden_fields_are_printed_without_ids_since_a_page_may_hold_several_forms(app):
    with app.test_request_context():
        form = _Form()
        assert " id=" not in form.hidden_tag()
        assert 'name="once"' in form.hidden_tag()
