"""The map on a desk: reasons of a red site, filters, search, languages, themes, permalink."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import Screen

Screens = Callable[..., Screen]

#: Colour of the pixels of the marks in a square around a point, as a sorted list of "r,g,b" with how many there are.
_COLOURS = """([x, y, r]) => {
    const canvas = document.querySelector('canvas.marks'), box = canvas.getBoundingClientRect();
    const s = canvas.width / box.width;
    const area = [x - box.left - r, y - box.top - r, 2 * r, 2 * r].map(n => n * s);
    const data = canvas.getContext('2d').getImageData(...area).data;
    const found = {};
    for (let i = 0; i < data.length; i += 4) if (data[i + 3] === 255) {
        const name = `${data[i]},${data[i + 1]},${data[i + 2]}`; found[name] = (found[name] || 0) + 1;
    }
    return found; }"""
#: Texts of the card that are Chinese although nothing around them says so.
_CHINESE_OUTSIDE = """() => {
    const walk = document.createTreeWalker(document.getElementById('card'), NodeFilter.SHOW_TEXT), found = [];
    while (walk.nextNode()) {
        const text = walk.currentNode.textContent;
        if (/[\\u3400-\\u9fff]/.test(text) && !walk.currentNode.parentElement.closest('[lang=zh]')) found.push(text);
    }
    return found; }"""
RED_DARK, ORANGE_DARK, RED_LIGHT = "255,98,87", "255,159,61", "196,35,28"


def colours(page: Page, x: float, y: float, radius: int = 8) -> dict[str, int]:
    found: dict[str, int] = page.evaluate(_COLOURS, [x, y, radius])
    return found


def redraw(page: Page, act: Callable[[], object]) -> None:
    """Do something after which the marks are drawn anew, and wait for that."""
    before = int(page.locator("body").get_attribute("data-drawn") or 0)
    act()
    page.wait_for_function("n => Number(document.body.dataset.drawn) > n", arg=before)


def test_click_a_red_site_and_read_its_reasons(screen: Screens) -> None:
    one = screen()
    page = one.open()
    x, y = one.map_point("tailings_dams", "大沟尾矿库")
    assert colours(page, x, y).get(RED_DARK, 0) > 40
    page.mouse.click(x, y)
    page.wait_for_selector("#chooser:not([hidden]), #card .head")
    if page.locator("#chooser").is_visible():
        page.locator("#chooser button", has_text="大沟尾矿库").click()
    card = page.locator("#card")
    expect(card.locator("h2")).to_have_text("大沟尾矿库")
    expect(card.locator(".verdict")).to_contain_text("重大风险")
    expect(card.locator(".why")).to_contain_text("为什么是红")
    known, total = map(int, re.findall(r"\d+", card.locator(".why .note").inner_text())[::-1])
    assert 0 < known <= total == card.locator(".factor").count()
    silent = card.locator(".silent > summary")
    expect(silent).to_contain_text(f"{card.locator('.silent .factor').count()} 项不影响等级")
    silent.click()
    levels = card.locator(".factor > .chip").all_inner_texts()
    order = [{"红": 0, "橙": 1, "黄": 2, "蓝": 3, "–": 4, "?": 5}[chip] for chip in levels]
    thresholds = {round(one.bounding_box()["x"] + one.bounding_box()["width"])  # type: ignore[index]
                  for one in card.locator(".factor .threshold").all()}  # fmt: skip
    assert len(thresholds) == 1, "thresholds stand in one column"
    expect(card.locator(".facts").first).to_contain_text("三等")
    assert order == sorted(order) and order[0] == 0
    worst = card.locator(".factor").first
    assert worst.locator(".value").inner_text() and worst.locator(".threshold").inner_text()
    assert "规则表" in worst.inner_text() or "GB" in worst.inner_text()
    assert page.evaluate("location.hash").count("site=tailings_dams") == 1


def test_only_red_is_left_when_red_is_chosen(screen: Screens) -> None:
    one = screen()
    page = one.open()
    red = one.map_point("tailings_dams", "大沟尾矿库")
    orange = one.map_point("tailings_dams", "石门沟尾矿库")
    assert colours(page, *orange).get(ORANGE_DARK, 0) > 30
    for level in ("2", "3", "4", "0"):
        redraw(page, lambda level=level: page.locator(f'.panel [name="level"][value="{level}"]').uncheck())
    assert colours(page, *red).get(RED_DARK, 0) > 40
    assert colours(page, *orange).get(ORANGE_DARK, 0) == 0
    expect(page.locator('[data-count-level="2"]').first).not_to_have_text("0")
    assert "levels=1" in page.evaluate("location.hash")


def test_a_layer_can_be_put_away_and_its_count_stays(screen: Screens) -> None:
    one = screen()
    page = one.open()
    place = one.map_point("tailings_dams", "大沟尾矿库")
    count = page.locator('a[data-count-layer="tailings_dams"]')
    expect(count).to_have_text("16")
    redraw(page, lambda: page.locator('[name="layer"][value="tailings_dams"]').uncheck())
    assert colours(page, *place).get(RED_DARK, 0) == 0
    expect(count).to_have_text("16")


def test_township_filter_counts_that_township(screen: Screens) -> None:
    page = screen().open()
    whole = int(page.locator('a[data-count-layer="mines"]').inner_text())
    page.locator("#townships label", has_text="青溪").click()
    expect(page.locator('a[data-count-layer="mines"]')).not_to_have_text(str(whole))
    assert 0 < int(page.locator('a[data-count-layer="mines"]').inner_text()) < whole
    link = page.locator('a[data-count-layer="mines"]').get_attribute("href") or ""
    assert "township=" in link
    page.goto(page.url.split("/#")[0] + link)
    towns = {row.inner_text() for row in page.locator("main section tbody tr td:nth-child(4)").all()}
    assert towns == {"青溪镇"}


def test_search_by_name_code_and_initials(screen: Screens) -> None:
    one = screen()
    page = one.open()
    for text in ("大沟尾矿", "dgwkk", "TAIL-0001"):
        page.keyboard.press("Escape")
        page.locator(".folium-map").focus()
        page.keyboard.press("/")
        expect(page.locator("#search")).to_be_focused()
        page.fill("#search", text)
        expect(page.locator("#search-results li").first).to_contain_text("大沟尾矿库")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(page.locator("#card h2")).to_have_text("大沟尾矿库")
    page.fill("#search", "没有这个名字")
    expect(page.locator("#search-results")).to_contain_text("没有找到")


def test_english_and_back(screen: Screens) -> None:
    page = screen().open()
    page.click("#language")
    expect(page.locator("h1")).to_have_text("Risk Map")
    expect(page.locator(".panel .tree")).to_contain_text("Tailings dams")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.wait_for_selector("body[data-drawn]")
    page.reload()
    expect(page.locator("h1")).to_have_text("Risk Map")
    page.fill("#search", "大沟尾矿库")
    page.locator("#search-results li").first.click()
    degree = page.locator("#card .factor", has_text="Safety degree in the ledger")
    expect(degree.locator(".value")).to_have_text("dangerous")
    expect(degree.locator(".threshold")).to_have_text("dangerous: 2")
    loose = page.evaluate(_CHINESE_OUTSIDE)
    assert loose == [], "Chinese stands on the English card without being marked"
    page.click("#language")
    expect(page.locator("h1")).to_have_text("应急一张图")


def test_theme_changes_page_and_canvas_and_is_remembered(screen: Screens) -> None:
    one = screen()
    page = one.open()
    place = one.map_point("tailings_dams", "大沟尾矿库")
    redraw(page, lambda: page.click("#theme"))
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    assert colours(page, *place).get(RED_LIGHT, 0) > 40
    one.open("/")
    expect(page.locator("html")).to_have_attribute("data-theme", "light")


def test_permalink_brings_everything_back(screen: Screens) -> None:
    first, second = screen(), screen()
    page = first.open()
    page.locator('.panel [name="level"][value="4"]').uncheck()
    page.locator(".overlay label", has_text="最高级").click()
    page.click("#zoom-in")
    page.fill("#search", "河口储运站")
    page.wait_for_selector("#search-results li")
    page.keyboard.press("Enter")
    expect(page.locator("#card h2")).to_have_text("河口储运站")
    page.wait_for_timeout(300)
    hash_ = page.evaluate("location.hash")
    again = second.open("/" + hash_)
    expect(again.locator("#card h2")).to_have_text("河口储运站")
    expect(again.locator('.panel [name="level"][value="4"]')).not_to_be_checked()
    expect(again.locator('[name="overlay"][value="worst"]')).to_be_checked()
    again.wait_for_timeout(300)
    assert again.evaluate("location.hash") == hash_


def test_level_counts_open_exactly_their_rows(screen: Screens) -> None:
    page = screen().open()
    red = int(page.locator('.panel a[data-count-level="1"]').inner_text())
    page.click('.panel a[data-count-level="1"]')
    assert page.locator("main section tbody tr").count() == red > 0
    page.locator("main section tbody tr a").first.click()
    page.wait_for_selector("#card .head")
    expect(page.locator("#card .verdict")).to_contain_text("重大风险")


def test_a_lost_server_is_said_and_the_map_stays(screen: Screens) -> None:
    one = screen()
    page = one.open()
    page.route("**/api/**", lambda route: route.abort())
    page.locator(".folium-map").focus()
    page.mouse.click(720, 450)
    expect(page.locator("#said")).to_contain_text("连接中断")
    page.click("#zoom-in")
    expect(page.locator(".lost")).to_contain_text("数据停在")
    page.unroute("**/api/**")
    expect(page.locator(".lost")).to_be_hidden(timeout=10_000)
    one.errors.clear()  # the browser itself notes every aborted request
