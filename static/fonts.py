"""Cut the pages' font down to the letters we use, so that a phone loads at most 16 KB of it."""

import sys
from pathlib import Path

from fontTools import subset

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "node_modules" / "@fontsource" / "atkinson-hyperlegible-next" / "files"
BUILT = ROOT / "static" / "built"
PRINTABLE = range(0x20, 0x7F)
LATIN = "£§°·×½¼àáâäçèéêëìíîïñóôöùúûüÁÂÉÊÎÔÖÛÜ"
MARKS = "\u00a0\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026\u20ac\u2212"
WELSH = "\u0174\u0175\u0176\u0177"
LIMIT = 16 * 1024


def cut(source: str, target: str, letters: set[int]) -> int:
    """Write one cut with these letters only, and say how many bytes it weighs."""
    options = subset.Options()
    options.flavor = "woff2"
    options.hinting = False
    options.layout_features = ["kern", "mark", "mkmk", "tnum"]
    options.name_IDs = [1, 2, 13, 14]
    font = subset.load_font(str(SOURCE / source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=letters)
    subsetter.subset(font)
    path = BUILT / target
    subset.save_font(font, str(path), options)
    return path.stat().st_size


def main() -> int:
    """Cut both weights; fail when they weigh more than a page may."""
    BUILT.mkdir(parents=True, exist_ok=True)
    ours = set(PRINTABLE) | {ord(letter) for letter in LATIN + MARKS}
    welsh = {ord(letter) for letter in WELSH}
    total = 0
    for weight in (400, 700):
        name = f"atkinson-hyperlegible-next-{{}}-{weight}-normal.woff2"
        total += cut(name.format("latin"), f"atkinson-{weight}.woff2", ours)
        cut(name.format("latin-ext"), f"atkinson-{weight}-welsh.woff2", welsh)
    sys.stdout.write(f"fonts: {total / 1024:.1f} KB for both cuts\n")
    return 0 if total <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
