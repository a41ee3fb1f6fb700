"""The reading light: what it says of a text, and what it tells the writer to do."""

from coprod.core.reading import Ease, Light, grade, light, sentences_of, words_of

EASY = "Every parent gets one named midwife. She stays from the first visit on. Her name is on the card."
LONG = (
    "We ask that each parent has one midwife who stays with her from the first visit and who is there on the day "
    "and who comes to the house and rings when she can."
)


def test_light_says_how_a_text_reads_and_what_to_do():
    told = {
        "": None,
        " 12, 13! ": None,
        EASY: Light(Ease.EASY),
        LONG: Light(Ease.HARD, "Split the sentence that begins “We ask that each…”: it has 34 words."),
        "We go home. " * 4 + LONG: Light(
            Ease.LITTLE_HARD, "Split the sentence that begins “We ask that each…”: it has 34 words."
        ),
        EASY + " The recommendation needs a coordinator, administration and communication.": Light(
            Ease.LITTLE_HARD, "Look for a shorter word for “administration”, “communication” or “recommendation”."
        ),
        "Notwithstanding requirements, recommendations proceed through administration to the whole group.": Light(
            Ease.HARD,
            "Look for a shorter word for “administration”, “recommendations” or “Notwithstanding”.",
        ),
        "Other parents carry papers over to every worker, mother, father, sister, doctor, lawyer.": Light(
            Ease.HARD, "Make the sentence that begins “Other parents carry papers…” shorter, or use shorter words."
        ),
    }
    assert {text: light(text) for text in told} == told


def test_few_words_are_judged_by_their_length_alone():
    told = {
        "Family meetings for every parent": Ease.EASY,
        "A coordinator for every parent": Ease.LITTLE_HARD,
        "Administration of coordination": Ease.HARD,
    }
    assert {text: light(text).ease for text in told} == told
    assert light("A coordinator for every parent").to_do == "Look for a shorter word for “coordinator”."


def test_a_line_is_a_sentence_and_a_full_stop_inside_a_figure_is_none():
    assert sentences_of("One midwife\nShe stays 2.5 years. Then we look again.\n\n—") == [
        "One midwife",
        "She stays 2.5 years.",
        "Then we look again.",
    ]
    assert words_of("It’s 12 o'clock") == ["It’s", "o'clock"]
    assert grade([]) == 0.0
