"""The contract that others script against: the table of DESIGN.md, section 5, read line by line and tried out."""

from __future__ import annotations

import re
from collections.abc import Iterator

import psycopg
import pytest
import shapely
from click.testing import CliRunner
from flask.testing import FlaskClient

import layers
from config import CHECKOUT, MEANING, Settings
from geodata.risk import grading
from geodata.store import records
from geodata.store.database import Pool
from webmap import commands, create_app

DESIGN = (CHECKOUT / "DESIGN.md").read_text("utf-8")


def contract() -> list[str]:
    """First cells of the rows of the contract's table."""
    section = DESIGN.split("## 5. Addresses", 1)[1].split("\n### ", 1)[0]
    rows = [line.split(" | ")[0].lstrip("| ") for line in section.splitlines() if line.startswith("| ")]
    return rows[2:] if rows[1:2] == ["---"] else rows[1:]


def spans(beginning: str) -> list[str]:
    """Code spans of the contract that begin so."""
    return [span for row in contract() for span in re.findall(r"`([^`]+)`", row) if span.startswith(beginning)]


ADDRESSES = [span.removeprefix("GET ") for span in spans("GET ")]
COMMANDS = [
    span.removeprefix("./riskmap ")
    for row in contract() if "`./riskmap " in row for span in re.findall(r"`([^`]+)`", row) if not span.startswith("-")
]  # fmt: skip


@pytest.fixture
def site(connection: psycopg.Connection) -> int:
    """One mine in one township, graded; answers its id."""
    town = {"code": "610881100", "name": "河口镇", "geom": shapely.box(110.0, 38.0, 110.1, 38.1)}
    records.write(connection, layers.ALL["townships"], [town], "测试员")
    place = shapely.Point(110.05, 38.05)
    mine = {"code": "MINE-0001", "name": "甲矿", "kind": "coal", "safety_class": "C", "geom": place}
    written = records.write(connection, layers.ALL["mines"], [mine], "测试员")
    grading.regrade(connection, "mines")
    grading.regrade(connection, "townships")
    connection.commit()
    return written.ids[0]


@pytest.fixture
def client(database_url: str) -> Iterator[FlaskClient]:
    pool = Pool(database_url, size=2)
    try:
        yield create_app(Settings(database_url=database_url), pool).test_client()
    finally:
        pool.close()


def filled(address: str, site: int) -> str:
    """The address with this test's layer, site and place in its gaps."""
    gaps = {"layer": "mines", "id": str(site), "z": "0", "row": "0", "col": "0", "x": "0", "y": "0"}
    path, _, query = re.sub(r"{(\w+)}", lambda gap: gaps[gap[1]], address).partition("?")
    asked = {"lon": "110.05", "lat": "38.05", "tolerance_m": "50", "q": "甲矿", "limit": "5", "lang": "en"}
    parameters = [name.rstrip("=") for name in query.split("&") if name]
    return path + ("?" + "&".join(f"{name}={asked[name]}" for name in parameters) if parameters else "")


def test_the_table_is_read() -> None:
    assert len(ADDRESSES) >= 15 and "/healthz" in ADDRESSES
    assert len(COMMANDS) >= 10 and "serve" in COMMANDS


def test_every_address_answers(client: FlaskClient, site: int) -> None:
    silent = []
    for address in ADDRESSES:
        answer = client.get(filled(address, site))
        # Without a height grid there is no relief, and the answer may say so.
        allowed = (200, 204, 404) if address.startswith("/tiles/relief/") else (200,)
        if answer.status_code not in allowed or (answer.status_code == 200 and not answer.data):
            silent.append(f"{address}: {answer.status_code} {answer.text[:200]}")
    assert not silent, "DESIGN.md promises these, and they do not answer:\n" + "\n".join(silent)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str) -> None:
    found = commands.discover()
    assert name in found, f"DESIGN.md promises ./riskmap {name}; webmap/commands/ has no such command"
    shown = CliRunner().invoke(found[name], ["--help"])
    assert shown.exit_code == 0 and len(shown.output.splitlines()) > 3


def test_every_command_is_in_the_contract() -> None:
    missing = set(commands.discover()) - set(COMMANDS)
    assert not missing, f"add {', '.join(sorted(missing))} to the table of DESIGN.md, section 5"


def test_every_setting_is_in_the_contract() -> None:
    assert set(spans("RISKMAP_")) == set(MEANING)


def test_every_layer_is_a_collection(client: FlaskClient, site: int) -> None:
    answer = client.get("/api/collections").get_json()
    assert {collection["id"] for collection in answer["collections"]} == set(layers.ALL)


def test_what_is_at_a_place(client: FlaskClient, site: int) -> None:
    answer = client.get("/api/at?lon=110.05&lat=38.05&tolerance_m=50").get_json()
    mine = next(feature for feature in answer["features"] if feature["layer"] == "mines")
    assert (mine["id"], mine["name"], mine["level"]) == (site, "甲矿", 2)
    assert any(reason["factor"] == "coal_class" and reason["level"] == 2 for reason in mine["reasons"])


def test_search_answers_as_promised(client: FlaskClient, site: int) -> None:
    (first, *_) = client.get("/api/search?q=甲矿").get_json()["results"]
    assert first.keys() >= {"layer", "id", "code", "name", "level", "lon", "lat"}
    assert (first["layer"], first["id"], first["code"]) == ("mines", site, "MINE-0001")


def test_the_summary_has_the_promised_keys(client: FlaskClient, site: int) -> None:
    summary = client.get("/api/summary").get_json()
    shape = DESIGN.split("### `/api/summary`", 1)[1]
    promised = re.findall(r'"(county|data|version|graded_at|bounds|layers|townships)"', shape)
    assert summary.keys() >= set(promised) and len(set(promised)) == 7
    mines = next(layer for layer in summary["layers"] if layer["name"] == "mines")
    assert (mines["total"], mines["levels"]["2"]) == (1, 1)
    (township,) = summary["townships"]
    assert (township["code"], township["worst"], township["known"], township["total"]) == ("610881100", 2, 1, 1)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/collections/nothing", 404),
        ("/api/collections/mines/items/999999", 404),
        ("/api/collections/mines/items?colour=red", 400),
        ("/api/at?lon=999&lat=0", 400),
    ],
)
def test_problems_are_problem_documents(client: FlaskClient, site: int, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.content_type.startswith("application/problem+json")
    problem = answer.get_json()
    assert problem["status"] == status and problem["title"]
