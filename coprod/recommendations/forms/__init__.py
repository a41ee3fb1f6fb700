"""What people type about recommendations."""

from coprod.recommendations.forms.sending import SubmitForm
from coprod.recommendations.forms.suggestions import CommentForm, SettleForm, SuggestForm
from coprod.recommendations.forms.vote import VoteForm
from coprod.recommendations.forms.weighing import AnswerForm, AskForm, DeclareForm, LinkForm, WeighForm
from coprod.recommendations.forms.writing import EditForm, NewForm

__all__ = [
    "AnswerForm",
    "AskForm",
    "CommentForm",
    "DeclareForm",
    "EditForm",
    "LinkForm",
    "NewForm",
    "SettleForm",
    "SubmitForm",
    "SuggestForm",
    "VoteForm",
    "WeighForm",
]
