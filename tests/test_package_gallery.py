"""The contact sheet: it shows what the manifest says, lays zones and findings where they are, and runs nothing else."""

import json
import os
import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from assetgen import placement
from assetgen.errors import DataError, Place
from assetgen.formats import jpeg, mp4
from assetgen.model import Fact, File, Finding, Frame, Rectangle, Severity, Size
from assetgen.package import Asset, Manifest, OutputFolder, read_manifest, write_gallery
from assetgen.package.asset import failure_of
from assetgen.package.gallery import FOLDER, gallery_page

CHROMIUM = Path("/usr/bin/chromium")
EVIL = "</script><script>window.hacked=1</script><img src=x onerror=window.hacked=1>"


def make(slug, name, pages=1, **changes):
    place = placement.load(name)
    buffer = BytesIO()
    Image.new("RGB", (place.size.width, place.size.height), "#caa").save(buffer, "PNG")
    files = tuple(
        File(f"{one:02d}.png", "png", "image/png", buffer.getvalue(), place.size) for one in range(1, pages + 1)
    )
    return Asset(slug, "big-number", "lentera", place, "id", files, **changes)


@pytest.fixture(scope="module")
def sheet(tmp_path_factory):
    out = tmp_path_factory.mktemp("sheet")
    finding = Finding("overflow", Severity.ERROR, "Judul keluar", "Pendekkan", 1, Rectangle(270, 480, 810, 960))
    fact = Fact("8,42%", "8.42", "percent", "a.xlsx!2026!B7", 1)
    assets = (
        make(EVIL, "instagram/story", alt_text=EVIL, caption=EVIL, facts=(fact,), findings=(finding,)),
        make(EVIL, "x/post", caption="a" * 300, hashtags=("#Data",)),
        make("riau", "instagram/carousel", 3, alt_texts=("satu", "dua", "tiga")),
        make("bali", "instagram/feed-portrait", caption="kata " * 40),
    )
    with OutputFolder(out) as folder:
        failures = (failure_of(DataError(EVIL, Place(EVIL, None, "2026", "B9")), EVIL, 9),)
        folder.finish(Manifest(EVIL, "id", tuple(map(folder.write, assets)), failures))
    return out / "index.html"


# --- the page as text -------------------------------------------------------------------------------------------------


def test_data_cannot_end_its_script_or_become_markup(sheet):
    """There are two script elements, whatever slugs, captions, alt texts and problems hold."""
    html = sheet.read_text("utf-8")
    assert len(re.findall(r"<script", html)) == len(re.findall(r"</script", html)) == 2
    assert "<img" not in html
    data = re.search(r'id="data">(.*?)</script>', html, re.DOTALL)[1]
    assert not set("<>&\u2028\u2029") & set(data)
    assert json.loads(data)["assets"][0]["caption"] == EVIL


def test_the_policy_allows_our_script_and_styles_alone(sheet):
    """The hashes in the policy are those of what stands in the page; nothing may come from the network."""
    html = sheet.read_text("utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)[1].replace("&#39;", "'")
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    for name, pattern in (("script-src", r"<script>(.*?)</script>"), ("style-src", r"<style>(.*?)</style>")):
        content = re.search(pattern, html, re.DOTALL)[1]
        assert rules[name] == f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"
    assert rules["default-src"] == "'none'"
    assert "unsafe" not in policy
    assert "http" not in policy


def test_the_page_needs_nothing_from_elsewhere():
    """No address of a server but the namespace of SVG stands in the page's own code."""
    code = "".join(path.read_text("utf-8") for path in FOLDER.iterdir() if path.suffix in {".j2", ".css", ".js"})
    assert set(re.findall(r"(?:https?:|[\"'(])//[a-z][\w./]+", code)) == {"http://www.w3.org/2000/svg"}
    assert "@import" not in code
    assert "url(" not in code


def test_an_unchanged_sheet_is_left_alone(sheet):
    """The page of the same manifest is not written again; that of another is."""
    manifest = read_manifest(sheet.parent)
    os.utime(sheet, (1, 1))
    write_gallery(manifest, sheet.parent)
    assert sheet.stat().st_mtime == 1
    write_gallery(replace(manifest, language="en"), sheet.parent)
    assert '<html lang="en">' in sheet.read_text("utf-8")
    write_gallery(manifest, sheet.parent)
    assert '<html lang="id">' in sheet.read_text("utf-8")


def test_the_language_of_the_sheet_is_that_of_the_campaign():
    """Indonesian campaigns open in Indonesian, all others in English."""
    assert '<html lang="id">' in gallery_page(Manifest("a", "id", ()))
    assert '<html lang="en">' in gallery_page(Manifest("a", "en", ()))
    assert '<html lang="en">' in gallery_page(Manifest("a", "ar", ()))


# --- the page in a browser --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser():
    sync = pytest.importorskip("playwright.sync_api")
    if not CHROMIUM.exists():
        pytest.skip("no Chromium")
    with sync.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser, sheet):
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.noise = []
    page.on("console", lambda message: page.noise.append(message.text))
    page.on("pageerror", lambda error: page.noise.append(str(error)))
    page.on("request", lambda request: request.url.startswith("file:") or page.noise.append(request.url))
    page.goto(sheet.as_uri())
    yield page
    noise = page.noise
    page.close()
    assert noise == []


def test_every_record_and_failure_is_shown_and_nothing_acts(page):
    """Names appear as they are written; the texts in the data run no script and load no picture."""
    assert page.locator("h2").all_text_contents() == [EVIL, "riau", "bali"]
    assert page.locator("h1").inner_text() == EVIL
    assert page.locator(".failures").text_content().count(EVIL) == 3
    assert page.evaluate("window.hacked") is None
    assert page.locator(".page img").count() == 6
    assert page.locator(".number").all_text_contents() == ["1 / 3", "2 / 3", "3 / 3"]
    assert (
        page.evaluate("Promise.all([...document.images].map(i => (i.loading = 'eager', i.decode()))).then(() => 1)")
        == 1
    )


def share(page, inner, outer):
    """Return the edges of a box as shares of another."""
    one, other = page.locator(inner).first.bounding_box(), page.locator(outer).first.bounding_box()
    left, top = (one["x"] - other["x"]) / other["width"], (one["y"] - other["y"]) / other["height"]
    return [left, top, left + one["width"] / other["width"], top + one["height"] / other["height"]]


def test_a_finding_is_outlined_where_it_is(page):
    """Hovering a finding lights its rectangle, at the right place of the picture (9 pixels outside of it)."""
    box = page.locator('.card[data-index="0"] .found')
    assert "on" not in box.get_attribute("class").split()
    page.locator('.card[data-index="0"] button.finding').hover()
    assert "on" in box.get_attribute("class").split()
    edges = share(page, '.card[data-index="0"] .rim', '.card[data-index="0"] .picture')
    assert edges == pytest.approx([261 / 1080, 471 / 1920, 819 / 1080, 969 / 1920], abs=0.008)


def test_safe_zones_lie_where_the_placement_says(page):
    """The toggle shows the safe area of a story and the crops of a feed picture."""
    assert not page.locator('.card[data-index="0"] .edge').is_visible()
    page.get_by_role("button", name="Zona aman").click()
    edges = share(page, '.card[data-index="0"] .edge', '.card[data-index="0"] .picture')
    assert edges == pytest.approx([65 / 1080, 269 / 1920, 1015 / 1080, 1248 / 1920], abs=0.008)
    assert page.locator('.card[data-index="3"] .crop:not(.under)').count() == 2


def test_search_and_filters_narrow_the_sheet(page):
    """Search, status and findings each leave the assets that fit."""
    page.get_by_role("searchbox").fill("riau")
    assert page.locator(".card").count() == 1
    page.get_by_role("searchbox").fill("")
    page.locator(".totals button", has_text="belum siap").click()
    assert page.locator(".card").count() == 1
    page.locator(".totals button", has_text="aset").click()
    page.get_by_role("combobox", name="Penempatan").select_option("x/post")
    assert page.locator(".card h3").all_text_contents() == ["x / postsiap"]
    page.get_by_role("button", name="EN", exact=True).click()
    assert page.locator(".card h3").all_text_contents() == ["x / postready"]


def test_texts_over_the_limit_stand_out_and_the_fold_shows(page):
    """307 weighted characters against 280 are marked; what a feed hides behind “more” is grey."""
    assert page.locator('.card[data-index="1"] summary .over').inner_text() == "307 / 280"
    page.locator('.card[data-index="3"] summary').click()
    assert len(page.locator('.card[data-index="3"] .rest').inner_text().strip()) == 74


def test_the_viewer_walks_with_keys_and_shows_a_phone(page):
    """A click opens, arrows walk through pages and records, 2 is phone width, 3 the profile's crop, Esc goes back."""
    page.locator('.card[data-index="2"] button.picture').first.click()
    where, width = page.locator(".viewer .where"), "document.querySelector('.stage .picture').clientWidth"
    assert where.inner_text().endswith("1 / 3")
    page.keyboard.press("ArrowRight")
    assert where.inner_text().endswith("2 / 3")
    page.keyboard.press("2")
    assert page.evaluate(width) == 390
    page.keyboard.press("ArrowDown")
    assert where.inner_text().startswith("bali")
    page.keyboard.press("3")
    assert page.evaluate("document.querySelector('.crop-window').clientWidth") == 130
    assert page.evaluate(width) == round(1080 * 130 / 1012)
    assert share(page, ".stage .picture", ".crop-window")[0] == pytest.approx(-34 / 1012, abs=0.01)
    page.keyboard.press("Escape")
    assert not page.locator(".viewer").is_visible()


def test_a_telephone_needs_no_sideways_scrolling(browser, sheet):
    """At 420 pixels nothing but strips reaches beyond the screen."""
    page = browser.new_page(viewport={"width": 420, "height": 900})
    page.goto(sheet.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == 420
    page.close()


def test_videos_play_from_disk_with_marks_of_their_scenes(browser, tmp_path):
    """Cover and captions stand beside it, not behind; the bar marks scenes and steps through pictures."""
    size = Size(64, 96)
    red, blue = (Frame(size, bytes([*colour, 255]) * (64 * 96)) for colour in ((200, 30, 40), (20, 60, 220)))
    film = File("01.mp4", "mp4", "video/mp4", mp4.encode([red, blue], seconds=1), size, 2)
    film = replace(film, scenes=(0.0, 1.0), frames_per_second=30)
    cover = File("cover.jpg", "jpeg", "image/jpeg", jpeg.encode([red]), size, role="cover")
    asset = Asset("film", "big-number", "lentera", placement.load("instagram/reel"), "id", (film, cover))
    with OutputFolder(tmp_path) as folder:
        folder.finish(Manifest("Film", "id", (folder.write(asset),), ()))
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    noise = []
    page.on("console", lambda message: noise.append(message.text))
    page.on("pageerror", lambda error: noise.append(str(error)))
    page.goto((tmp_path / "index.html").as_uri())
    page.wait_for_function("() => document.querySelector('.told').textContent.endsWith('1/60')")
    assert page.locator(".card .page").count() == 1
    assert page.locator(".beside a").inner_text() == "cover.jpg"
    assert page.evaluate("() => document.querySelector('.marks i').style.left") == "50%"
    page.locator(".player input").focus()
    page.keyboard.press("ArrowDown")
    page.wait_for_function("() => document.querySelector('.told').textContent.endsWith('· 31/60')")
    page.locator(".player .picture").click()
    assert page.locator(".overlay .edge").is_visible()
    assert noise == []
    page.close()
