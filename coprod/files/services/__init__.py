"""Keeping a file, looking what it is, having it scanned, letting it go."""

from coprod.files.services.contents import Taken, look_at
from coprod.files.services.keeping import keep, keep_taken, wipe
from coprod.files.services.pictures import NotAPicture, made_anew
from coprod.files.services.scanning import scan_waiting

__all__ = ["NotAPicture", "Taken", "keep", "keep_taken", "look_at", "made_anew", "scan_waiting", "wipe"]
