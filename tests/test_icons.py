"""Icons: found by name without reading the set, found by words of two languages, and the user's own come first."""

import json
import re
import tomllib

import pytest
from click.testing import CliRunner
from selectolax.lexbor import LexborHTMLParser

from assetgen import placement
from assetgen.bind import Binder
from assetgen.brand import Brand
from assetgen.campaign import Campaign
from assetgen.cli import main
from assetgen.errors import LayoutError, SecurityError
from assetgen.icons import Icons
from assetgen.layout import Layout
from assetgen.markup import markup_problems
from assetgen.parts import built_in
from assetgen.template import Templates

KIT = built_in("layouts") / "_kit"
ICONS = Icons()
OWN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M1 1h2"/></svg>'


# --- the packed set ---------------------------------------------------------------------------------------------------


def test_every_packed_icon_is_found_by_its_name_and_is_harmless():
    """All lines, the first and the last among them; nothing in them could act, and all draw in the text's colour."""
    lines = (KIT / "icons" / "icons.tsv").read_text("utf-8").splitlines()
    names = [line.split("\t")[0] for line in lines]
    assert len(names) >= 1500
    assert names == sorted(set(names))
    for line, name in zip(lines, names, strict=True):
        drawing = ICONS.drawing(name)
        assert drawing.endswith(">" + line.rpartition("\t")[2] + "</svg>")
        assert 'stroke="currentColor"' in drawing
        tree = LexborHTMLParser(drawing)
        assert not [
            found for node in tree.body.traverse() for found in markup_problems(node.tag or "", node.attributes)
        ]
        assert set(re.findall(r"<(\w+)", drawing)) == {"svg", "path"}


@pytest.mark.parametrize("name", ["", "a", "zzzz", "mapp", "map-", "../map", "map\t", "MAP", "map pin", "map\n"])
def test_what_is_no_name_of_an_icon_gives_none(name):
    """Names before the first, behind the last, between two, and texts that are no names."""
    assert ICONS.drawing(name) is None


def test_one_icon_does_not_read_the_set(monkeypatch):
    """To draw one icon nothing but its line is looked for: neither the set nor the word list is read as a whole."""
    monkeypatch.setattr(Icons, "all", property(lambda _: pytest.fail("read the whole set")))
    monkeypatch.setattr(Icons, "_words", property(lambda _: pytest.fail("read the word list")))
    assert "<path" in Templates((), KIT).render_text("{{ icon('flood') }}", {"language": "id"})


# --- words ------------------------------------------------------------------------------------------------------------


def test_the_word_list_names_icons_that_there_are():
    """Every icon of the list is in the set; there are more than 500 words of each language."""
    topics = tomllib.loads((KIT / "icons" / "words.toml").read_text("utf-8"))
    entries = [entry for topic in topics.values() for entry in topic.items()]
    assert {icon for _, to in entries for icon in to["icons"].split()} <= set(ICONS.all)
    assert len({word for words, _ in entries for word in words.split(",")}) > 500
    assert len({word for _, to in entries for word in to["en"].split(",")}) > 500


@pytest.mark.parametrize(
    ("word", "first"),
    [
        *(("banjir", "flood"), ("flood", "flood"), ("gempa", "activity"), ("earthquake", "activity")),
        *(("pajak", "receipt-tax"), ("anggaran", "report-money"), ("vaksin", "vaccine"), ("sekolah", "school")),
        *(("jalan", "road"), ("KTP", "id"), ("layanan", "headset"), ("keluhan", "message-report")),
        *(("kartu  keluarga", "id"), ("early warning", "alert-triangle"), ("map-pin", "map-pin"), ("Tooth", "dental")),
    ],
)
def test_a_word_of_either_language_finds_its_icon_first(word, first):
    """Words of the list come before names and tags, whatever case and spaces they are typed with."""
    assert ICONS.search(word)[0].name == first


def test_tags_of_the_set_are_searched_too():
    """A word that the list does not have finds icons by their English tags."""
    assert "microwave" in {icon.name for icon in ICONS.search("oven")}
    assert not ICONS.search("qqqq")


@pytest.mark.parametrize(
    ("typed", "first"), [("vaksinn", "vaccine"), ("kebanjiran", "flood"), ("earthquak", "activity")]
)
def test_a_slip_finds_the_nearest_words(typed, first):
    """A misspelt word gives the icons of the words that are nearest to it."""
    assert first in {icon.name for icon in (*ICONS.search(typed), *ICONS.nearest(typed))}


# --- the filter -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("banjir", "did you mean 'flood' (banjir · flood)?"),
        ("volcanos", "did you mean 'volcano' (gunung api · volcano)?"),
        ("map-pinn", "did you mean 'map-pin' (alamat · address)?"),
        ("qqqqqqq", "search by word: assetgen list icons banjir"),
    ],
)
def test_the_error_of_the_filter_names_the_nearest_icon_with_words(typed, hint):
    """A word in place of a name leads to its icon; the hint says in both languages what the icon stands for."""
    with pytest.raises(LayoutError) as caught:
        Templates((), KIT).render_text("{{ icon('" + typed + "') }}", {"language": "id"})
    assert caught.value.problems[0].message == f"there is no icon '{typed}'"
    assert caught.value.problems[0].hint == hint


def test_an_icon_of_the_layout_and_one_of_the_campaign_come_before_ours(new_campaign):
    """`icons/` of the layout wins over `layouts/_kit/icons/`, and both over the packed set; a change is seen."""
    folder = new_campaign()
    layout = folder / "layouts" / "kartu"
    (layout / "layout.html").write_text('<section>{{ icon("flood") }}{{ icon("map") }}{{ icon("tree") }}</section>')
    for where, name in (("kartu/icons", "flood"), ("_kit/icons", "flood"), ("_kit/icons", "map")):
        (folder / "layouts" / where).mkdir(parents=True, exist_ok=True)
        (folder / "layouts" / where / f"{name}.svg").write_text(OWN.replace("h2", f"h{len(where)}"))
    campaign = Campaign.load(folder)

    def drawn():
        binder = Binder.of(campaign.layouts["kartu"], Brand.load("lentera"))
        page = binder.bind({"title": "a"}, placement.load("x/post"), "id", folder).pages[0]
        return re.findall(r'<path d="(M1 1h\d+)"', page.html), page.html.count("<svg")

    assert drawn() == (["M1 1h11", "M1 1h10"], 3)
    (folder / "layouts" / "_kit" / "icons" / "map.svg").write_text(OWN.replace("h2", "h777"))
    assert drawn() == (["M1 1h11", "M1 1h777"], 3)


def test_a_built_in_layout_takes_the_icons_of_the_campaign(new_campaign):
    """A campaign's own icon is found by layouts that are not its own, and the key of its assets knows it."""
    folder = new_campaign(('layout = "kartu"', 'layout = "big-number"'))
    own = folder / "layouts" / "_kit" / "icons"
    assert own not in Campaign.load(folder).layouts["big-number"].icon_folders
    own.mkdir(parents=True)
    assert own in Campaign.load(folder).layouts["big-number"].icon_folders


def test_a_link_to_somewhere_else_is_no_icon(new_layout, tmp_path):
    """A link out of the folder of icons is refused."""
    folder = new_layout(html='<section>{{ icon("rahasia") }}</section>')
    (tmp_path / "rahasia.svg").write_text(OWN)
    (folder / "icons").mkdir()
    (folder / "icons" / "rahasia.svg").symlink_to(tmp_path / "rahasia.svg")
    binder = Binder.of(Layout.load(folder), Brand.load("lentera"))
    with pytest.raises(SecurityError, match=r"lies outside of icons/"):
        binder.bind({"title": "a"}, placement.load("x/post"), "id", folder)


# --- the command line -------------------------------------------------------------------------------------------------


def test_the_command_lists_icons_by_words(tmp_path, monkeypatch):
    """Best first, as text and as JSON, own icons among them; a slip is said on standard error."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "layouts" / "_kit" / "icons").mkdir(parents=True)
    (tmp_path / "layouts" / "_kit" / "icons" / "lambang-kota.svg").write_text(OWN)

    def run(*arguments):
        return CliRunner().invoke(main, ["list", "icons", *arguments])

    assert run("banjir").stdout.splitlines()[0].startswith("flood")
    assert next(iter(json.loads(run("FLOOD", "--format", "json").stdout))) == "flood"
    assert run("lambang").stdout.startswith("lambang-kota  own icon:")
    slip = run("vaksinn")
    assert slip.stderr == "Nothing fits 'vaksinn'; the nearest words give:\n"
    assert slip.stdout.startswith("vaccine")
    assert run("qqqqqqq").output == "Nothing fits 'qqqqqqq'.\n"
    assert "receipt-tax" in CliRunner().invoke(main, ["show", "icon", "pajak"]).output
