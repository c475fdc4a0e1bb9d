"""Fields as the user calls them: by name, by title; near ones are proposed."""

import pytest

import layers
from geodata.errors import Refused
from geodata.intake import field_names, options
from geodata.intake.options import Options

SITES = layers.ALL["chemical_sites"]


def test_names_titles_and_parts():
    said = Options(columns=options.columns(["坐标=位置", "units.unit=单元", "name=厂名"]))
    assert set(field_names.resolved(said, SITES).columns) == {"position", "units.unit", "name"}


def test_an_unknown_field_is_refused_with_the_likely_ones_first():
    with pytest.raises(Refused, match="--map：没有字段“hoehe”"):
        field_names.resolved(Options(columns=options.columns(["hoehe=名称"])), SITES)
    with pytest.raises(Refused, match="是不是.*substances.cas（CAS号）"):
        field_names.resolved(Options(columns=options.columns(["substance.cas=CAS"])), SITES)
