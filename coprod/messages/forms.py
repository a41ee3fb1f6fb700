"""What admins write for messages."""

from wtforms import TextAreaField
from wtforms.validators import DataRequired

from coprod.core.forms import Form


class WordsForm(Form):
    """The words of one text."""

    words = TextAreaField(
        "Words of the text",
        [DataRequired("Write the words, or set them back to ours.")],
        description="{alias} is the name, {link} is the link. Use simple letters and straight quotes.",
    )
