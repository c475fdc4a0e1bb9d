"""Map page, card and tables over HTTP; tokens, catalogue and the files of the page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import psycopg
import pytest
import shapely
from babel.messages import mofile, pofile
from babel.messages.extract import extract_from_dir
from flask.testing import FlaskClient

import layers
from config import Settings
from geodata.change import apply
from geodata.risk.grading import regrade
from geodata.store import database, records
from webmap import assets, create_app, shapes

CHECKOUT = Path(__file__).resolve().parents[2]
OUTSIDE = re.compile(r"""(?:src|href|url\(|import\(|from)\s*=?\s*["'(]?\s*(?:https?:)?//(?!127\.0\.0\.1)""")


@pytest.fixture
def client(database_url: str, connection: psycopg.Connection) -> Iterator[FlaskClient]:
    """A client of the application over a database with one township and three dams."""
    box = shapely.MultiPolygon([shapely.box(105.0, 35.0, 106.0, 36.0)])
    records.write(connection, layers.ALL["townships"], [{"code": "T1", "name": "青溪镇", "geom": box}], "测试")
    person = {"role": "包保责任人", "person": "示例值班员", "phone": "13900000000"}
    rows: list[dict[str, Any]] = [
        {"code": "D1", "name": "险情<b>库", "geom": shapely.Point(105.5, 35.5), "safety_degree": "critical",
         "safety_degree_since": date(2026, 5, 1), "height_m": Decimal("72.0"), "persons": [person]},
        {"code": "D2", "name": "无资料库", "geom": shapely.Point(105.6, 35.5)},
        {"code": "D3", "name": "无位置库", "geom": None, "safety_degree": "normal"},
    ]  # fmt: skip
    records.write(connection, layers.ALL["tailings_dams"], rows, "测试")
    regrade(connection, "tailings_dams")
    connection.commit()
    pool = database.Pool(database_url, 2)
    app = create_app(Settings(), pool)
    yield app.test_client()
    pool.close()


def site_id(client: FlaskClient, code: str) -> int:
    found = client.get("/api/search", query_string={"q": code}).get_json()["results"]
    return int(found[0]["id"])


def test_map_page_links_nothing_outside_and_carries_no_feature_data(client: FlaskClient) -> None:
    page = client.get("/")
    html = page.get_data(as_text=True)
    assert page.status_code == 200 and not OUTSIDE.search(html) and "cdn" not in html
    assert "/static/vendor/leaflet/leaflet.js" in html and "jquery" not in html and "bootstrap" not in html
    assert "无资料库" not in html and "险情" not in html
    data = json.loads(re.search(r'id="page-data"[^>]*>(.*?)</script>', html, re.S)[1])  # type: ignore[index]
    assert {one["name"] for one in data["layers"]} == set(layers.ALL)
    assert data["bounds"] == [105.0, 35.0, 106.0, 36.0]


def test_every_inline_script_has_the_nonce_and_nothing_handles_events_inline(client: FlaskClient) -> None:
    for path in ("/", "/rows", "/?lang=en"):
        answer = client.get(path)
        html = answer.get_data(as_text=True)
        policy = answer.headers["Content-Security-Policy"]
        nonce = re.search(r"'nonce-([^']+)'", policy)
        assert nonce and "unsafe" not in policy and "http" not in policy
        for tag in re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", html):
            assert f'nonce="{nonce[1]}"' in tag
        assert not re.search(r"<[^>]+\son[a-z]+\s*=", html) and not re.search(r"<[^>]+\sstyle\s*=", html)
        assert "<style" not in html


def test_card_says_why_and_hides_phones_and_escapes_names(client: FlaskClient) -> None:
    html = client.get(f"/card/tailings_dams/{site_id(client, 'D1')}").get_data(as_text=True)
    assert "为什么是红" in html and "危库" in html and "AQ 2006-2005" in html and "青溪镇" in html
    assert "2026-05-01 起" in html and "72.0\u2009m" in html
    assert "示例值班员" in html and "13900000000" not in html and "电话登录后可见" in html
    assert "险情&lt;b&gt;库" in html and "<b>库" not in html
    assert html.index("危库") < html.index("factor unknown")


def test_nothing_known_is_unknown_and_never_blue(client: FlaskClient) -> None:
    html = client.get(f"/card/tailings_dams/{site_id(client, 'D2')}").get_data(as_text=True)
    assert "风险未知" in html and "为什么未知" in html and "0 项已知" in html
    assert "蓝" not in re.sub(r'<div class="words">.*?</div>', "", html, flags=re.S)


def test_a_record_without_position_has_a_card_and_says_so(client: FlaskClient) -> None:
    html = client.get(f"/card/tailings_dams/{site_id(client, 'D3')}").get_data(as_text=True)
    assert "位置未知" in html and "data-lon" not in html


@pytest.mark.parametrize(
    "path", ["/card/tailings_dams/999999", "/card/no_layer/1", f"/card/mines/{1 << 70}", "/rows/no_layer"]
)
def test_what_is_not_there_is_404(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_rows_are_exactly_those_that_a_number_counts(client: FlaskClient) -> None:
    summary = client.get("/api/summary").get_json()
    counts = next(one for one in summary["layers"] if one["name"] == "tailings_dams")["levels"]
    for level in ("1", "2", "3", "4", "unknown"):
        html = client.get(f"/rows/tailings_dams?level={level}").get_data(as_text=True)
        assert len(re.findall(r"site=tailings_dams/\d+", html)) == counts[level]
    assert counts == {"1": 1, "2": 0, "3": 0, "4": 1, "unknown": 1}
    assert client.get("/rows?level=7").status_code == 400
    html = client.get("/rows/tailings_dams?township=T1").get_data(as_text=True)
    assert len(re.findall("site=tailings_dams", html)) == 2


def test_candidates_are_counted_apart_and_open_their_own_rows(
    client: FlaskClient, connection: psycopg.Connection
) -> None:
    """A candidate is in no level of panel, overlay and rows; its own number opens it."""
    candidate = {"code": "OSM-1", "name": "待查库", "geom": shapely.Point(105.4, 35.4), "confirmed": False}
    apply(connection, layers.ALL["tailings_dams"], [candidate], "测试")
    connection.commit()
    summary = client.get("/api/summary").get_json()
    counts = next(one for one in summary["layers"] if one["name"] == "tailings_dams")
    assert (counts["total"], counts["confirmed"], sum(counts["levels"].values())) == (4, 3, 3)
    (town,) = summary["townships"]
    assert (town["total"], town["known"], town["candidates"], town["levels"]["unknown"]) == (2, 1, 1, 1)
    for query, rows in (("level=unknown", 1), ("candidates=1", 1), ("candidates=1&township=T1", 1), ("", 4)):
        html = client.get(f"/rows/tailings_dams?{query}").get_data(as_text=True)
        assert len(re.findall(r"site=tailings_dams/\d+", html)) == rows, query
    assert "待查库" not in client.get("/rows/tailings_dams?level=unknown").get_data(as_text=True)
    assert '/rows/tailings_dams?candidates=1">1</a>' in client.get("/rows").get_data(as_text=True)


def test_the_summary_names_whose_data_the_map_shows(client: FlaskClient, connection: psycopg.Connection) -> None:
    rows: list[dict[str, Any]] = [
        {"code": "S1", "name": "甲", "geom": shapely.Point(105.5, 35.5), "source": "县局台账"},
        {"code": "S2", "name": "乙", "geom": shapely.Point(105.5, 35.5), "source": "© OpenStreetMap contributors"},
        {"code": "S3", "name": "丙", "geom": shapely.Point(105.5, 35.5), "source": "县局台账"},
    ]  # fmt: skip
    apply(connection, layers.ALL["shelters"], rows, "测试")
    connection.commit()
    assert client.get("/api/summary").get_json()["sources"] == ["© OpenStreetMap contributors", "县局台账"]


def test_english_is_chosen_and_remembered(client: FlaskClient) -> None:
    html = client.get("/?lang=en").get_data(as_text=True)
    assert 'lang="en"' in html and "Tailings dams" in html and "Risk Map" in html
    assert "Risk Map" in client.get("/").get_data(as_text=True)
    assert "应急一张图" in client.get("/?lang=zh").get_data(as_text=True)


def test_every_sentence_has_its_english_and_the_catalogue_is_compiled() -> None:
    folder = CHECKOUT / "webmap"
    methods = [("**.py", "python"), ("templates/**.html", "jinja2")]
    wanted = {found[2] for found in extract_from_dir(folder, methods) if isinstance(found[2], str)}
    place = folder / "translations" / "en" / "LC_MESSAGES"
    with (place / "messages.po").open("rb") as source, (place / "messages.mo").open("rb") as compiled:
        written = {one.id: one.string for one in pofile.read_po(source) if one.id}
        built = {one.id: one.string for one in mofile.read_mo(compiled) if one.id}
    assert wanted - {key for key, english in written.items() if english} == set()
    assert built == written


def test_folium_links_only_our_files_and_an_unknown_one_is_a_local_404(client: FlaskClient) -> None:
    for known in assets.map_classes():
        for name in ("default_js", "default_css"):
            assert all(url.startswith("/static/") for _name, url in getattr(known, name, []))
    missing = assets.local_address("something_new", "https://example.org/x.js")
    assert client.get(missing).status_code == 404


def theme(name: str) -> dict[str, str]:
    """Colour tokens of a theme from style/tokens.css."""
    text = (CHECKOUT / "static" / "style" / "tokens.css").read_text(encoding="utf-8")
    block = re.search(rf'\[data-theme="{name}"\] \{{(.*?)\}}', text, re.S)
    assert block
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", block[1]))


def contrast(one: str, other: str) -> float:
    """WCAG 2.x contrast ratio of two #rrggbb colours."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("name", ["dark", "light"])
def test_text_and_marks_have_contrast(name: str) -> None:
    t = theme(name)
    for text in ("ink", "ink2", "ink3", "act", "owed", "warning", "shelter", "water-label"):
        for ground in ("panel", "land"):
            assert contrast(t[text], t[ground]) >= 4.5, (text, ground)
    for text in ("ink", "ink2"):
        assert contrast(t[text], t["panel2"]) >= 4.5, text
    assert contrast(t["edge"], t["panel"]) >= 3 and contrast(t["on-act"], t["act"]) >= 4.5
    for level in "1234":
        assert contrast(t[f"on{level}"], t[f"level{level}"]) >= 4.5, level
        assert max(contrast(t[f"level{level}"], t["land"]), contrast(t[f"edge{level}"], t["land"])) >= 3, level
        assert max(contrast(t[f"level{level}"], t["panel"]), contrast(t[f"edge{level}"], t["panel"])) >= 3, level
    for mark in ("township", "county", "team", "supply", "hatch"):
        assert contrast(t[mark], t["land"]) >= 3, mark


def test_both_themes_have_the_same_tokens_and_scripts_read_only_these() -> None:
    dark, light = theme("dark"), theme("light")
    assert set(dark) == set(light)
    script = (CHECKOUT / "static" / "drawing" / "tokens.js").read_text(encoding="utf-8")
    names = re.search(r"const NAMES = \[(.*?)\]", script, re.S)
    assert names and set(re.findall(r'"([a-z0-9-]+)"', names[1])) <= set(dark)


def test_scripts_and_styles_are_short_and_stay_here() -> None:
    for path in [*CHECKOUT.glob("static/*.js"), *CHECKOUT.glob("static/[dps]*/*")]:
        text = path.read_text(encoding="utf-8")
        assert text.count("\n") <= 400, path
        assert "http://" not in text and "https://" not in text, path
        for module in re.findall(r'from "(\.[^"]+)"', text):
            assert (path.parent / module).exists(), (path, module)


def test_every_shape_has_an_outline() -> None:
    for layer in layers.ALL.values():
        assert shapes.layer_path(layer.style.shape).startswith("M")
