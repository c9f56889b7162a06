"""The bundled fonts and brand kits keep their promises: legible pairs, safe drawings, figures that line up."""

import tomllib
from pathlib import Path

import pytest
from coloraide import Color
from defusedxml import ElementTree
from fontTools.ttLib import TTFont

from assetgen.brand import Brand

ROOT = Path(__file__).parent.parent
BRANDS = tuple(sorted(folder.name for folder in (ROOT / "brand").iterdir()))
DRAWINGS = sorted(path for brand in BRANDS for path in (ROOT / "brand" / brand).rglob("*.svg"))
TEXT_FAMILIES = (
    *("newsreader-display", "plus-jakarta-sans", "public-sans", "noto-sans", "atkinson-hyperlegible-next"),
    *("fraunces-soft", "asap", "archivo", "archivo-compressed"),
)
TEXT_FONTS = sorted(path for family in TEXT_FAMILIES for path in (ROOT / "fonts" / family).glob("*.ttf"))
NEEDED = "ABCabc0123456789.,%–—−×²³°“”‘’…€½\u00a0\u2009\u202f\u2011éşğū"
TEXT_PAIRS = [
    *(
        (text, ground)
        for text in ("text", "text-muted", "primary", "danger", "safe")
        for ground in ("background", "surface")
    ),
    *((text, "surface-strong") for text in ("text-on-strong", "text-on-strong-muted")),
    *((f"on-{name}", name) for name in ("primary", "accent", "accent-bright", "data", "danger", "caution", "safe")),
    *(("text", name) for name in ("primary-soft", "accent-soft")),
]
MARK_PAIRS = [
    *((mark, ground, 3) for mark in ("accent", "data") for ground in ("background", "surface")),
    *(("data-muted", ground, 1.5) for ground in ("background", "surface")),
    *((mark, "surface-strong", 3) for mark in ("accent-on-strong", "accent-bright", "data-on-strong")),
    ("data-muted-on-strong", "surface-strong", 1.5),
    ("data", "data-muted", 3),
    ("data-on-strong", "data-muted-on-strong", 2),
]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("brand", BRANDS)
@pytest.mark.parametrize(("front", "ground", "least"), [*((*pair, 4.5) for pair in TEXT_PAIRS), *MARK_PAIRS])
def test_colours_that_meet_can_be_told_apart(brand, theme, front, ground, least):
    """Used light or dark, text reaches 4.5:1 on every ground it stands on; marks reach what a graphic needs."""
    palette = Brand.load(brand).themed(theme).colors
    assert Color(palette[front]).contrast(palette[ground]) >= least


@pytest.mark.parametrize("brand", BRANDS)
def test_a_kit_says_who_speaks_in_both_languages(brand):
    """Names, logos with reversed files, handles of the usual platforms, fictitious contacts, and words not said."""
    kit = Brand.load(brand)
    assert {"id", "en"} <= kit.short_name.keys() & kit.tagline.keys() & kit.vocabulary.keys()
    assert {"primary", "mark"} <= kit.logos.keys()
    assert all(logo.reversed and {"id", "en"} <= logo.alt.keys() for logo in kit.logos.values())
    assert {"instagram", "x", "tiktok", "youtube", "facebook", "threads", "linkedin"} <= kit.accounts.keys()
    assert kit.contacts["hotline"].startswith("000-")
    assert kit.contacts["phone"].startswith("(000) 555-0")
    assert kit.contacts["website"] in kit.domains.allowed
    assert kit.dark is not None


def test_no_two_kits_look_alike():
    """Two kits share neither logo, drawing, palette nor their pair of families, nor an account or a contact."""
    kits = [Brand.load(name) for name in BRANDS]
    alike = [
        lambda kit: kit.picture("logo:primary"),
        lambda kit: kit.picture("art:signature"),
        lambda kit: kit.picture("art:pattern"),
        lambda kit: (kit.fonts["heading"].family, kit.fonts["body"].family),
        lambda kit: kit.colors["primary"],
        lambda kit: kit.accounts["instagram"],
        lambda kit: kit.contacts["hotline"],
    ]
    for trait in alike:
        assert len({trait(kit) for kit in kits}) == len(kits)


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_drawings_depend_on_nothing(path):
    """A logo or drawing has a viewBox and holds no text, script, style or reference."""
    root = ElementTree.parse(path).getroot()
    assert root.get("viewBox")
    allowed = {"svg", "title", "g", "path", "circle", "rect"}
    for element in root.iter():
        assert element.tag.rpartition("}")[2] in allowed
        assert not [name for name in element.attrib if "href" in name or name.startswith("on") or name == "style"]


@pytest.mark.parametrize("path", TEXT_FONTS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_text_fonts_draw_what_locales_ask_for(path):
    """Every text font has the signs, dashes and spaces that Indonesian and English copy needs."""
    known = TTFont(path).getBestCmap()
    assert [character for character in NEEDED if ord(character) not in known] == []


@pytest.mark.parametrize("path", TEXT_FONTS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_tabular_figures_share_one_width(path):
    """`tnum` leads from the proportional figures to figures of one width; those of Asap have one width anyway."""
    font = TTFont(path)
    table = font["GSUB"].table
    mapping = {}
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag == "tnum":
            for index in record.Feature.LookupListIndex:
                for wrapped in table.LookupList.Lookup[index].SubTable:
                    mapping |= getattr(wrapped, "ExtSubTable", wrapped).mapping
    default = [font.getBestCmap()[ord(figure)] for figure in "0123456789"]
    assert (len({font["hmtx"][name][0] for name in default}) > 1) != (path.parent.name == "asap")
    assert len({font["hmtx"][mapping.get(name, name)][0] for name in default}) == 1


@pytest.mark.parametrize("folder", sorted((ROOT / "fonts").iterdir()), ids=lambda folder: folder.name)
def test_font_folders_are_complete(folder):
    """Each family folder names its licence and source, carries the licence text, and lists just the files it has."""
    settings = tomllib.loads((folder / "font.toml").read_text("utf-8"))
    assert settings["licence"]
    assert settings["source"]
    assert (folder / "LICENSE.txt").stat().st_size > 1000
    assert sorted(file["file"] for file in settings["files"]) == sorted(path.name for path in folder.glob("*.ttf"))
    assert settings["family"] in (ROOT / "NOTICE").read_text("utf-8")


@pytest.mark.parametrize("family", TEXT_FAMILIES)
def test_pairs_are_kerned(family):
    """AV stands closer than its two advances: joining font subsets has lost this before."""
    from pytakumi import Renderer

    renderer = Renderer()
    renderer.register_font((ROOT / "fonts" / family / "700.ttf").read_bytes(), name="X", weight=700)

    def width(kerning):
        css = f".a {{ display: flex; font: 700 100px X; font-kerning: {kerning}; white-space: nowrap }}"
        css += f" .b {{ font-feature-settings: 'kern' {int(kerning == 'normal')} }}"
        picture = '<div class="a"><span class="b">AVAVAVAVAV</span></div>'
        return renderer.render_html(picture, width=1200, height=200, stylesheets=[css], format="png")

    assert width("normal") != width("none")
