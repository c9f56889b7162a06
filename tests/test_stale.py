"""Nothing old is kept: whatever an asset is made from has a part in its key; what was edited since is made again."""

import json
import os
import shutil
import sys
from collections import OrderedDict

import pytest

from assetgen import Brand, BuildOptions, Cache, Campaign, Layout, Studio, build, parts
from assetgen.batch import plan, read_data
from assetgen.cache import usual_cache
from assetgen.parts import built_in
from assetgen.provenance import Hashes
from assetgen.template import imported

LAYOUT_MORE = """
[fields.map]
type = "map"

[fields.ground]
type = "image"
default = "foto/latar.png"

[fields.places]
type = "rows"
regions = "provinces"

[fields.places.columns.name]

[fields.places.columns.photo]
type = "image"

[alt]
"""
FIELDS = """
photo = "foto/{{ wilayah }} & {{ tahun }}.png"
map = { file = "peta.geojson", key = "NAMA" }

[make.fields.places]
rows = "{{ rows }}"
partial = true
name = "{{ wilayah }}"
photo = "foto/daftar.png"

[make.video]
speak = true
voice = ["suara/1.wav"]
captions = "takarir.srt"
music = "lagu.mp3"
"""
BRAND_MORE = """
[voice]
command = "{tools}/bicara --model={tools}/suara.bin {{text}}"

[sting]
layout = "lewat"
between = "left"
"""
HTML = '{% import "bersama/dalam.html" as inner %}<section class="page"></section>'
# What is asked of a campaign when all of it is only planned.
FILES = {
    "foto/Lentera & 2026.png": "photo",
    "foto/latar.png": "ground",
    "foto/daftar.png": "in a row",
    "peta.geojson": "{}",
    "suara/1.wav": "spoken",
    "takarir.srt": "captions",
    "lagu.mp3": "music",
    "tools/bicara": "program",
    "tools/suara.bin": "model",
    "layouts/bersama/dalam.html": "{% include 'bersama/lebih.html' %}",
    "layouts/bersama/lebih.html": "deep",
    "layouts/_kit/kit.css": "",
    "layouts/_kit/icons/tanda.svg": "<svg/>",
    "layouts/kartu/gambar.svg": "<svg/>",
    "layouts/lewat/layout.html": "{% include 'bersama/sting.html' %}<section></section>",
    "layouts/bersama/sting.html": "sting",
    "brand/dinas/brand.css": ".canvas { --x: 1 }",
}


@pytest.fixture
def folder(tmp_path, new_campaign, new_brand):
    """Write a campaign that names a file of every kind."""
    where = new_campaign(('"lentera"', '"dinas"'), ('"x/post"', '"instagram/reel"'), more=FIELDS)
    layout = where / "layouts" / "kartu"
    (layout / "layout.html").write_text(HTML)
    (layout / "layout.toml").write_text((layout / "layout.toml").read_text().replace("\n[alt]\n", LAYOUT_MORE))
    shutil.copytree(built_in("layouts") / "_sting", where / "layouts" / "lewat")
    brand = new_brand(root=where) / "brand.toml"
    brand.write_text(brand.read_text() + BRAND_MORE.format(tools=where / "tools"))
    shutil.copytree(built_in("fonts") / "public-sans", where / "fonts" / "public-sans")
    for name, text in FILES.items():
        (where / name).parent.mkdir(parents=True, exist_ok=True)
        (where / name).write_text(text)
    (where / "tools" / "bicara").chmod(0o755)
    return where


def keys(folder, engine="takumi", draft=False):
    """Return the keys of a campaign as it is now, by slug and placement."""
    campaign = Campaign.load(folder)
    hashes = Hashes(engine, draft)
    jobs = plan(campaign, read_data(campaign)).jobs
    return {(job.slug, job.placement.name): hashes.provenance(campaign, job).key for job in jobs}


def changed(before, after):
    return {name for name, key in after.items() if before.get(name) != key}


REEL, POST = ("lentera", "instagram/reel"), ("lentera", "instagram/feed-square")
OWN, FILM = {REEL, POST}, {REEL, ("suluh", "instagram/reel")}
ALL = OWN | FILM | {("suluh", "instagram/feed-square")}
TOUCHED = {
    "foto/Lentera & 2026.png": OWN,
    **dict.fromkeys(("suara/1.wav", "takarir.srt", "lagu.mp3", "tools/bicara", "tools/suara.bin"), FILM),
    **dict.fromkeys(("layouts/lewat/layout.html", "layouts/bersama/sting.html"), FILM),
}


@pytest.fixture
def checked(monkeypatch):
    """Load a campaign whose pictures and sounds are none: here they are only hashed."""
    monkeypatch.setattr(Layout, "_check_files", lambda self: None)
    monkeypatch.setattr(Brand, "_font_problems", lambda self, file: iter(()))


@pytest.mark.usefixtures("checked")
def test_every_file_has_a_part_in_the_keys_of_what_it_touches(folder):
    """Pictures of all fields, a default one, maps, sounds, the voice's program, fonts, icons, templates, the sting."""
    before = keys(folder)
    assert set(before) == ALL
    assert all(before.values())
    assert keys(folder) == before
    wrong = {}
    for name in (*FILES, "fonts/public-sans/font.toml", "fonts/public-sans/700.ttf", "brand/dinas/art/pattern.svg"):
        path = folder / name
        data = path.read_bytes() if path.is_file() else None
        path.parent.mkdir(exist_ok=True)
        path.write_bytes((data or b"") + b"\n")
        found = changed(before, keys(folder))
        if found != TOUCHED.get(name, ALL):
            wrong[name] = found
        path.unlink() if data is None else path.write_bytes(data)
    assert wrong == {}
    assert keys(folder) == before


@pytest.mark.usefixtures("checked")
@pytest.mark.parametrize(
    ("file", "old", "new", "touched"),
    [
        ("data/angka.csv", "8.42", "8.43", OWN),
        ("data/angka.csv", "8.42", "8.420", ALL),  # what is said of the table is another
        ("campaign.toml", "BPS {{", "Kemendagri {{", ALL),
        ("campaign.toml", "slug = ", 'caption = "Ini"\nslug = ', ALL),
        ("campaign.toml", "slug = ", 'alt = "Itu"\nslug = ', ALL),
        ("campaign.toml", "slug = ", 'hashtags = ["satu"]\nslug = ', ALL),
        ("campaign.toml", "slug = ", 'publish_at = "2026-12-01"\nslug = ', ALL),
        ("campaign.toml", "slug = ", "where = \"wilayah != 'Suluh'\"\nslug = ", OWN),
        ("campaign.toml", "slug = ", 'sort = "persen desc"\nslug = ', ALL),
        ("campaign.toml", "slug = ", 'theme = "dark"\nslug = ', ALL),
        ("campaign.toml", "slug = ", 'languages = ["en"]\nslug = ', ALL),
        ("campaign.toml", "partial = true", "partial = false", ALL),
        ("campaign.toml", "speak = true", "speak = false", FILM),
        ("campaign.toml", "speak = true", "speak = true\neffects = true", FILM),
        ("brand/dinas/brand.toml", "[rules]", '[rules]\nreading-time = "error"', ALL),
    ],
)
def test_every_word_of_a_campaign_has_a_part_in_its_keys(folder, file, old, new, touched):
    """Data, fields, words, selection, theme, language, video, and how severe a brand finds things."""
    before = keys(folder)
    path = folder / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    assert changed(before, keys(folder)) == touched


@pytest.mark.usefixtures("checked")
def test_names_of_kits_and_the_way_of_a_build_have_a_part_in_keys(folder, monkeypatch):
    """A kit of the same bytes under another name, a draft, another engine, another version of it, other code."""
    before = keys(folder)
    assert changed(before, keys(folder, draft=True)) == ALL
    monkeypatch.setattr(parts.load("engines", "takumi"), "version", lambda: "takumi 99")
    assert changed(before, keys(folder)) == ALL
    monkeypatch.undo()
    monkeypatch.setattr(Layout, "_check_files", lambda self: None)
    monkeypatch.setattr(Brand, "_font_problems", lambda self, file: iter(()))
    monkeypatch.setattr("assetgen.provenance.workshop", lambda: "other code")
    assert changed(before, keys(folder)) == ALL
    campaign = folder / "campaign.toml"
    for kind, name in (("layouts", "kartu"), ("brand", "dinas")):
        kept = keys(folder)
        shutil.move(folder / kind / name, folder / kind / "lain")
        campaign.write_text(campaign.read_text().replace(f'"{name}"', '"lain"'))
        assert changed(kept, keys(folder)) == ALL


@pytest.mark.usefixtures("checked")
def test_what_cannot_be_compared_has_no_key(folder, monkeypatch):
    """A value of a kind that is not known is made again every time."""
    monkeypatch.setattr("assetgen.campaign.records._Reader.fields", lambda *_: {"title": object()})
    assert set(keys(folder).values()) == {""}


def test_templates_that_are_imported_are_found(tmp_path):
    """In all ways of writing it, by all ways round; None for a name that is worked out, nothing outside."""
    texts = OrderedDict(
        {
            "layout.html": "{%- from 'a.html' import x with context -%}{% include \"b.html\" ignore missing %}",
            "a.html": "{%import 'c.html' as c%}{% include '../../out.html' %}",
            "b.html": "{%\n extends 'a.html'\n%}",
            "c.html": "{% include 'layout.html' %}{% include 'none.html' ignore missing %}",
        }
    )
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    assert {path.name for path in imported((tmp_path,)) or ()} == set(texts)
    for tag in ("{% include name %}", "{% include ['a.html', 'b.html'] %}", "{% import 'a' ~ x as c %}"):
        (tmp_path / "c.html").write_text(tag)
        assert imported((tmp_path,)) is None


DRAFT = BuildOptions(workers=1, draft=True)


def kept(folder, campaign=None):
    return build(campaign or Campaign.load(folder), folder / "out", DRAFT).unchanged


def shown(folder):
    return {path.parent.parent.name: path.read_bytes() for path in (folder / "out").rglob("instagram-*/01.jpg")}


def test_a_campaign_that_was_loaded_long_ago_makes_what_its_kits_are_now(new_campaign):
    """From Python: a layout and a logo that change between two builds of one object are seen by both builds."""
    folder = new_campaign()
    campaign = Campaign.load(folder)
    assert kept(folder, campaign) == 0
    first = shown(folder)
    styles = folder / "layouts" / "kartu" / "layout.css"
    styles.write_text(styles.read_text().replace("font-size: 56px", "font-size: 80px"))
    assert kept(folder, campaign) == 0
    assert shown(folder)["lentera"] != first["lentera"]
    assert kept(folder) == 4


def test_what_changes_while_a_build_runs_is_made_again(new_campaign, monkeypatch):
    """Whether the old or the new file was read: nothing of that build is kept."""
    folder = new_campaign()
    styles = folder / "layouts" / "kartu" / "layout.css"
    make = Studio.make

    def save(self, *given):
        asset = make(self, *given)
        styles.write_text(styles.read_text().replace("font-size: 56px", "font-size: 80px"))
        return asset

    monkeypatch.setattr(Studio, "make", save)
    assert kept(folder) == 0
    monkeypatch.undo()
    first = shown(folder)
    assert kept(folder) == 0
    assert shown(folder)["lentera"] != first["lentera"]
    assert kept(folder) == 4


def test_an_entry_that_was_edited_or_is_of_an_older_build_is_made_again(new_campaign):
    """A changed word or verdict in the manifest, a key that is gone, a manifest that is gone."""
    folder = new_campaign()
    kept(folder)
    file = folder / "out" / "manifest.json"
    whole = file.read_bytes()
    for edit in (
        lambda entry: entry.update(alt_text="Bukan ini"),
        lambda entry: entry.update(ready=True, findings=[]),
        lambda entry: entry["facts"][0].update(value="9.9"),
        lambda entry: entry["provenance"].pop("key"),
        lambda entry: entry["provenance"].update(key=""),
    ):
        told = json.loads(whole)
        edit(told["assets"][0])
        file.write_text(json.dumps(told))
        assert kept(folder) == 3
        assert file.read_bytes() == whole
    file.unlink()
    assert kept(folder) == 0
    assert file.read_bytes() == whole


def test_a_cache_gives_nothing_that_lies_under_another_key(tmp_path):
    """Files that were renamed or swapped are damage."""
    cache = Cache(tmp_path)
    cache.put("aakey", b"old")
    (tmp_path / "aa" / "aakey").rename(tmp_path / "aa" / "aaother")
    assert cache.get("aaother") is None
    assert cache.get("aakey") is None


def test_a_cache_may_be_a_link_and_its_times_may_lie_ahead(tmp_path):
    """Entries with times of a clock that went wrong are entries; a broken link is a disk that refuses."""
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    cache = Cache(tmp_path / "link", limit=100)
    cache.put("aakey", b"x")
    os.utime(tmp_path / "real" / "aa" / "aakey", (4e9, 4e9))
    cache.put("bbkey", b"y")
    assert cache.trim() == 0
    assert (cache.get("aakey"), cache.get("bbkey")) == (b"x", b"y")
    (tmp_path / "broken").symlink_to("nowhere/at/all")
    broken = Cache(tmp_path / "broken")
    broken.put("aakey", b"x")
    assert broken.get("aakey") is None
    assert broken.trim() == 0
    (tmp_path / "file").write_text("")
    assert Cache(tmp_path / "file").trim() == 0


@pytest.mark.skipif(sys.platform == "win32", reason="there the environment names the place")
def test_a_user_without_a_home_has_no_cache(monkeypatch):
    """A service makes everything without one."""
    for name in ("ASSETGEN_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("pathlib.Path.home", lambda: (_ for _ in ()).throw(RuntimeError("no home")))
    assert usual_cache() is None
