"""The map on a phone of 375 × 812."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.conftest import Screen

Screens = Callable[..., Screen]


def test_search_chips_map_and_sheet(screen: Screens) -> None:
    one = screen(phone=True)
    page = one.open()
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    for chip in page.locator(".chips button").all():
        box = chip.bounding_box()
        assert box is not None and box["height"] >= 44
    page.fill("#search", "大沟尾矿库")
    page.locator("#search-results li").first.click()
    sheet = page.locator("#card")
    expect(sheet.locator("h2")).to_have_text("大沟尾矿库")
    box = sheet.bounding_box()
    assert box is not None and abs(box["height"] - 406) < 3 and box["width"] == 375
    sheet.locator(".grip").focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    tall = sheet.bounding_box()
    assert tall is not None and abs(tall["height"] - 0.92 * 812) < 3
    sheet.locator("[data-close]").click()
    expect(sheet).to_be_hidden()


def test_the_sheet_can_be_dragged_up_and_away(screen: Screens) -> None:
    page = screen(phone=True).open("/#13/35.1/105.4")
    page.fill("#search", "河口储运站")
    page.locator("#search-results li").first.click()
    sheet = page.locator("#card")
    expect(sheet.locator("h2")).to_have_text("河口储运站")
    for target, tall in ((120.0, True), (795.0, False)):
        grip = sheet.locator(".grip").bounding_box()
        assert grip is not None
        page.mouse.move(187, grip["y"] + 10)
        page.mouse.down()
        page.mouse.move(187, target, steps=4)
        page.mouse.up()
        page.wait_for_timeout(300)
        if tall:
            box = sheet.bounding_box()
            assert box is not None and abs(box["height"] - 0.92 * 812) < 3
    expect(sheet).to_be_hidden()


def test_layers_stand_in_a_drawer(screen: Screens) -> None:
    page = screen(phone=True).open()
    expect(page.locator("#panel")).to_be_hidden()
    page.click("#layers-button")
    expect(page.locator("#panel .tree")).to_be_visible()
    expect(page.locator("#layers-button")).to_have_attribute("aria-expanded", "true")


def test_a_chip_filters_its_level(screen: Screens) -> None:
    page = screen(phone=True).open()
    chip = page.locator('.chips [data-level="3"]')
    chip.click()
    expect(chip).to_have_attribute("aria-pressed", "false")
    assert "levels=" in page.evaluate("location.hash")


def test_the_county_fills_the_height_of_a_phone(screen: Screens) -> None:
    page = screen(phone=True).open()
    zoom, lat, lon = page.evaluate("location.hash.slice(1).split('&')[0].split('/').map(Number)")
    west, south, east, north = page.evaluate("fetch('/api/summary').then(r => r.json()).then(s => s.bounds)")
    box = page.locator(".folium-map").bounding_box()
    assert box is not None
    high = (north - south) / 360 * 256 * 2**zoom / 0.818  # Mercator at 35° N
    assert 0.5 < high / box["height"] <= 1.05
    assert abs(lon - (west + east) / 2) < 0.01 and abs(lat - (south + north) / 2) < 0.01


def test_the_head_drags_the_sheet_too_and_its_buttons_are_large(screen: Screens) -> None:
    page = screen(phone=True).open("/#13/35.1/105.4")
    page.fill("#search", "河口储运站")
    page.locator("#search-results li").first.click()
    sheet = page.locator("#card")
    expect(sheet.locator("h2")).to_have_text("河口储运站")
    head = sheet.locator("h2").bounding_box()
    assert head is not None
    page.mouse.move(100, head["y"] + 10)
    page.mouse.down()
    page.mouse.move(100, 90, steps=4)
    page.mouse.up()
    page.wait_for_timeout(300)
    box = sheet.bounding_box()
    assert box is not None and abs(box["height"] - 0.92 * 812) < 3
    for target in sheet.locator(".actions > *, .close, .dock > details > summary").all():
        size = target.bounding_box()
        assert size is not None and size["height"] >= 44


def test_several_under_a_finger_are_listed_in_a_sheet(screen: Screens) -> None:
    page = screen(phone=True).open()
    page.route("**/api/at?*", lambda route: route.fulfill(json={"features": [
        {"layer": "mines", "id": 1, "name": "甲矿", "level": 1, "reasons": []},
        {"layer": "mines", "id": 2, "name": "乙矿", "level": 3, "reasons": []},
    ]}))  # fmt: skip
    page.mouse.click(187, 400)
    list_ = page.locator("#chooser")
    expect(list_).to_contain_text("此处有 2 个对象")
    box = list_.bounding_box()
    assert box is not None and box["x"] == 0 and box["width"] == 375 and abs(box["y"] + box["height"] - 812) < 1
    for button in list_.locator("button").all():
        size = button.bounding_box()
        assert size is not None and size["height"] >= 44
