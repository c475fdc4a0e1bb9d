"""What every layer's file must keep; a new file is tested by being there."""

from __future__ import annotations

import re
from decimal import Decimal

import psycopg
import pytest

import layers
from geodata.intake.checks import CHECKS
from geodata.risk import computed
from geodata.risk.grading import regrade
from geodata.store.records import write
from layers._gb18218 import CATEGORIES
from layers._risk import Bands, Classes, Column, Computed, Ratio
from layers._sectors import SECTORS
from layers._vocabulary import DeclarationError, Field, Geometry, Kind, Layer, Shape, Style

CONTRACT = {
    "mines", "tailings_dams", "chemical_sites", "flood_roads", "shelters", "rescue_teams", "supply_points",
    "enterprises",
    "other_sites", "reservoirs", "dikes", "hazard_areas", "wells", "townships", "villages", "roads", "water",
}  # fmt: skip
every = pytest.mark.parametrize("layer", layers.ALL.values(), ids=lambda layer: layer.name)


def tables(layer: Layer) -> list[tuple[Field, ...]]:
    return [layer.fields, *(part.fields for _, part, _ in layer.all_parts())]


def test_the_contracts_layers_are_all_there() -> None:
    assert set(layers.ALL) >= CONTRACT


def test_prefixes_tell_layers_apart() -> None:
    prefixes = [layer.prefix for layer in layers.ALL.values()]
    assert len(set(prefixes)) == len(prefixes) and all(re.fullmatch("[A-Z]{2,8}", prefix) for prefix in prefixes)


@every
def test_titles_are_chinese_and_english(layer: Layer) -> None:
    assert re.search("[\u4e00-\u9fff]", layer.title) and layer.title_en.isascii()
    for field in (field for table in tables(layer) for field in table):
        assert field.title and field.title_en, field.name
        for choice in field.choices:
            assert choice.title and choice.title_en, (field.name, choice.code)


@every
def test_a_header_means_one_field_of_its_table(layer: Layer) -> None:
    for table in tables(layer):
        taken: dict[str, str] = {}
        for field in table:
            for header in {"".join(header.split()).lower() for header in field.headers()}:
                assert taken.setdefault(header, field.name) == field.name, header


@every
def test_a_spelling_means_one_choice(layer: Layer) -> None:
    for field in (field for table in tables(layer) for field in table):
        taken: dict[str, str] = {}
        for choice in field.choices:
            for spelling in {spelling.strip().lower() for spelling in choice.spellings()}:
                assert taken.setdefault(spelling, choice.code) == choice.code, (field.name, spelling)


@every
def test_numbers_have_a_plausible_range_or_none_at_all(layer: Layer) -> None:
    for field in (field for table in tables(layer) for field in table):
        assert not field.check or field.check in CHECKS, field.name
        if field.kind in (Kind.INTEGER, Kind.DECIMAL, Kind.REAL) and field.unit:
            assert field.least is not None and field.most is not None, f"{field.name} has a unit but no range"


@every
def test_the_card_shows_some_facts_each_in_its_own_place(layer: Layer) -> None:
    places = [field.card for field in layer.fields if field.card]
    assert places and sorted(places) == list(range(1, len(places) + 1))


@every
def test_the_state_is_a_dated_choice(layer: Layer) -> None:
    if layer.state:
        field = layer.field(layer.state)
        assert field.kind is Kind.CHOICE and field.dated


@every
def test_shape_fits_geometry_and_only_graded_layers_claim_a_level(layer: Layer) -> None:
    flat = {Geometry.LINE: {Shape.LINE}, Geometry.POLYGON: {Shape.AREA}}
    allowed = flat.get(layer.geometry, set(Shape) - {Shape.LINE, Shape.AREA})
    assert layer.style.shape in allowed
    if layer.risk:
        assert layer.style.shape not in {Shape.SQUARE, Shape.STAR, Shape.PLUS, Shape.DROP, Shape.DOT}


@every
def test_rules_read_exact_numbers_and_known_codes(layer: Layer) -> None:
    """A double would be rounded on its way to the edge; a class that no choice stores could never be met."""
    for rule in layer.risk.rules() if layer.risk else ():
        for name in rule.fact.columns():
            assert layer.field(name).kind is not Kind.REAL, name
        if isinstance(rule.fact, Computed):
            assert rule.fact.name in computed.NAMES
        if rule.when and rule.when.values:
            assert set(rule.when.values) <= {choice.code for choice in layer.field(rule.when.name).choices}


@every
def test_factors_have_sources_and_tests_that_fit_their_facts(layer: Layer) -> None:
    for factor in layer.risk.factors if layer.risk else ():
        assert factor.source.text and factor.title and factor.title_en
        if isinstance(factor.fact, Column) and isinstance(factor.test, Classes):
            codes = {choice.code for choice in layer.field(factor.fact.name).choices}
            assert {code for code, _ in factor.test.levels} == codes, factor.name
        if isinstance(factor.fact, Ratio):
            assert isinstance(factor.test, Bands) and Decimal(1) in factor.test.edges


@every
def test_a_bare_record_can_be_written_and_graded(connection: psycopg.Connection, layer: Layer) -> None:
    """Every field given as nothing: kept as unknown, and where the layer is graded, graded as unknown."""
    row = {"code": "X-1", "name": "示例"} | {field.name: None for field in layer.fields}
    assert write(connection, layer, [row], "示例值班员").added == 1
    done = regrade(connection, layer)
    assert done.sites == (1 if layer.risk else 0)
    stored = connection.execute("SELECT level FROM riskmap.grade WHERE layer = %s", (layer.name,)).fetchall()
    assert stored == ([(None,)] if layer.risk else [])


def test_substances_offer_every_category_of_table_2() -> None:
    units = layers.ALL["chemical_sites"].parts[0]
    choices = {choice.code for choice in units.parts[0].field("category").choices}
    assert choices == {category.symbol for category in CATEGORIES}


def test_sectors_are_seeded_with_department_and_class_rule() -> None:
    assert len(SECTORS) >= 10 and len({sector.code for sector in SECTORS}) == len(SECTORS)
    assert all(sector.title and sector.title_en and sector.department and sector.class_rule for sector in SECTORS)
    assert {"gas", "metallurgy", "industry", "new_energy", "fireworks", "brick", "grass_storage"} <= {
        sector.code for sector in SECTORS
    }


def test_a_state_that_is_no_field_is_refused() -> None:
    with pytest.raises(DeclarationError, match="state"):
        Layer("tests", "试验", "tests", Geometry.POINT, (), Style(Shape.DOT), "T", state="state")
