"""The preview: what is saved shows up, mistakes are shown where they are, nobody else is served, and it ends."""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from click.testing import CliRunner
from conftest import LAYOUT_CSS, LAYOUT_HTML

from assetgen import placement
from assetgen.cli import main
from assetgen.errors import UsageError
from assetgen.preview import Options, Preview
from assetgen.preview.board import MOST_KEPT, Board, Result
from assetgen.preview.scene import Card, Scene, smaller
from assetgen.preview.watch import changes

CHROMIUM = Path("/usr/bin/chromium")
EXAMPLE = '[id]\ntitle = "Harga turun"\nsource = "BPS"\n\n[en]\ntitle = "Prices fall"\nsource = "BPS"\n'
ONE = {"brands": ("lentera",), "placements": ("x/post",), "languages": ("id",)}


@pytest.fixture
def layout(new_layout):
    folder = new_layout()
    (folder / "example.toml").write_text(EXAMPLE, "utf-8")
    return folder


def ask(preview, path, **headers):
    return urlopen(Request(preview.address.rstrip("/") + path, headers=headers), timeout=30)


def state(preview, after=0):
    return json.load(ask(preview, f"/state?after={after}"))


def look(preview, ids):
    body = json.dumps(ids).encode()
    request = Request(preview.address + "seen", body, {"Content-Type": "application/json"})
    assert urlopen(request, timeout=30).status == 200


def wait(preview, wanted, ids=None):
    """Look at some cards, at all by default, until the news are as wanted; return them."""
    told = state(preview)
    look(preview, ids if ids is not None else [card["id"] for card in told["scene"]["cards"]])
    end = time.monotonic() + 60
    while not wanted(told):
        assert time.monotonic() < end, told
        told = {**told, **state(preview, told["version"])} if told["version"] else state(preview)
        told["results"] = state(preview)["results"]
    return told


def ready(told):
    results = told["results"].values()
    return len(results) == len(told["scene"]["cards"]) and all(one["round"] == told["round"] for one in results)


# --- what is shown ----------------------------------------------------------------------------------------------------


def test_every_shape_brand_and_language_of_an_example_is_a_card(layout, tmp_path, new_brand):
    """Groups of a brand and a language, each with all usual placements of the layout's shapes; own brands too."""
    new_brand(root=tmp_path)
    with Preview("kartu", tmp_path) as preview:
        scene = state(preview)["scene"]
    groups = {card["group"] for card in scene["cards"]}
    assert {"dinas · id", "dinas · en", "lentera · id", "lentera · en"} <= groups
    shown = [card["placement"] for card in scene["cards"] if card["group"] == "dinas · en"]
    assert shown[:2] == ["instagram/feed-square", "instagram/feed-portrait"]
    assert {card["shape"] for card in scene["cards"]} == {"square", "portrait", "story", "wide", "landscape"}
    assert {one["name"] for one in scene["placements"]} == set(shown)
    assert scene["title"] == "Kartu"


def test_a_card_is_made_with_its_findings_and_picture(layout, tmp_path):
    """Once somebody looks: the entry of a manifest, findings and all, and the picture itself."""
    with Preview("kartu", tmp_path, Options(**ONE)) as preview:
        told = wait(preview, ready)
        ((key, result),) = told["results"].items()
        answer = ask(preview, f"/picture/{key}/{result['version']}/1")
        assert answer.headers["Content-Type"] == "image/jpeg"
        assert answer.read()[:3] == b"\xff\xd8\xff"
        assert result["asset"]["size"] == [1600, 900]
        assert isinstance(result["asset"]["findings"], list)
        assert "provenance" not in result["asset"]


def test_nothing_is_made_before_somebody_looks(layout, tmp_path):
    """What is looked at is made first; the rest follows."""
    with Preview("kartu", tmp_path, Options(brands=("lentera",))) as preview:
        time.sleep(0.3)
        told = state(preview)
        assert told["results"] == {}
        last = told["scene"]["cards"][-1]["id"]
        look(preview, [last])
        first = state(preview, told["version"])["results"]
        assert last in first or set(first) <= {one["id"] for one in told["scene"]["cards"][:2]}
        assert len(wait(preview, ready)["results"]) == len(told["scene"]["cards"])


def test_a_campaign_shows_its_records_and_what_cannot_be_made(new_campaign, tmp_path):
    """One group a record; a record that cannot be filled is told beside them."""
    divided = ('title = "Kemiskinan {{ wilayah }}"', 'title = "{{ wilayah }}{{ 1 / (tahun - 2027) }}"')
    folder = new_campaign(divided, data="wilayah,tahun,persen\nLentera,2026,8.42\nSuluh,2027,9.10\n")
    with Preview("kampanye", tmp_path) as preview:
        told = wait(preview, ready)
    assert told["scene"]["kind"] == "campaign"
    assert {card["group"] for card in told["scene"]["cards"]} == {"lentera"}
    (failure,) = told["scene"]["failures"]
    assert failure["problems"][0]["message"] == "field 'title': a number is divided by zero"
    assert failure["problems"][0]["place"].startswith("campaign.toml")
    with Preview(str(folder / "campaign.toml")) as preview:
        assert state(preview)["scene"]["title"] == "Uji"


def test_what_there_is_not_is_wrong_use(tmp_path, layout):
    """Unknown layouts, brands and placements, and a port that is taken, are told before anything starts."""
    threads = threading.active_count()
    for target, options, message in (
        ("kartuu", Options(), "there is no layout or campaign 'kartuu'"),
        ("kartu", Options(brands=("lentra",)), "there is no brand 'lentra'"),
        ("kartu", Options(placements=("x/pots",)), "x/pots"),
    ):
        with pytest.raises(Exception, match=re.escape(message)) as caught:
            Preview(target, tmp_path, options)
        assert caught.value.problems
    with Preview("kartu", tmp_path) as first, pytest.raises(UsageError, match="cannot be used"):
        Preview("kartu", tmp_path, Options(port=int(first.address.rstrip("/").rpartition(":")[2])))
    assert threading.active_count() == threads


@pytest.mark.parametrize("text", ["", 'title = "Harga turun"\n'])
def test_a_layout_without_an_example_says_so(new_layout, tmp_path, text):
    """Values that stand in no table of a language are no example."""
    (new_layout() / "example.toml").write_text(text, "utf-8")
    with Preview("kartu", tmp_path, Options(**ONE)) as preview:
        (problem,) = state(preview)["scene"]["problems"]
    assert problem["place"] == "example.toml"
    assert problem["message"] == "the layout has no example to show"


# --- saving -----------------------------------------------------------------------------------------------------------


def test_a_save_makes_everything_anew(layout, tmp_path):
    """After a save the picture has another version; what is still on the page from before is told as stale."""
    with Preview("kartu", tmp_path, Options(**ONE)) as preview:
        before = wait(preview, ready)
        saved = time.monotonic()
        (layout / "layout.css").write_text(LAYOUT_CSS.replace("56px", "80px"), "utf-8")
        after = wait(preview, lambda told: ready(told) and told["round"] > before["round"])
        assert time.monotonic() - saved < 20  # the clock of a machine under load; a second when it is idle
        (old,), (new,) = before["results"].values(), after["results"].values()
        assert new["version"] > old["version"]
        assert new["asset"]["files"][0]["sha256"] != old["asset"]["files"][0]["sha256"]


def test_mistakes_are_shown_with_file_line_and_the_lines_around(layout, tmp_path):
    """One in the styles stands for the whole layout and keeps the pictures; one in the template stands on its cards."""
    with Preview("kartu", tmp_path, Options(**ONE)) as preview:
        before = wait(preview, ready)
        (layout / "layout.css").write_text(LAYOUT_CSS + ".page { floot: left }\n", "utf-8")
        broken = wait(preview, lambda told: told["scene"]["problems"])
        (problem,) = broken["scene"]["problems"]
        line = len(LAYOUT_CSS.splitlines()) + 1
        assert problem["place"] == f"layout.css:{line}"
        assert problem["message"] == "there is no property 'floot'"
        assert [one["text"] for one in problem["lines"] if one["here"]] == [".page { floot: left }"]
        assert broken["scene"]["cards"] == before["scene"]["cards"]
        assert broken["results"] == before["results"]
        (layout / "layout.css").write_text(LAYOUT_CSS, "utf-8")
        (layout / "layout.html").write_text(LAYOUT_HTML.replace("{{ title }}", "{{ titel }}"), "utf-8")
        told = wait(preview, lambda told: ready(told) and not told["scene"]["problems"])
        (result,) = told["results"].values()
        assert result["asset"] is None
        assert result["problems"][0]["place"] == "layout.html:2"
        assert result["problems"][0]["hint"] == "did you mean 'title'?"
        assert [one["number"] for one in result["problems"][0]["lines"]] == [1, 2, 3, 4]
        (layout / "layout.html").write_text(LAYOUT_HTML, "utf-8")
        assert wait(preview, lambda told: ready(told) and all(one["asset"] for one in told["results"].values()))


def test_without_watching_loading_the_page_reads_again(layout, tmp_path):
    """A save is seen when the page is loaded, and not before."""
    with Preview("kartu", tmp_path, Options(watch=False, **ONE)) as preview:
        round_ = state(preview)["round"]
        (layout / "layout.css").write_text(LAYOUT_CSS.replace("56px", "80px"), "utf-8")
        time.sleep(0.4)
        assert state(preview)["round"] == round_
        assert 'data-watch="no"' in ask(preview, "/").read().decode()
        assert state(preview)["round"] == round_ + 1


def scene_of(count, make=lambda studio: None):
    place = placement.load("x/post")
    cards = tuple(Card(f"{number}", "a", place, "id", "lentera", Path(), make) for number in range(count))
    return Scene("A", "layout", Path(), (), cards)


def test_what_is_made_of_an_older_scene_is_thrown_away():
    """After a save a card that was being made is not shown, those that waited are not begun, their studio is closed."""
    board = Board()
    board.show(scene_of(3))
    board.look([])
    made_in, card, studio = board.take()
    board.show(scene_of(3))
    board.deliver(made_in, card, Result({"old": True}))
    assert made_in.studio is None
    assert board.tell(0, 0)["results"] == {}
    again, card, newer = board.take()
    assert (again.number, card.group) == (2, "0")
    assert newer is not studio
    board.deliver(again, card, Result({"new": True}))
    (shown,) = board.tell(0, 0)["results"].values()
    assert shown["asset"] == {"new": True}
    board.close()
    assert board.take() is None


def test_large_scenes_are_made_as_they_are_looked_at_and_let_go_of_the_rest():
    """Of hundreds of cards only those are made that somebody sees; pictures of the earliest are let go of."""
    board = Board()
    scene = scene_of(MOST_KEPT + 5)
    board.show(scene)
    for number, card in enumerate(scene.cards):
        board.look([card.id])
        made_in, taken, _ = board.take()
        assert taken.id == card.id, number
        board.deliver(made_in, taken, Result({}))
    kept = board.tell(0, 0)["results"]
    assert len(kept) == MOST_KEPT
    assert scene.cards[0].id not in kept
    board.look([scene.cards[0].id])
    assert board.take()[1].id == scene.cards[0].id
    board.close()


def test_changed_files_are_told_and_output_is_left_alone(tmp_path):
    """New, changed and removed files count; hidden files and those in out/ do not, links are not followed."""
    (tmp_path / "a.css").write_text("a")
    for folder in ("out", ".git", "sub"):
        (tmp_path / folder).mkdir()
    (tmp_path / "loop").symlink_to(tmp_path)
    before = changes([tmp_path], {})
    assert changes([tmp_path], before) is before
    for ignored in ("out/1.jpg", ".git/index", ".a.css.swp"):
        (tmp_path / ignored).write_text("x")
    assert changes([tmp_path], before) is before
    (tmp_path / "sub" / "b.html").write_text("b")
    later = changes([tmp_path], before)
    assert {Path(name).name for name in later} >= {"a.css", "b.html"}
    (tmp_path / "a.css").unlink()
    assert len(changes([tmp_path], later)) == len(later) - 1
    assert changes([tmp_path / "gone"], {}) == {}


# --- who is served ----------------------------------------------------------------------------------------------------


def raw(preview, method, path, body=None, **headers):
    """Return the status of a request as it is written, without a client that puts paths in order."""
    connection = http.client.HTTPConnection(
        "127.0.0.1", int(preview.address.rstrip("/").rpartition(":")[2]), timeout=30
    )
    connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    headers = {"Host": preview.address[7:-1], **{name.replace("_", "-"): value for name, value in headers.items()}}
    for name, value in headers.items():
        connection.putheader(name, value)
    if body is not None and "Content-Length" not in headers:
        connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def test_only_our_own_page_is_answered(layout, tmp_path):
    """Other names of this machine, other pages, other paths, other methods and odd bodies are refused."""
    seen = {"Content_Type": "application/json"}
    with Preview("kartu", tmp_path, Options(**ONE)) as preview:
        port = preview.address.rstrip("/").rpartition(":")[2]
        assert raw(preview, "GET", "/") == 200
        assert raw(preview, "GET", "/", Host=f"localhost:{port}") == 200
        assert raw(preview, "GET", "/", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate") == 200
        for headers in (
            {"Host": "evil.example"},
            {"Host": f"evil.example:{port}"},
            {"Host": "127.0.0.1"},
            {"Host": ""},
            {"Origin": "http://evil.example"},
            {"Origin": "null"},
            {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors"},
        ):
            assert raw(preview, "GET", "/state?after=0", **headers) == 403, headers
        for path in (
            "/../../etc/passwd",
            "/%2e%2e/etc/passwd",
            "/picture/../../../etc/passwd",
            "/picture/0123456789abcdef/1/1",
            "/picture/0123456789abcdef/1/1/../../..",
            "/layouts/kartu/layout.toml",
            "//etc/passwd",
            "/preview.js",
            "http://evil.example/",
        ):
            assert raw(preview, "GET", path) == 404, path
        assert raw(preview, "PUT", "/") == 501
        assert raw(preview, "POST", "/seen", b"[]", **seen) == 200
        assert raw(preview, "POST", "/seen", b"[]", Content_Type="text/plain") == 404
        for body in (b"{", b"{}", b'["../../x"]', b"[1]", b"\xff", b'"x"'):
            assert raw(preview, "POST", "/seen", body, **seen) == 400, body
        assert raw(preview, "POST", "/seen", b"", Content_Length="999999999", **seen) == 413
        assert raw(preview, "POST", "/seen", b"", Content_Length="-1", **seen) == 413
        assert raw(preview, "GET", "/state?after=x") == 200


def test_the_page_may_load_from_here_alone(layout, tmp_path):
    """Its policy names its own script and styles by their hashes, and no other host; pictures are for it alone."""
    with Preview("kartu", tmp_path, Options(**ONE)) as preview:
        answer = ask(preview, "/")
        html = answer.read().decode()
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert policy.count("sha256-") == 2
    assert "unsafe" not in policy
    assert "http" not in policy
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert set(re.findall(r"(?:https?:|[\"'(])//[a-z][\w./]+", html)) == {"http://www.w3.org/2000/svg"}
    assert preview.address.startswith("http://127.0.0.1:")


# --- the end ----------------------------------------------------------------------------------------------------------


def test_closing_ends_every_thread_and_connection(layout, tmp_path):
    """Also while a card is being made, a browser waits for news, and another one says nothing."""
    threads = set(threading.enumerate())
    preview = Preview("kartu", tmp_path)
    port = int(preview.address.rstrip("/").rpartition(":")[2])
    silent = http.client.HTTPConnection("127.0.0.1", port)
    silent.connect()
    told = state(preview)
    waiting = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    waiting.request("GET", f"/state?after={told['version']}")
    look(preview, [card["id"] for card in told["scene"]["cards"]])
    begun = time.monotonic()
    preview.close()
    assert time.monotonic() - begun < 10
    assert set(threading.enumerate()) <= threads
    with pytest.raises(OSError, match="refused"):
        http.client.HTTPConnection("127.0.0.1", port).connect()
    silent.close()
    waiting.close()
    preview.wait()


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_command_ends_cleanly(layout, tmp_path, number):
    """It prints its address, and Ctrl-C or the system's own end give exit code 0 and no traceback."""
    command = [sys.executable, "-m", "assetgen", "preview", "kartu", "--watch", "--brand", "lentera", "--for", "x/post"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        address = process.stdout.readline().strip()
        assert "<main" in urlopen(address, timeout=30).read().decode()
        process.send_signal(number)
        assert process.wait(30) == 0
        assert process.stderr.read() == "Ctrl-C ends it.\n"


def test_wrong_use_of_the_command_exits_2(tmp_path, monkeypatch):
    """The nearest layout is named."""
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["preview", "big-numer"])
    assert result.exit_code == 2
    assert "there is no layout or campaign 'big-numer'\n    → did you mean 'big-number'?" in result.stderr


def test_a_new_layout_works_at_once(tmp_path, monkeypatch):
    """What `assetgen new layout` makes has no problem and no finding of severity error in the preview."""
    monkeypatch.chdir(tmp_path)
    made = CliRunner().invoke(main, ["new", "layout", "harga-pangan"])
    assert "Next: assetgen preview harga-pangan --watch" in made.output
    with Preview("harga-pangan", tmp_path, Options(brands=("lentera",))) as preview:
        told = wait(preview, ready)
        assert not told["scene"]["problems"]
        for result in told["results"].values():
            assert not result["problems"]
            drafts = {one["rule"] for one in result["asset"]["findings"]} == {"draft"}  # videos, which are made quickly
            assert result["asset"]["ready"] or drafts


# --- in a browser -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser():
    sync = pytest.importorskip("playwright.sync_api")
    if not CHROMIUM.exists():
        pytest.skip("no Chromium")
    with sync.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield chromium
        chromium.close()


def test_a_browser_follows_saves_and_mistakes(browser, layout, tmp_path):
    """Pictures come, zones show on a click, a save replaces the picture in place, a mistake shows its line and goes."""
    options = Options(brands=("lentera",), placements=("instagram/story",), languages=("id",))
    with Preview("kartu", tmp_path, options) as preview:
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        noise = []
        page.on("console", lambda message: noise.append(message.text))
        page.on("pageerror", lambda error: noise.append(str(error)))
        page.on("request", lambda one: one.url.startswith((preview.address, "data:")) or noise.append(one.url))
        page.goto(preview.address)
        picture = page.locator(".card:not(.stale) .picture img")
        picture.wait_for()
        source = picture.get_attribute("src")
        assert page.locator(".live").inner_text() == "Mengikuti setiap penyimpanan"
        assert not page.locator(".overlay .edge").is_visible()
        page.locator("button.picture").click()
        assert page.locator(".overlay .edge").is_visible()
        page.get_by_role("button", name="EN", exact=True).click()
        assert page.locator(".card .state").inner_text() in {"ready", "not ready"}
        (layout / "layout.css").write_text(LAYOUT_CSS.replace("56px", "80px"), "utf-8")
        page.wait_for_function(
            "before => { const now = document.querySelector('.card:not(.stale) .picture img');"
            " return now && now.getAttribute('src') !== before && now.naturalWidth > 0 }",
            arg=source,
        )
        (layout / "layout.html").write_text(LAYOUT_HTML.replace("{{ title }}", "{{ titel }}"), "utf-8")
        page.locator(".card .problem").wait_for()
        assert page.locator(".card .problem .place").inner_text() == "layout.html:2"
        assert "{{ titel }}" in page.locator("#problems .line.here").inner_text()
        (layout / "layout.html").write_text(LAYOUT_HTML, "utf-8")
        page.locator(".problem").first.wait_for(state="detached")
        page.locator(".card:not(.stale) .picture img").wait_for()
        assert noise == []
        preview.close()
        page.locator(".live.off").wait_for()
        page.close()


# --- videos -----------------------------------------------------------------------------------------------------------


def test_a_layout_shows_videos_that_are_made_small_and_on_sight(layout, tmp_path):
    """One video a shape, at half the size with its zones in place; nothing is made before somebody looks at it."""
    whole = placement.load("instagram/reel")
    small = smaller(whole)
    assert (small.size.width, small.size.height) == (540, 960)
    assert small.safe.top / small.size.height == pytest.approx(whole.safe.top / whole.size.height, abs=1e-3)
    options = Options(brands=("lentera",), placements=("instagram/reel", "x/post"), languages=("id",))
    with Preview("kartu", tmp_path, options) as preview:
        told = wait(preview, lambda told: told["results"], [])
        cards = {card["placement"]: card["id"] for card in told["scene"]["cards"]}
        assert set(told["results"]) == {cards["x/post"]}
        told = wait(preview, lambda told: cards["instagram/reel"] in told["results"], [cards["instagram/reel"]])
        result = told["results"][cards["instagram/reel"]]
        film = result["asset"]["files"][0]
        assert (film["width"], film["media_type"], film["scenes"]) == (540, "video/mp4", [0])
        address = f"/picture/{cards['instagram/reel']}/{result['version']}/1"
        with ask(preview, address, Range="bytes=4-7") as part:
            assert (part.status, part.read()) == (206, b"ftyp")
            assert part.headers["Content-Range"] == f"bytes 4-7/{film['bytes']}"
        with ask(preview, address, Range=f"bytes={film['bytes'] - 2}-") as part:
            assert len(part.read()) == 2
        with ask(preview, address, Range="bytes=nonsense") as whole_file:
            assert (whole_file.status, len(whole_file.read())) == (200, film["bytes"])


def test_a_browser_plays_a_video_picture_by_picture(browser, layout, tmp_path):
    """Arrow keys step, the bar seeks, a click shows the zones, a save replaces the video at the same picture."""
    options = Options(brands=("lentera",), placements=("instagram/reel",), languages=("id",))
    with Preview("kartu", tmp_path, options) as preview:
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        noise = []
        page.on("console", lambda message: noise.append(message.text))
        page.on("pageerror", lambda error: noise.append(str(error)))
        page.goto(preview.address)
        told = page.locator(".card:not(.stale) .player .told")
        told.wait_for(timeout=60_000)
        page.wait_for_function("() => document.querySelector('.told').textContent.includes('· 1/')")
        page.locator(".player input").focus()
        for key in ("ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft"):
            page.keyboard.press(key)
        page.wait_for_function("() => document.querySelector('.told').textContent.startsWith('0:00.07 · 3/')")
        page.keyboard.press("Shift+ArrowRight")
        page.wait_for_function("() => document.querySelector('.told').textContent.includes('· 13/')")
        assert not page.locator(".overlay .edge").is_visible()
        page.locator(".player .picture").click()
        assert page.locator(".overlay .edge").is_visible()
        before = page.locator("video").get_attribute("src")
        (layout / "layout.css").write_text(LAYOUT_CSS.replace("56px", "80px"), "utf-8")
        page.wait_for_function(
            "before => { const now = document.querySelector('.card:not(.stale) video');"
            " return now && now.getAttribute('src') !== before }",
            arg=before,
            timeout=60_000,
        )
        page.wait_for_function("() => document.querySelector('.told').textContent.includes('· 13/')")
        page.get_by_role("button", name="Putar").click()
        page.wait_for_function("() => document.querySelector('video').currentTime > 0.7")
        assert noise == []
        page.close()
