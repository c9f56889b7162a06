"""Colours, fonts and sizes are the brand's: layouts name none of their own, and one token sets all type larger."""

import re
from pathlib import Path

import pytest

from assetgen import parts, placement
from assetgen.bind import Binder
from assetgen.brand import Brand
from assetgen.layout import Layout
from assetgen.model import Severity
from assetgen.settings import validate
from assetgen.studio import Studio, Wish
from assetgen.typescale import scaled_size, scaled_styles

ROOT = Path(__file__).parents[1] / "layouts"
FILES = sorted([*ROOT.glob("*/*.css"), *ROOT.glob("*/*.html")])
COLOUR = re.compile(
    r"#[0-9a-fA-F]{3,8}(?![\w-])|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color)a?\("
    r"|[:\s](?:white|black|red|green|blue|yellow|orange|gr[ae]y|silver|gold|pink|purple|brown|navy|teal)\s*[;}\"]"
)


def plain(path):
    """Return a file without its comments and the words of templates."""
    return re.sub(r"/\*.*?\*/|\{#.*?#\}", "", path.read_text("utf-8"), flags=re.S)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_layouts_and_kit_name_no_colour_and_no_font(path):
    """Colours come from `--color-*` and the variables of grounds, fonts from `--font-*`."""
    text = plain(path)
    assert not COLOUR.findall(text)
    assert not [font for font in re.findall(r"font-family:\s*([^;}\"]+)", text) if not font.startswith("var(--font-")]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_sizes_of_type_follow_the_brand(path):
    """A font size is a variable, `em`, or whole pixels from 26, which the token `type-scale` multiplies."""
    sizes = [size.strip() for size in re.findall(r"font-size:\s*([^;}\"]+)", plain(path))]
    own = re.compile(r"var\(--[\w-]+(?:, \d+px\))?|calc\(var\(.*|inherit|[\d.]+em|\{\{.*")
    wrong = [size for size in sizes if not own.match(size) and not re.fullmatch(r"(?:2[6-9]|[3-9]\d|\d{3})px", size)]
    assert not wrong


def scaled(scale, **more):
    brand = Brand.load("lentera")
    changed = brand.model_copy(update={"tokens": {**brand.tokens, "type-scale": scale, **more}})
    changed._folder = brand.folder
    for name in ("look", "stylesheet"):
        changed.__dict__.pop(name, None)
    return changed


def page_of(layout, brand, place="instagram/feed-portrait"):
    return Binder.of(layout, brand).bind(layout.example()["id"], placement.load(place), "id", layout.folder).pages[0]


def test_one_token_sets_all_type_larger():
    """Sizes of kit and layout, their variables and `data-size` grow; those of brand.css are the brand's own."""
    layout = Layout.load("hoax-check")
    before, after = page_of(layout, Brand.load("lentera")), page_of(layout, scaled(1.1))
    assert "--type-note: 28px" in before.stylesheets[0]
    assert "--type-note: 30.8px" in after.stylesheets[0]
    assert "font-size: 78px" in before.stylesheets[2]
    assert "font-size: 85.8px" in after.stylesheets[2]
    assert 'data-size="38"' in before.html
    assert 'data-size="41.8"' in after.html
    assert before.stylesheets[1].count("px") == after.stylesheets[1].count("px")


def test_no_size_falls_below_the_floor():
    """26 px stay 26 px, 28 become 26 at least; boxes and other lengths are left alone."""
    css = ".a { font-size: 26px; max-height: 100px } .b { font-size: 28px; --stamp-size: 52px }"
    assert (
        scaled_styles(css, 0.9)
        == ".a { font-size: 26px; max-height: 100px } .b { font-size: 26px; --stamp-size: 46.8px }"
    )
    assert scaled_styles(css, 1) == css
    assert scaled_size(20, 0.9) == 20


@pytest.mark.parametrize("name", ["announcement", "big-number", "hoax-check", "quote"])
def test_layouts_hold_at_a_smaller_scale(name):
    """Their examples, which fill them to the brim at 1, are without errors in every shape."""
    layout, brand = Layout.load(name), scaled(0.92)
    with Studio() as studio:
        for place in ("instagram/feed-square", "instagram/feed-portrait", "instagram/story", "x/post", "facebook/link"):
            wish = Wish(layout.example()["id"], placement.load(place), folder=layout.folder)
            found = studio.make(layout, brand, wish).findings
            assert not [one.message for one in found if one.severity is Severity.ERROR], place


@pytest.mark.parametrize("value", ["groß", 0, 2, "1px"])
def test_a_scale_that_is_none_is_told(value):
    """A number from 0.9 to 1.1."""
    from assetgen.errors import BrandError
    from assetgen.settings import parse_toml

    file = parts.kit_names("brand")["lentera"] / "brand.toml"
    tables = parse_toml(file, BrandError)
    tables["tokens"]["type-scale"] = value
    with pytest.raises(BrandError, match=r"from 0\.9 to 1\.1"):
        validate(tables, Brand, file, BrandError)


def test_a_brand_sets_the_space_between_groups():
    """The token `space` moves both gaps, in upright and in flat shapes."""
    brand = scaled(1, space="30px")
    layout = Layout.load("quote")
    for place in ("instagram/feed-portrait", "x/post"):
        kit, own = page_of(layout, brand, place).stylesheets[:2]
        assert "var(--space, 24px)" in kit
        assert "--space: 30px" in own
