"""GCJ-02 and BD-09 against published vectors, an independent implementation and their own round trip."""

import numpy as np
import prcoords
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.intake import gcj02

#: WGS-84, GCJ-02, BD-09 (lon, lat).
VECTORS = [
    ((116.404, 39.915), (116.41024450, 39.91640428), (116.41662724, 39.92269955)),
    ((115.03, 42.30), (115.03670081, 42.30210404), (115.04328015, 42.30788192)),
    ((106.16, 33.33), (106.16411907, 33.32832090), (106.17063037, 33.33421841)),
    ((119.10, 25.32), (119.10491040, 25.31740252), (119.11148120, 25.32305639)),
]
china = st.tuples(st.floats(73.5, 135.0), st.floats(18.0, 53.5))


@pytest.mark.parametrize(("wgs", "gcj", "bd"), VECTORS)
def test_vectors_to_the_last_digit(wgs, gcj, bd):
    assert np.round(gcj02.wgs_to_gcj(*wgs), 8) == pytest.approx(gcj, abs=1.5e-8)
    assert np.round(gcj02.wgs_to_bd(*wgs), 8) == pytest.approx(bd, abs=1.5e-8)


@pytest.mark.parametrize(("wgs", "gcj", "bd"), VECTORS)
def test_back_to_wgs84(wgs, gcj, bd):
    assert gcj02.gcj_to_wgs(*gcj) == pytest.approx(wgs, abs=1.5e-8)
    assert gcj02.bd_to_wgs(*bd) == pytest.approx(wgs, abs=1.5e-8)


@given(china)
def test_round_trips_within_a_millimetre(position):
    millimetre = 1e-8
    assert gcj02.gcj_to_wgs(*gcj02.wgs_to_gcj(*position)) == pytest.approx(position, abs=millimetre)
    assert gcj02.bd_to_wgs(*gcj02.wgs_to_bd(*position)) == pytest.approx(position, abs=millimetre)


@given(china)
def test_agrees_with_another_implementation(position):
    lon, lat = position
    theirs = prcoords.wgs_gcj((lat, lon), check_china=False)
    assert gcj02.wgs_to_gcj(lon, lat) == pytest.approx((theirs[1], theirs[0]), abs=1e-9)
    theirs = prcoords.gcj_bd(theirs)
    assert gcj02.wgs_to_bd(lon, lat) == pytest.approx((theirs[1], theirs[0]), abs=1e-9)


def test_outside_china_nothing_moves():
    lon, lat = np.array([9.5, -43.9, 151.2]), np.array([47.2, -19.7, -33.9])
    assert np.array_equal(gcj02.wgs_to_gcj(lon, lat), (lon, lat))
    assert np.array_equal(gcj02.gcj_to_wgs(lon, lat), (lon, lat))
    assert not gcj02.shifted(lon, lat).any()


def test_arrays_keep_their_shape():
    lon, lat = np.full((3, 2), 115.0), np.full((3, 2), 42.0)
    assert gcj02.bd_to_wgs(lon, lat)[0].shape == (3, 2)
