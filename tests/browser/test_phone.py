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
