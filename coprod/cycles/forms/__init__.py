"""What people type about cycles, sessions and agendas."""

from coprod.cycles.forms.items import ItemForm, MinutesForm, PlaceForm, TickForm
from coprod.cycles.forms.weeks import CycleForm, DayForm, MoveForm

__all__ = ["CycleForm", "DayForm", "ItemForm", "MinutesForm", "MoveForm", "PlaceForm", "TickForm"]
