"""Files that others have made; skipped where RISKMAP_TEST_DATA names none."""

import layers
from geodata.intake import options
from tests.geodata.intake.importing import counts, load, stored

MINE_MAP = ["name=project", "code=id", "lon=lng", "lat=lat", "state=status"]
DAM_MAP = [
    "name=NOME_BARRAGEM_MINERACAO",
    "capacity_10k_m3=VOLUME_ATUAL_m3 [m³]",
    "height_m=ALTURA_ATUAL_metros",
    "lat=LATITUDE",
    "lon=LONGITUDE",
]


def test_eighty_eight_mines_with_a_column_map(connection, real_data):
    said = {
        "crs": "WGS84",
        "columns": options.columns(MINE_MAP),
        "fixed": options.fixed(["kind=煤矿"]),
        "spelt": options.spelt(["state:proposed=建设", "method:underground_and_surface=露天与地下联合"]),
    }
    path = real_data / "mines/gem_coal_shenmu.csv"
    assert counts(load(connection, path, layers.ALL["mines"], **said)) == (88, 0, 0, 0)
    assert counts(load(connection, path, layers.ALL["mines"], **said)) == (0, 0, 88, 0)


def test_the_register_of_714_dams_and_its_wrong_positions(connection, real_data):
    path = next(real_data.glob("tailings/*.csv"))
    outcome = load(connection, path, crs="WGS84", columns=options.columns(DAM_MAP), dry_run=True)
    assert counts(outcome) == (686, 0, 0, 28)
    # One dam stands there twice, 70 m apart, the second time with a blank more in its name.
    said = [str(refusal) for refusal in outcome.refused]
    assert sum("丢了小数点" in each for each in said) == 27 and sum("第 460 行重复" in each for each in said) == 1
    # The column that says on which side of the equator a dam lies finds 21 more, which lost their minus sign.
    by_side = options.columns([*DAM_MAP, "hemisphere=POSICIONAMENTO"])
    outcome = load(connection, path, crs="WGS84", columns=by_side, within="-74,-34,-34,5.3")
    assert counts(outcome) == (665, 0, 0, 49)
    assert sum("丢了负号" in str(refusal) for refusal in outcome.refused) == 21


def test_one_place_in_three_systems(connection, real_data):
    said = {"columns": options.columns(["name=name", "code=osm_id", "village_kind="])}
    layer = layers.ALL["villages"]
    assert load(connection, real_data / "china/guixi_named_points_wgs84.geojson", layer, **said).added == 31
    where = dict(stored(connection, "code, ST_AsText(geom)", "villages"))
    assert len(where) == 31
    for system in ("gcj02", "bd09"):
        path = real_data / f"china/guixi_named_points_{system}.geojson"
        assert load(connection, path, layer, crs=system, **said).added == 0
        moved = connection.execute(
            "SELECT max(ST_Distance(geom::geography, ST_GeomFromText(w.wkt, 4326)::geography))"
            " FROM layer.villages JOIN unnest(%s::text[], %s::text[]) AS w(code, wkt) USING (code)",
            (list(where), list(where.values())),
        ).fetchone()
        assert moved is not None and moved[0] < 0.05


def test_a_spelling_that_no_choice_knows_is_refused_with_the_list(connection, real_data):
    outcome = load(
        connection,
        real_data / "mines/gem_coal_shenmu.csv",
        layers.ALL["mines"],
        crs="WGS84",
        columns=options.columns([*MINE_MAP, "method="]),
    )
    assert counts(outcome) == (79, 0, 0, 9)
    assert all("proposed" in str(refusal) and "可以写：生产" in str(refusal) for refusal in outcome.refused)
