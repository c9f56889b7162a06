"""Packages: assets become folders, a manifest and nothing else; an earlier build's leftovers go, other files stay."""

import json
import os
import re
import signal
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from assetgen import placement
from assetgen.counting import count_text
from assetgen.errors import AssetgenError, DataError, Place, Problem, SecurityError, UsageError
from assetgen.facts import fact
from assetgen.model import Box, Cell, Fact, File, Finding, Frame, Rectangle, Severity, Size, Value
from assetgen.package import (
    SCHEMA,
    Asset,
    DataFile,
    Failure,
    Manifest,
    OutputFolder,
    Provenance,
    collect_facts,
    read_manifest,
    safe_slug,
    stale_files,
    unique_slugs,
    write_package,
)
from assetgen.package.asset import failure_of, kit_hash, post_text

SMALL = Size(4, 5)
FRAME = Frame(SMALL, bytes([10, 20, 30, 255]) * 20)


def file(name="01.png", data=b"picture"):
    return File(name, "png", "image/png", data, SMALL)


def asset(slug="riau", place="instagram/feed-portrait", **changes):
    given = {"files": (file(),), "alt_text": "Angka 8,42%.", "caption": "Turun.", "hashtags": ("#Data",), **changes}
    return Asset(slug, "big-number", "lentera", placement.load(place), given.pop("language", "id"), **given)


def build(out, *assets, failures=(), **options):
    with OutputFolder(out, **options) as folder:
        manifest = Manifest("Uji", "id", tuple(map(folder.write, assets)), failures)
        return manifest, folder.finish(manifest)


def listing(out):
    return sorted(path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file())


def full_asset():
    facts = (Fact("8,42%", "8.42", "percent", "a.xlsx!2026!B7", 1, "%"), Fact("Maret 2026", "2026-03", "date", "", 2))
    found = (Finding("overflow", Severity.ERROR, "terlalu panjang", "pendekkan", 2, Rectangle(1.4, 2, 3, 4.6)),)
    sources = (DataFile("a.xlsx", "0" * 64, "2026", (7,), ("B7",)),)
    return asset(
        files=(file(), file("02.png", b"second")),
        alt_texts=("satu", "dua"),
        facts=facts,
        findings=(*found, Finding("caption", Severity.INFO, "pendek")),
        publish_at="2026-04-01 09:00 Asia/Jakarta",
        row=7,
        provenance=Provenance(sources, "1" * 64, "2" * 64, "0.1.0", "k"),
    )


# --- the asset --------------------------------------------------------------------------------------------------------


def test_an_asset_with_an_error_or_without_files_is_not_ready():
    """`ready` asks for files and no finding of severity error."""
    assert asset().ready
    assert asset(findings=(Finding("a", Severity.WARNING, "b"),)).ready
    assert not asset(findings=(Finding("a", Severity.ERROR, "b"),)).ready
    assert not asset(files=()).ready


def test_the_image_comes_from_frames_or_from_the_file():
    """`.image` gives the pixels even after the frames were let go."""
    from io import BytesIO

    buffer = BytesIO()
    FRAME.image().save(buffer, "PNG")
    kept, dropped = asset(frames=(FRAME,)), asset(files=(file(data=buffer.getvalue()),))
    assert kept.image.getpixel((3, 4)) == dropped.image.getpixel((3, 4)) == (10, 20, 30)
    with pytest.raises(UsageError, match="holds no picture; its files: pdf"):
        _ = asset(files=(File("01.pdf", "pdf", "application/pdf", b"%PDF", SMALL),)).image


def test_save_takes_a_folder_a_file_and_another_format(tmp_path):
    """`.save` writes all files to a folder, one to a path, and in the format that its suffix names."""
    one = asset(frames=(FRAME,))
    assert one.save(tmp_path / "folder") == [tmp_path / "folder" / "01.png"]
    assert one.save(tmp_path / "a.png")[0].read_bytes() == b"picture"
    with Image.open(one.save(tmp_path / "a.jpeg")[0]) as picture:
        assert picture.format == "JPEG"
    with pytest.raises(UsageError, match=r"no format has the suffix '\.jpgg' .*did you mean '.jpg'"):
        one.save(tmp_path / "a.jpgg")
    with pytest.raises(UsageError, match="'riau' has 2 files, not one"):
        full_asset().save(tmp_path / "b.png")


def test_hashtags_stand_below_the_caption_once():
    """A hashtag that the caption holds already is not repeated."""
    assert post_text("Turun #Data tajam", ["#Data", "#Riau"]) == "Turun #Data tajam\n\n#Riau"
    assert post_text("", ["#A"]) == "#A"


# --- facts ------------------------------------------------------------------------------------------------------------


def painted(html, boxes=(), number=1):
    return SimpleNamespace(
        page=SimpleNamespace(html=html),
        number=number,
        by_number={box.element: box for box in boxes},
        tree=LexborHTMLParser(html),
    )


def test_what_the_filters_write_is_found_again_with_its_cell():
    """Facts carry shown text, exact value, kind, unit, cell and page; special spaces become plain ones."""
    from datetime import date
    from decimal import Decimal

    money = Value("1.250", Decimal("1250.50"), "money", "IDR", Cell("a.xlsx", "2026", "B7"))
    day = Value("x", date(2026, 3, 1), "date")
    html = "<p>" + fact("Rp1.250,5\u00a0juta", money) + " " + fact("1\u202fMaret", day) + "</p>"
    assert collect_facts([painted(html, number=3)]) == (
        Fact("Rp1.250,5 juta", "1250.5", "money", "a.xlsx!2026!B7", 3, "IDR"),
        Fact("1 Maret", "2026-03-01", "date", "", 3),
    )


def test_hidden_facts_are_not_shown_facts():
    """An element that was measured with no room, as `display: none` gives, is left out; unmeasured ones stay."""
    html = '<data value="1" data-n="5">1<b data-n="6">a</b></data><data value="2" data-n="7">2</data>'
    none, some = Rectangle(0, 0, 0, 0), Rectangle(0, 0, 9, 9)
    assert [one.value for one in collect_facts([painted(html)])] == ["1", "2"]
    hidden = [Box(5, "data", {}, none), Box(6, "b", {}, none), Box(7, "data", {}, some)]
    assert [one.value for one in collect_facts([painted(html, hidden)])] == ["2"]
    inner = [Box(5, "data", {}, none), Box(6, "b", {}, some)]
    assert [one.value for one in collect_facts([painted(html, inner)])] == ["1", "2"]


# --- names ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Kab. Kepulauan Sangihe", "kab-kepulauan-sangihe"),
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\Windows", "c-windows"),
        ("Łódź & Straße", "lodz-strasse"),
        ("CON", "con-x"),
        ("3501", "3501"),
    ],
)
def test_slugs_become_safe_folder_names(text, slug):
    assert safe_slug(text) == slug


@given(st.text())
def test_any_text_gives_a_safe_name(text):
    """1 to 80 letters, digits and hyphens; made safe again it stays the same."""
    slug = safe_slug(text)
    assert re.fullmatch(r"[a-z0-9]([a-z0-9-]{0,78}[a-z0-9])?", slug)
    assert safe_slug(slug) == slug


def test_texts_that_differ_only_in_what_is_lost_keep_apart():
    """Other scripts and endings beyond 80 characters leave a hash."""
    assert safe_slug("جاوة") != safe_slug("بالي")
    assert safe_slug("x" * 90 + "1") != safe_slug("x" * 90 + "2")
    assert len(safe_slug("x" * 90)) == 80


def test_equal_slugs_are_numbered_and_others_keep_theirs():
    """A collision gets -2, never a name that another record has by right."""
    assert unique_slugs(["A", "a", "a-2", "a"]) == ("a", "a-3", "a-2", "a-4")
    assert len(set(unique_slugs(["y" * 80] * 12))) == 12


# --- the folder -------------------------------------------------------------------------------------------------------


def test_a_package_holds_files_alt_and_caption(tmp_path):
    """Files lie in slug/platform-slot, texts beside them in UTF-8 with LF."""
    entry = write_package(asset(alt_text="Satu\r\ndua ✓"), tmp_path)
    folder = tmp_path / "riau" / "instagram-feed-portrait"
    assert entry.folder == "riau/instagram-feed-portrait"
    assert (folder / "01.png").read_bytes() == b"picture"
    assert (folder / "alt.txt").read_bytes() == "Satu\ndua ✓\n".encode()
    assert (folder / "caption.txt").read_bytes() == b"Turun.\n\n#Data\n"


def test_texts_that_are_empty_make_no_file_and_pages_are_numbered(tmp_path):
    """No empty caption.txt; the alt texts of several pages stand under their numbers."""
    write_package(asset(alt_texts=("satu", "dua"), caption="", hashtags=()), tmp_path, with_language=True)
    folder = tmp_path / "riau" / "instagram-feed-portrait-id"
    assert sorted(path.name for path in folder.iterdir()) == ["01.png", "alt.txt"]
    assert (folder / "alt.txt").read_text("utf-8") == "1/2\nsatu\n\n2/2\ndua\n"


def test_a_file_that_is_the_same_is_not_written_again(tmp_path):
    """Programs that copy changed files see no change."""
    write_package(asset(), tmp_path)
    path = tmp_path / "riau/instagram-feed-portrait/01.png"
    os.utime(path, (1, 1))
    write_package(asset(caption="lain"), tmp_path)
    assert path.stat().st_mtime == 1
    write_package(asset(files=(file(data=b"picturf"),)), tmp_path)
    assert path.read_bytes() == b"picturf"


def test_a_link_does_not_lead_out_of_the_folder(tmp_path):
    """A slug whose folder is a link to somewhere else is refused."""
    (tmp_path / "out").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out" / "riau").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(SecurityError, match="lies outside"):
        write_package(asset(), tmp_path / "out")
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_second_build_leaves_what_it_made_and_what_is_not_ours(tmp_path):
    """Files of an earlier build that are no longer made go, with their empty folders; all other files stay."""
    build(tmp_path, full_asset(), asset("jambi"), asset("bali"))
    (tmp_path / "bali" / "notes.txt").write_text("mine")
    _, removed = build(tmp_path, asset("riau"))
    assert removed == (
        "bali/instagram-feed-portrait/01.png",
        "bali/instagram-feed-portrait/alt.txt",
        "bali/instagram-feed-portrait/caption.txt",
        "jambi/instagram-feed-portrait/01.png",
        "jambi/instagram-feed-portrait/alt.txt",
        "jambi/instagram-feed-portrait/caption.txt",
        "riau/instagram-feed-portrait/02.png",
    )
    assert listing(tmp_path) == [
        "bali/notes.txt",
        "index.html",
        "manifest.json",
        "riau/instagram-feed-portrait/01.png",
        "riau/instagram-feed-portrait/alt.txt",
        "riau/instagram-feed-portrait/caption.txt",
    ]
    assert not (tmp_path / "jambi").exists()


def test_a_build_that_broke_off_leaves_nothing_behind(tmp_path):
    """What was written before a crash is removed by the next build that does not make it."""
    with pytest.raises(ZeroDivisionError), OutputFolder(tmp_path) as folder:
        folder.write(asset("gone"))
        _ = 1 / 0
    assert read_manifest(tmp_path) is None
    _, removed = build(tmp_path, asset("riau"))
    assert len(removed) == 3
    assert not (tmp_path / "gone").exists()


def test_a_forged_manifest_removes_nothing_else(tmp_path):
    """Paths that leave the folder, pass a link or are not shaped like ours are never removed."""
    out = tmp_path / "out"
    build(out, asset())
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "y.txt").write_text("precious")
    (out / "plain.txt").write_text("precious")
    (out / "a").mkdir()
    (out / "a" / "b").symlink_to(tmp_path / "x")
    data = json.loads((out / "manifest.json").read_bytes())
    for path in ("../x/y.txt", str(tmp_path / "x/y.txt"), "plain.txt", "a/b/y.txt", "riau/../plain.txt"):
        data["assets"][0]["files"].append({**data["assets"][0]["files"][0], "path": path})
    (out / "manifest.json").write_text(json.dumps(data))
    assert stale_files(out, Manifest("", "id", ())) == tuple(
        f"riau/instagram-feed-portrait/{name}" for name in ("01.png", "alt.txt", "caption.txt")
    )


def test_two_assets_in_one_file_stop_the_build(tmp_path):
    """Nothing is overwritten in silence."""
    with pytest.raises(UsageError, match=r"both written to 'riau/instagram-feed-portrait/01\.png'"):
        build(tmp_path, asset(), asset())


# --- the lock ---------------------------------------------------------------------------------------------------------

HOLD = "import sys,time;from pathlib import Path;from assetgen.package import OutputFolder\n"
HOLD += "OutputFolder(Path(sys.argv[1]));print('held',flush=True);time.sleep(60)"


def test_a_second_build_names_the_process_and_takes_over_when_it_died(tmp_path):
    """While a build runs the folder is its own; once it was killed the folder is free and half files are swept."""
    with subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "held\n"
        with pytest.raises(AssetgenError, match=rf"another build is writing to this folder: process {other.pid} on "):
            OutputFolder(tmp_path)
        other.send_signal(signal.SIGKILL)
        other.wait()
    folder = tmp_path / "riau" / "instagram-feed-portrait"
    folder.mkdir(parents=True)
    (folder / ".01.png.abcdefgh.part").write_bytes(b"half")
    build(tmp_path, asset())
    assert sorted(path.name for path in folder.iterdir()) == ["01.png", "alt.txt", "caption.txt"]
    assert not (tmp_path / ".assetgen.lock").exists()


def test_the_lock_holds_within_one_process_too(tmp_path):
    """Two builds in two threads are two builds; leaving the block gives the folder back."""
    with OutputFolder(tmp_path), pytest.raises(AssetgenError, match=f"process {os.getpid()} on "):
        OutputFolder(tmp_path)
    with OutputFolder(tmp_path):
        pass


# --- the manifest -----------------------------------------------------------------------------------------------------


def valid(out):
    data = json.loads((out / "manifest.json").read_bytes())
    schema = json.loads(SCHEMA.read_bytes())
    Draft202012Validator.check_schema(schema)
    return data, [error.message for error in Draft202012Validator(schema).iter_errors(data)]


def test_the_manifest_keeps_its_schema_and_tells_the_truth(tmp_path):
    """Every field validates; hashes and sizes are those of the files on disk; totals add up."""
    failure = failure_of(DataError("rusak", Place("a.xlsx", None, "2026", "B9"), "perbaiki"), "x", 9)
    build(tmp_path, full_asset(), asset("bali", "x/post"), failures=(failure,))
    data, problems = valid(tmp_path)
    assert problems == []
    for one in data["assets"]:
        for written in one["files"] + one["text_files"]:
            content = (tmp_path / written["path"]).read_bytes()
            assert (written["bytes"], written["sha256"]) == (len(content), sha256(content).hexdigest())
    assert data["totals"] == {"assets": 2, "ready": 1, "not_ready": 1, "failed": 1}
    assert data["assets"][0]["findings"][0]["rectangle"] == [1, 2, 3, 5]
    assert [one["name"] for one in data["placements"]] == ["instagram/feed-portrait", "x/post"]


def test_the_schema_refuses_what_it_does_not_know():
    """Every object of the schema is closed, and names its required keys among its own."""

    def objects(node):
        if isinstance(node, dict):
            if node.get("type") == "object":
                yield node
            for value in node.values():
                yield from objects(value)
        elif isinstance(node, list):
            for value in node:
                yield from objects(value)

    found = list(objects(json.loads(SCHEMA.read_bytes())))
    assert len(found) > 10
    for node in found:
        assert node["additionalProperties"] is False
        assert set(node["required"]) <= set(node["properties"])


def test_the_same_build_gives_the_same_bytes_and_reads_back(tmp_path):
    """No clock, no order of chance: bytes are equal, and a manifest that was read writes them again."""
    failures = (Failure("x", (Problem("rusak"),), 9, "x/post", "id"),)
    first, _ = build(tmp_path / "a", full_asset(), failures=failures)
    build(tmp_path / "b", full_asset(), failures=failures)
    data = (tmp_path / "a/manifest.json").read_bytes()
    assert data == (tmp_path / "b/manifest.json").read_bytes()
    assert (tmp_path / "a/index.html").read_bytes() == (tmp_path / "b/index.html").read_bytes()
    again = read_manifest(tmp_path / "a")
    assert again.content == data == first.content
    assert list(json.loads(data)) == sorted(json.loads(data))


def test_a_manifest_of_others_is_named_not_overwritten(tmp_path):
    """Any other manifest.json stops the build before something is written, and the folder is free again."""
    for text in ("{", "[]", '{"version": 1}', '{"version": 9, "assets": []}'):
        (tmp_path / "manifest.json").write_text(text)
        with pytest.raises(DataError, match=r"not a manifest of assetgen|its version is 9"):
            OutputFolder(tmp_path)
    assert listing(tmp_path) == ["manifest.json"]


def test_an_entry_is_intact_while_its_files_are_there(tmp_path):
    """A missing or changed file shows; an earlier entry can stand in a new manifest."""
    build(tmp_path, full_asset())
    entry = read_manifest(tmp_path).entries[0]
    assert entry.intact(tmp_path)
    assert (entry.made_from("k"), entry.made_from("l"), entry.ready) == (True, False, False)
    (tmp_path / entry.folder / "02.png").write_bytes(b"")
    assert not entry.intact(tmp_path)


def test_the_hash_of_a_kit_follows_names_and_bytes(tmp_path):
    """Renaming or changing a file changes the hash; order on disk does not."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.css").write_text("a")
    assert kit_hash(tmp_path / "one") == kit_hash(tmp_path / "two")
    (tmp_path / "two" / "a.css").rename(tmp_path / "two" / "b.css")
    assert kit_hash(tmp_path / "one") != kit_hash(tmp_path / "two")


# --- counting ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "unit", "count"),
    [
        ("Halo 👨‍👩‍👧", "characters", 10),
        ("Halo 👨‍👩‍👧", "weighted", 7),
        ("Halo 👨‍👩‍👧", "graphemes", 6),
        ("Halo 👍", "utf-16", 7),
        ("Halo 👍", "emoji-bytes", 9),
        ("lihat https://bps.go.id/a/very/long/address/indeed", "weighted", 29),
        ("lihat https://bps.go.id/a/very/long/address/indeed", "urls-23", 29),
        ("日本", "weighted", 4),
        ("🇮🇩", "weighted", 2),
        ("cafe\u0301", "graphemes", 4),
        ("cafe\u0301", "weighted", 4),
    ],
)
def test_text_is_counted_as_the_platform_counts(text, unit, count):
    assert count_text(text, unit) == count


def test_every_unit_of_the_placements_is_counted():
    for one in placement.all():
        assert count_text("a", one.text.unit) == 1


def test_nothing_but_the_package_lies_in_the_folder(tmp_path):
    """No lock, list or half file is left after a build."""
    build(tmp_path, asset())
    assert not [path for path in Path(tmp_path).rglob(".*")]


def test_facts_tell_the_repairs_of_their_cells():
    """Those in a range, whether it is small or larger than the repairs are many; at most eight of them are told."""
    from dataclasses import replace
    from decimal import Decimal

    from assetgen.model import Cell, Fact, Repair
    from assetgen.package import with_repairs
    from assetgen.read import table_from_rows

    table = table_from_rows([{"kota": "A", "jiwa": 3}], "kota.csv")
    cells = [Cell("kota.csv", None, f"B{row}") for row in range(2, 22)]
    repairs = tuple(Repair(cell, "1.5", Decimal("1.5"), Decimal(1500), "B22 = B2+…+B21") for cell in cells)
    repaired = replace(table, repairs=repairs)

    def told(address, table=repaired):
        (fact,) = with_repairs([Fact("1", "1", "number", address, 1)], table)
        return fact.repaired, [repair.cell.address for repair in fact.repairs]

    assert told("kota.csv!B3") == (1, ["B3"])
    assert told("kota.csv!((B3/B4)+B3)") == (2, ["B3", "B4"])
    assert told("kota.csv!SUM(A20:ZZ9000)")[0] == 2
    assert told("kota.csv!SUM(B2:B21)") == (20, [f"B{row}" for row in range(2, 10)])
    assert told("kota.csv!C3") == told("lain.csv!B3") == told("", repaired) == told("kota.csv!B3", table) == (0, [])
