"""Limits as they are written on an open map."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.intake.osm.limits import height_m, speed_kmh, weight_t


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("50", 50), ("50 km/h", 50), ("30 mph", 48.28), ("10 knots", 18.52), ("60;40", 40), ("80|60", 60),
        ("none", None), ("signals", None), ("walk", None), ("CN:urban", None), ("60;none", None), ("0", None),
        ("-50", None), ("", None), (None, None), ("fast", None), ("50 furlongs", None),
    ],
)  # fmt: skip
def test_speed(text: str | None, value: float | None) -> None:
    assert speed_kmh(text) == (None if value is None else pytest.approx(value, abs=0.01))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3.8", 3.8), ("3,8 m", 3.8), ("250 cm", 2.5), ("12'6\"", 3.81), ("12'", 3.658), ("14 ft", 4.267),
        ("default", None), ("none", None), ("below_default", None), (None, None),
    ],
)  # fmt: skip
def test_height(text: str | None, value: float | None) -> None:
    assert height_m(text) == (None if value is None else pytest.approx(value, abs=0.001))


@pytest.mark.parametrize(
    ("text", "value"),
    [("7.5", 7.5), ("18 t", 18), ("3500 kg", 3.5), ("10 st", 9.072), ("16000 lbs", 7.257), ("unsigned", None)],
)
def test_weight(text: str, value: float | None) -> None:
    assert weight_t(text) == (None if value is None else pytest.approx(value, abs=0.001))


@given(st.text(max_size=12))
def test_whatever_is_typed_gives_a_positive_number_or_unknown(text: str) -> None:
    for reading in (speed_kmh, height_m, weight_t):
        value = reading(text)
        assert value is None or value > 0
