"""Aggregated tiles: a cell shows its worst level that the filter lets through, and how many records that is."""

from __future__ import annotations

from collections.abc import Callable

import mapbox_vector_tile
from playwright.sync_api import Route

from tests.browser.conftest import Screen
from tests.browser.test_map import RED_DARK, colours, redraw

Screens = Callable[..., Screen]
ORANGE_DARK, PANEL_DARK = "255,159,61", "18,24,28"
#: Tile of zoom 11 at whose middle the map is placed at zoom 12.
Z, X, Y = 11, 1623, 809


def answer(route: Route) -> None:
    """A tile with one cell of five mines in its middle; every other tile is empty."""
    place = route.request.url.split("?")[0].split("/")[-3:]
    cell = {"n": 5, "n1": 2, "n2": 3, "n3": 0, "n4": 0, "n0": 0, "t": "T1"}
    layer = {"name": "mines", "features": [{"geometry": "POINT(2048 2048)", "properties": cell}]}
    body = mapbox_vector_tile.encode([layer]) if place == [str(Z), str(Y), str(X)] else b""
    route.fulfill(body=body, content_type="application/vnd.mapbox-vector-tile")


def test_a_cell_follows_the_level_filter(screen: Screens) -> None:
    one = screen()
    one.page.route("**/api/tiles/**", answer)
    size = 2**Z
    lon = (X + 0.5) / size * 360 - 180
    lat = one.page.evaluate("y => Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180 / Math.PI", (Y + 0.5) / size)
    page = one.open(f"/#12/{lat}/{lon}")
    box = page.locator(".folium-map").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    assert colours(page, x, y, 10).get(RED_DARK, 0) > 40
    assert colours(page, x + 12, y - 16, 8).get(PANEL_DARK, 0) > 20, "the plate with the number of records"
    redraw(page, lambda: page.locator('.panel [name="level"][value="1"]').uncheck())
    assert colours(page, x, y, 10).get(RED_DARK, 0) == 0 and colours(page, x, y, 10).get(ORANGE_DARK, 0) > 40
    redraw(page, lambda: page.locator('.panel [name="level"][value="2"]').uncheck())
    assert colours(page, x, y, 10).get(ORANGE_DARK, 0) == 0


def test_cells_of_all_townships_are_counted_anew_for_one(screen: Screens) -> None:
    """Where cells are merged over the townships the filter asks the server; nothing of another township stays."""
    asked = []

    def merged(route: Route) -> None:
        address = route.request.url
        code = address.split("township=")[1].split("&")[0] if "township=" in address else ""
        asked.append(code)
        cell: dict[str, int | str] = {"n": 5, "n1": 2, "n2": 3, "n3": 0, "n4": 0, "n0": 0}
        if code:
            cell = {"n": 3, "n1": 0, "n2": 3, "n3": 0, "n4": 0, "n0": 0, "t": code}
        place = address.split("?")[0].split("/")[-3:]
        layer = {"name": "mines", "features": [{"geometry": "POINT(2048 2048)", "properties": cell}]}
        body = mapbox_vector_tile.encode([layer]) if place == [str(Z), str(Y), str(X)] else b""
        route.fulfill(body=body, content_type="application/vnd.mapbox-vector-tile")

    one = screen()
    one.page.route("**/api/tiles/**", merged)
    lon = (X + 0.5) / 2**Z * 360 - 180
    lat = one.page.evaluate("y => Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180 / Math.PI", (Y + 0.5) / 2**Z)
    page = one.open(f"/#12/{lat}/{lon}")
    box = page.locator(".folium-map").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    assert colours(page, x, y, 10).get(RED_DARK, 0) > 40 and set(asked) == {""}
    page.locator("#townships label", has_text="青溪").click()
    page.wait_for_timeout(600)
    code = page.locator("#townships input:checked").get_attribute("value")
    assert asked[-1] == code
    assert colours(page, x, y, 10).get(RED_DARK, 0) == 0 and colours(page, x, y, 10).get(ORANGE_DARK, 0) > 40
    page.locator("#townships label", has_text="全县").click()
    page.wait_for_timeout(600)
    assert colours(page, x, y, 10).get(RED_DARK, 0) > 40
