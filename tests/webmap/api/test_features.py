"""OGC API – Features Part 1: Core, GeoJSON, OpenAPI 3.0, requirement by requirement."""

from __future__ import annotations

from datetime import date
from typing import Any

import psycopg
import pytest
from flask.testing import FlaskClient
from openapi_spec_validator import validate

import layers
from geodata.store import records


def get(client: FlaskClient, path: str, status: int = 200, **headers: str) -> Any:
    answer = client.get("/api" + path, headers=headers)
    assert answer.status_code == status, answer.get_data(as_text=True)
    if status >= 400:
        assert answer.mimetype == "application/problem+json"
        assert answer.json["status"] == status and answer.json["type"] == "about:blank" and answer.json["detail"]
    return answer.get_json(force=True)


def links(document: dict[str, Any]) -> dict[str, str]:
    return {link["rel"]: link["href"] for link in document["links"]}


def codes(page: dict[str, Any]) -> list[str]:
    return [feature["properties"]["code"] for feature in page["features"]]


def test_every_link_of_the_landing_page_answers_in_its_type(client: FlaskClient) -> None:
    found = get(client, "")
    assert {"self", "service-desc", "conformance", "data"} <= links(found).keys()
    for link in found["links"]:
        answer = client.get(link["href"])
        assert answer.status_code == 200
        assert answer.mimetype == link["type"].partition(";")[0]


def test_conformance_names_core_geojson_and_oas30(client: FlaskClient) -> None:
    classes = get(client, "/conformance")["conformsTo"]
    base = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/"
    assert {base + "core", base + "geojson", base + "oas30"} <= set(classes)


def test_collections_are_the_layers_with_their_extents(client: FlaskClient) -> None:
    found = get(client, "/collections")
    assert [c["id"] for c in found["collections"]] == list(layers.ALL)
    by_id = {c["id"]: c for c in found["collections"]}
    assert by_id["mines"]["extent"]["spatial"]["bbox"] == [[110.3, 38.2, 110.7, 38.3]]
    assert "extent" not in by_id["wells"]
    assert get(client, "/collections/mines") == by_id["mines"]
    for href in links(by_id["mines"]).values():
        assert client.get(href).status_code == 200


def test_items_are_pages_with_next_and_prev(client: FlaskClient) -> None:
    first = get(client, "/collections/mines/items?limit=2")
    assert (first["numberMatched"], first["numberReturned"], codes(first)) == (3, 2, ["M-1", "M-2"])
    assert "prev" not in links(first)
    second = get(client, links(first)["next"].partition("/api")[2])
    assert codes(second) == ["M-3"] and "next" not in links(second)
    assert codes(get(client, links(second)["prev"].partition("/api")[2])) == ["M-1", "M-2"]


def test_a_record_without_position_has_null_geometry(client: FlaskClient) -> None:
    assert get(client, "/collections/mines/items?code=M-3")["features"][0]["geometry"] is None


def test_parts_are_arrays_and_phones_are_nowhere(client: FlaskClient) -> None:
    page = client.get("/api/collections/mines/items")
    assert page.json["features"][0]["properties"]["persons"][0]["person"] == "示例负责人"
    feature = client.get(f"/api/collections/mines/items/{page.json['features'][0]['id']}")
    for answer in (page, feature, client.get("/api/collections/mines/schema"), client.get("/api/openapi")):
        assert "13800000000" not in answer.text and "phone" not in answer.text


def test_one_item_has_its_grade_with_reasons_and_links(client: FlaskClient) -> None:
    site = get(client, "/collections/mines/items?code=M-2")["features"][0]["id"]
    feature = get(client, f"/collections/mines/items/{site}")
    assert feature["properties"]["level"] == 1
    reasons = {r["factor"]: r for r in feature["properties"]["grade"]["factors"]}
    assert reasons["major_hazard"]["level"] == 1 and reasons["major_hazard"]["source"]
    assert {"self", "collection"} <= links(feature).keys()


@pytest.mark.parametrize(
    ("bbox", "found"),
    [
        ("110.2,38.25,110.4,38.4", ["M-1"]),
        ("110.2,38.25,-100,110.4,38.4,3000", ["M-1"]),
        ("110,38,111,39", ["M-1", "M-2"]),
        ("110.3,38.3,110.3,38.3", ["M-1"]),
        ("0,0,1,1", []),
    ],
)
def test_bbox(client: FlaskClient, bbox: str, found: list[str]) -> None:
    page = get(client, f"/collections/mines/items?bbox={bbox}")
    assert codes(page) == found and page["numberMatched"] == len(found)


def test_bbox_across_the_antimeridian(client: FlaskClient) -> None:
    assert codes(get(client, "/collections/shelters/items?bbox=179,5,-179,15")) == ["S-1", "S-2"]
    assert codes(get(client, "/collections/shelters/items?bbox=-179,5,179,15")) == []


@pytest.mark.parametrize(
    ("query", "found"),
    [("code=M-2", ["M-2"]), ("level=1", ["M-2"]), ("level=unknown&code=M-3", ["M-3"]),
     ("township_code=610881001", ["M-1"]),
     ("permit_expires=2020-01-31", ["M-1"]), ("major_hazards_open=1&level=1", ["M-2"]), ("confirmed=false", [])],
)  # fmt: skip
def test_filters_by_queryable_properties(client: FlaskClient, query: str, found: list[str]) -> None:
    assert codes(get(client, f"/collections/mines/items?{query}")) == found


@pytest.mark.parametrize(
    ("when", "count"),
    [("2020-01-01/..", 3), ("../2020-01-01", 0), ("2020-01-01T00:00:00Z/2099-12-31T00:00:00Z", 3), ("2019-05-05", 0)],
)
def test_datetime_is_the_moment_of_change_where_nothing_is_dated(client: FlaskClient, when: str, count: int) -> None:
    assert get(client, f"/collections/mines/items?datetime={when}")["numberMatched"] == count


def test_datetime_is_the_validity_of_dated_values(writing_client: FlaskClient, writable: str) -> None:
    mines = layers.ALL["mines"]
    dated = {"code": "M-1", "state": mines.field("state").choices[0].code, "state_since": date(2024, 3, 1)}
    with psycopg.connect(writable) as connection:
        records.write(connection, mines, [dated], "测试")
    for when, found in (("2024-03-15", True), ("2024-02-01/2024-02-20", False), ("2030-01-01/..", True)):
        assert ("M-1" in codes(get(writing_client, f"/collections/mines/items?datetime={when}"))) is found


@pytest.mark.parametrize(
    "query",
    ["bogus=1", "limit=0", "limit=-1", "limit=x", "offset=-1", "bbox=1,2,3", "bbox=a,b,c,d", "bbox=0,50,1,40",
     "bbox=nan,0,1,1", "bbox=0,-91,1,1", "datetime=yesterday", "datetime=2024-13-01", "datetime=2025-01-01/2024-01-01",
     "level=red", "confirmed=maybe", "permit_expires=soon", "phone=1", "persons=1", "limit=1&limit=2", "f=xml",
     "datetime=2024-01-01T00:00:00"],
)  # fmt: skip
def test_what_cannot_be_meant_is_400(client: FlaskClient, query: str) -> None:
    get(client, f"/collections/mines/items?{query}", 400)


def test_a_limit_above_the_most_is_not_an_error(client: FlaskClient) -> None:
    assert get(client, "/collections/mines/items?limit=99999999999999999999")["numberReturned"] == 3


@pytest.mark.parametrize(
    "path",
    ["/collections/nothing", "/collections/nothing/items", "/collections/mines/items/999", "/nowhere",
     "/collections/mines/items/x", "/collections/mines/items/9999999999999999999999"],
)  # fmt: skip
def test_what_is_not_there_is_404(client: FlaskClient, path: str) -> None:
    get(client, path, 404)


def test_unknown_parameters_are_refused_everywhere(client: FlaskClient) -> None:
    for path in ("", "/conformance", "/openapi", "/collections", "/collections/mines", "/summary", "/tiles"):
        assert "bogus" in get(client, f"{path}?bogus=1", 400)["detail"]


def test_a_format_that_we_do_not_have_is_406(client: FlaskClient) -> None:
    get(client, "/collections/mines/items", 406, Accept="application/gml+xml")
    get(client, "/collections/mines/items", Accept="text/html,*/*;q=0.1")


def test_writing_is_not_allowed(client: FlaskClient) -> None:
    assert client.post("/api/collections/mines/items").status_code in (403, 405)


def test_every_address_of_the_openapi_document_answers(client: FlaskClient) -> None:
    document = get(client, "/openapi", Accept="application/vnd.oai.openapi+json;version=3.0")
    assert document["openapi"].startswith("3.0")
    given = {"{featureId}": "1", "{tileMatrix}": "4", "{tileRow}": "6", "{tileCol}": "12"}
    for path in document["paths"]:
        for name, value in given.items():
            path = path.replace(name, value)
        query = {"/at": "?lon=110&lat=38", "/search": "?q=x"}.get(path, "")
        assert client.get(f"/api{path}{query}").status_code in (200, 404 if path.endswith("/items/1") else 200), path


def test_the_openapi_document_is_valid(client: FlaskClient) -> None:
    validate(get(client, "/openapi"))


def test_openapi_names_the_filters_of_each_collection(client: FlaskClient) -> None:
    paths = get(client, "/openapi")["paths"]
    for name in layers.ALL:
        declared = {p["name"] for p in paths[f"/collections/{name}/items"]["get"]["parameters"]}
        queryable = get(client, f"/collections/{name}/queryables")["properties"].keys()
        assert declared == {"bbox", "datetime", "limit", "offset"} | queryable


def test_every_property_of_an_item_is_in_the_schema(client: FlaskClient) -> None:
    described = get(client, "/collections/mines/schema")["properties"].keys()
    feature = get(client, "/collections/mines/items")["features"][0]
    assert feature["properties"].keys() <= described
