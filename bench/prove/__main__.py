"""Print the figures asked for, one JSON line each; exit non-zero when one does not hold."""

import json
import sys

from bench.prove import (
    f11,
    f12,
    f13,
    f14,
    f16,
    f17,
    f19,
    f20,
    f21_pages,
    f22,
    f23,
    f24,
    f25,
    f26,
    f31,
    five_hundred,
    five_thousand,
    sixty,
    timed,
)

FIGURES = {
    "F11": f11.measure,
    "F12": f12.measure,
    "F13": f13.measure,
    "F14": f14.measure,
    "F16": f16.measure,
    "F17": f17.measure,
    "F19": f19.measure,
    "F20": f20.measure,
    "F21": f21_pages.measure,
    "F22": f22.measure,
    "F31": f31.measure,
    "F23": f23.measure,
    "F24": f24.measure,
    "F25": f25.measure,
    "F26": f26.measure,
    "500": five_hundred.measure,
    "5000": five_thousand.measure,
    "60": sixty.measure,
}
SEED = 20251117


def main(names: list[str]) -> int:
    """Measure each; bare, list the names there are."""
    unknown = [name for name in names if name not in FIGURES]
    if unknown or not names:
        print("\n".join(FIGURES))
        return 1 if unknown else 0
    proved = True
    for name in names:
        figure = timed(FIGURES[name], SEED)
        proved = proved and bool(figure["holds"]) and bool(figure["control"])
        print(json.dumps(figure), flush=True)
    return 0 if proved else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
