"""A build from start to finish: the same bytes every time, nothing left over, a broken row reported; the library."""

import json
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import pytest

from assetgen import Brand, BuildOptions, Campaign, Layout, Studio, build, make, make_all
from assetgen.errors import CampaignError, DataError, UsageError


def tree(out):
    return {
        path.relative_to(out).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file()
    }


def test_two_builds_are_the_same_bytes(new_campaign):
    """A second build, another folder, and another number of threads change no byte."""
    folder = new_campaign()
    campaign = Campaign.load(folder)
    told = []
    first = build(campaign, folder / "a", BuildOptions(workers=1), lambda *what: told.append(what))
    build(Campaign.load(folder), folder / "b", BuildOptions(workers=2))
    assert tree(folder / "a") == tree(folder / "b")
    assert sum(name.endswith("01.jpg") for name in tree(folder / "a")) == 4
    assert len(first.entries) == 4
    assert [done for done, _, _ in told] == [1, 2, 3, 4]
    assert {total for _, total, _ in told} == {4}
    assert told[0][2] == "lentera · instagram/feed-square"
    before = tree(folder / "a")
    again = build(campaign, folder / "a", BuildOptions(workers=2))
    assert tree(folder / "a") == before
    assert again.removed == ()


def test_what_is_no_longer_asked_for_is_removed(new_campaign):
    """A slug that is dropped takes its files with it; the user's own files stay."""
    folder = new_campaign()
    out = folder / "out"
    build(Campaign.load(folder), out, BuildOptions(draft=True))
    (out / "suluh" / "catatan.txt").write_text("punya saya")
    (folder / "data" / "angka.csv").write_text("wilayah,tahun,persen\nLentera,2026,8.42\nDamar,2026,9.10\n")
    report = build(Campaign.load(folder), out, BuildOptions(draft=True))
    assert any(path.startswith("suluh/") for path in report.removed)
    assert sorted(path.name for path in (out / "suluh").rglob("*") if path.is_file()) == ["catatan.txt"]
    assert {entry.slug for entry in report.entries} == {"lentera", "damar"}


def test_only_makes_one_and_keeps_the_others(new_campaign):
    """`only` changes nothing but its slug; the manifest still lists everything."""
    folder = new_campaign()
    out = folder / "out"
    build(Campaign.load(folder), out, BuildOptions(draft=True))
    before = tree(out)
    text = (folder / "data" / "angka.csv").read_text().replace("8.42", "7.77").replace("9.10", "5.55")
    (folder / "data" / "angka.csv").write_text(text)
    report = build(Campaign.load(folder), out, BuildOptions(("suluh",), draft=True))
    after = tree(out)
    assert {name for name in before if name.startswith("lentera/")} <= after.keys()
    assert all(after[name] == before[name] for name in before if name.startswith("lentera/"))
    assert any(after[name] != before[name] for name in before if name.startswith("suluh/"))
    assert {entry.slug for entry in report.entries} == {"lentera", "suluh"}


def test_a_broken_row_is_reported_and_the_rest_is_made(new_campaign):
    """The manifest lists what was not made and why; the report is not ready."""
    folder = new_campaign(
        ('"{{ persen }}"', '"{{ 100 / persen }}"'),
        data="wilayah,tahun,persen\nKota Lentera,2026,0\nSuluh,2026,10\nDamar,2026,20\n",
    )
    report = build(Campaign.load(folder), folder / "out", BuildOptions(draft=True))
    assert not report.ready
    assert {entry.slug for entry in report.entries} == {"suluh", "damar"}
    assert len(report.failures) == 1
    manifest = json.loads((folder / "out" / "manifest.json").read_text())
    (failure,) = manifest["failures"]
    assert failure["slug"] == "kota-lentera"
    assert failure["problems"][0]["message"] == "field 'value': a number is divided by zero"
    assert failure["problems"][0]["place"] == {"cell": None, "file": "campaign.toml", "line": 15, "sheet": None}


def test_a_row_that_does_not_fit_its_layout_is_reported_for_each_placement(new_campaign):
    """What only fails when it is bound is reported with row and cell."""
    folder = new_campaign(data=f"wilayah,tahun,persen\n{'x' * 70},2026,1\nSuluh,2026,10\n")
    report = build(Campaign.load(folder), folder / "out", BuildOptions(draft=True))
    assert {failure.placement for failure in report.failures} == {"instagram/feed-square", "x/post"}
    assert str(report.failures[0].problems[0]).startswith("angka.csv!A2: field 'title' is too long: 81 characters")


def test_a_campaign_that_cannot_be_built_writes_nothing(new_campaign):
    """Bad data stops the build before the output folder is made."""
    folder = new_campaign(data="")
    campaign = Campaign.load(folder)
    with pytest.raises(DataError):
        build(campaign, folder / "out")
    assert not (folder / "out").exists()


def test_a_draft_is_never_ready(new_campaign):
    """Drafts are not checked, and say so."""
    folder = new_campaign()
    report = build(Campaign.load(folder), folder / "out", BuildOptions(draft=True))
    assert not report.ready
    assert all(entry.data["findings"][0]["rule"] == "draft" for entry in report.entries)


def test_a_campaign_uses_brands_light_or_dark(new_campaign):
    """`theme` holds for the whole campaign and for one entry; the manifest and the key of an asset tell it."""
    light, dark, mixed = (new_campaign(*changes, name=name) for name, changes in THEMES.items())
    reports = [build(Campaign.load(folder), folder / "out") for folder in (light, dark, mixed)]
    themes = [{entry.data.get("theme") for entry in report.entries} for report in reports]
    assert themes == [{None}, {"dark"}, {None}]
    keys = [[entry.data["provenance"]["key"] for entry in report.entries] for report in reports]
    assert keys[0] == keys[2]
    assert not set(keys[0]) & set(keys[1])
    pixels = [(folder / "out" / "lentera" / "x-post" / "01.jpg").read_bytes() for folder in (light, dark, mixed)]
    assert pixels[0] == pixels[2] != pixels[1]


THEMES = {
    "terang": (),
    "gelap": (('brand = "lentera"', 'brand = "lentera"\ntheme = "dark"'),),
    "campur": (
        ('brand = "lentera"', 'brand = "lentera"\ntheme = "dark"'),
        ('layout = "kartu"', 'layout = "kartu"\ntheme = "light"'),
    ),
}


def test_a_theme_that_a_brand_does_not_have_is_told_with_its_line(new_campaign, new_brand):
    """Before anything is painted: the line of `theme`, and what to add to the kit."""
    folder = new_campaign(('brand = "lentera"', 'brand = "dinas"\ntheme = "dark"'))
    file = new_brand(root=folder) / "brand.toml"
    file.write_text(file.read_text("utf-8").partition("[dark.colors]")[0], "utf-8")
    with pytest.raises(CampaignError) as caught:
        Campaign.load(folder)
    assert "campaign.toml:3: the brand 'dinas' has no dark use" in str(caught.value)


# --- the library ------------------------------------------------------------------------------------------------------

FIELDS = {"title": "Turun", "value": 8.42, "source": "BPS"}


def test_make_from_a_mapping(new_layout, tmp_path):
    """Plain field values give an asset with picture, words, facts and findings; it saves itself."""
    asset = make(layout=new_layout(), data=FIELDS, brand="lentera", placement="instagram/feed-square")
    assert asset.image.size == (1080, 1080)
    assert asset.alt_text == "Turun: 8,42. BPS"
    assert [(fact.text, fact.value) for fact in asset.facts] == [("8,42", "8.42")]
    assert isinstance(asset.findings, tuple)
    assert asset.save(tmp_path / "a.png")[0].stat().st_size > 1000


def test_make_uses_a_brand_dark(new_layout):
    """`theme` gives other pixels; left out, a brand is used as it is given."""
    options = {"layout": new_layout(), "data": FIELDS, "placement": "instagram/feed-square"}
    light, dark = (make(**options, brand="lentera", theme=theme) for theme in ("light", "dark"))
    given = make(**options, brand=Brand.load("lentera").themed("dark"))
    assert light.files[0].data == make(**options, brand="lentera").files[0].data
    assert light.files[0].data != dark.files[0].data == given.files[0].data
    assert (light.theme, dark.theme) == ("light", "dark")


def test_make_from_tables(new_layout, tmp_path):
    """A path with a sheet, a list of mappings and a polars frame; fields match by name and alias."""
    import polars
    import xlsxwriter

    rows = [{"judul": "A", "value": 1, "lain": "x"}, {"judul": "B", "value": 2, "lain": "y"}]
    with xlsxwriter.Workbook(tmp_path / "t.xlsx") as book:
        for name in ("2025", "2026"):
            sheet = book.add_worksheet(name)
            for number, cells in enumerate((list(rows[0]), *(list(row.values()) for row in rows))):
                sheet.write_row(number, 0, cells)
    layout = Layout.load(new_layout())
    options = {"layout": layout, "brand": "lentera", "placement": "instagram/feed-square"}
    with Studio() as studio:
        excel = make(**options, data=f"{tmp_path / 't.xlsx'}#2026", row=1, studio=studio)
        assert excel.alt_text.startswith("B: 2")
        assert excel.facts[0].cell == "t.xlsx!2026!B3"
        for data in (rows, polars.DataFrame(rows)):
            assert make(**options, data=data, studio=studio).alt_text.startswith("A: 1")
        named = make(**options, data=rows, fields={"title": "{{ lain }}!"}, studio=studio)
        assert named.alt_text.startswith("x!: 1")
        with pytest.raises(UsageError, match="there is no row 2: the data gives 2"):
            make(**options, data=rows, row=2, studio=studio)
        every = list(
            make_all(layout=layout, brand="lentera", data=rows, placements=("x/post", "instagram/story"), studio=studio)
        )
    assert [(one.slug, one.placement.name) for one in every] == [
        ("kartu-001", "x/post"),
        ("kartu-001", "instagram/story"),
        ("kartu-002", "x/post"),
        ("kartu-002", "instagram/story"),
    ]


def test_a_shared_studio_is_safe_in_threads(new_layout):
    """Four threads with one studio make the same bytes as one thread."""
    layout, brand = Layout.load(new_layout()), Brand.load("lentera")

    def one(number):
        given = {**FIELDS, "title": f"Turun {number % 4}"}
        return make(layout=layout, data=given, brand=brand, placement="x/post", studio=studio).files[0].data

    with Studio() as studio:
        alone = [one(number) for number in range(4)]
        with ThreadPoolExecutor(4) as pool:
            together = list(pool.map(one, range(16)))
    assert together == alone * 4


def test_what_has_not_changed_is_not_made_again(new_campaign, monkeypatch):
    """Of an unchanged campaign nothing is made; of a changed cell its assets; all of it where it is asked for fresh."""
    made = []
    kept = Studio.make
    monkeypatch.setattr(Studio, "make", lambda self, *given: made.append(given[2].slug) or kept(self, *given))
    folder = new_campaign()
    out, options = folder / "out", BuildOptions(workers=1)

    def again(options=options):
        made.clear()
        report = build(Campaign.load(folder), out, options)
        assert report.unchanged == len(report.entries) - len(made)
        return len(made)

    assert again() == 4
    before = tree(out)
    assert again() == 0
    assert tree(out) == before
    data = folder / "data" / "angka.csv"
    data.write_text(data.read_text().replace("9.10", "9.20"))
    assert again() == 2
    changed = tree(out)
    build(Campaign.load(folder), folder / "new", options)
    assert tree(folder / "new") == changed != before
    assert again(BuildOptions(workers=1, fresh=True)) == 4
    assert tree(out) == changed


def test_a_file_that_is_not_as_it_was_written_is_made_again(new_campaign):
    """Missing, cut, or changed in one byte without another size: nothing is believed that is not the same bytes."""
    folder = new_campaign()
    out = folder / "out"
    build(Campaign.load(folder), out)
    before = tree(out)
    first, second, third, *_ = sorted(out.rglob("01.jpg"))
    first.unlink()
    second.write_bytes(second.read_bytes()[:-1])
    data = third.read_bytes()
    third.write_bytes(data[:500] + bytes([data[500] ^ 1]) + data[501:])
    report = build(Campaign.load(folder), out)
    assert tree(out) == before
    assert len(report.entries) - report.unchanged == 3
