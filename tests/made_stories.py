"""Stories and a mark that the tests of lakes share."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
WEIGHTS = ROOT / "src" / "verbale" / "language" / "weights" / "en.onnx"
needs_model = pytest.mark.skipif(not WEIGHTS.exists(), reason="no model in this checkout: language/weights/en.onnx")
PAIRS = (("Norway", "Finland", "Oslo"), ("Kenya", "Uganda", "Nairobi"), ("Peru", "Chile", "Lima"),
         ("Japan", "Australia", "Tokyo"), ("Ghana", "Togo", "Accra"))


def story(number: int) -> str:
    one, other, city = PAIRS[number % len(PAIRS)]
    return (f"{one} and {other} hold talks number {number}\n\n{city.upper()}, May {number % 27 + 1}, 2022 — The "
            f"foreign ministers of {one} and {other} met in {city} on Tuesday and discussed fishing rights.\n\n"
            f"“We agreed on {number + 2} points,” the foreign minister of {one} said after the meeting.\n")
