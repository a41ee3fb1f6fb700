"""Pages about what people say, the themes it is sorted into, and what the group shares."""

from coprod.statements.views import asking, common, one_theme, saying, setting_aside, sorting
from coprod.statements.views.blueprint import bp

__all__ = ["asking", "bp", "common", "one_theme", "saying", "setting_aside", "sorting"]
