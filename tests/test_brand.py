"""Brands: every problem of a kit at once; colours, fonts and tokens become CSS; tokens files are merged in."""

import json

import pytest

from assetgen.brand import Brand
from assetgen.errors import BrandError, UsageError


def problems(folder):
    with pytest.raises(BrandError) as caught:
        Brand.load(folder)
    return [str(one).replace(f"{folder}/", "") for one in caught.value.problems]


def test_mistakes_in_a_brand_are_told_at_once(new_brand):
    """Unknown keys and colours that are none, each with its line."""
    folder = new_brand(("name =", 'nama = "x"\nname ='), ("[colors]", '[colors]\nextra = "red"\n'))
    found = problems(folder)
    assert "brand.toml:1: 'nama' is not known here (did you mean 'name'?)" in found
    assert any("'colors.extra': a colour is written '#rrggbb' or '#rrggbbaa', got 'red'" in one for one in found)


def test_a_brand_has_what_layouts_count_on(new_brand):
    """A colour that layouts use cannot be left out."""
    folder = new_brand(("primary = ", "primary-old = "))
    assert "[colors] lacks primary: layouts count on them" in problems(folder)[0]


def test_missing_files_and_fonts_are_told_at_once(new_brand):
    """A logo that is not there, and a family with its nearest name."""
    folder = new_brand(('family = "', 'family = "X'), ('file = "logos/', 'file = "logos/x'))
    found = problems(folder)
    assert any("there is no file 'logos/x" in one for one in found)
    assert any("fonts." in one for one in found)


def test_an_unknown_brand_names_the_nearest():
    """`lentra` is probably `lentera`."""
    with pytest.raises(UsageError) as caught:
        Brand.load("lentra")
    assert str(caught.value) == "there is no brand 'lentra' (did you mean 'lentera'?)"


def test_a_name_is_a_kit_even_where_a_folder_has_that_name(new_brand, tmp_path, monkeypatch):
    """A folder in the working directory does not hide a built-in kit; written as a path it is taken."""
    folder = new_brand(('name = "', 'name = "Lain '), name="lentera")
    monkeypatch.chdir(folder.parent)
    assert not Brand.load("lentera").name.startswith("Lain")
    assert Brand.load("./lentera").name.startswith("Lain")
    assert Brand.load(folder).name.startswith("Lain")
    assert Brand.load("lentera", (tmp_path,)).name.startswith("Lain")


def test_the_stylesheet_holds_colours_fonts_and_tokens():
    """Layouts get a brand as CSS variables."""
    css = Brand.load("lentera").stylesheet
    assert "--color-primary: #" in css
    assert '--font-heading: "' in css
    assert "--heading-weight:" in css


def test_tokens_come_under_what_the_brand_says_itself(new_brand):
    """A design-token file fills in; `brand.toml` has the last word; its tokens are held to the same rules."""
    folder = new_brand(("[colors]", 'tokens_file = "t.json"\n\n[colors]'))
    token = {"$type": "color", "$value": "#123456"}
    (folder / "t.json").write_text(json.dumps({"color": {"primary": token, "fresh": token}}))
    brand = Brand.load(folder)
    assert brand.colors["fresh"] == "#123456"
    assert brand.colors["primary"] != "#123456"
    (folder / "t.json").write_text(json.dumps({"evil": {"$type": "string", "$value": "red; } * { color: red"}}))
    assert "a token is one CSS value" in problems(folder)[0]


def test_pictures_are_found_by_reference():
    """Logos and drawings by name; the reversed one falls back; unknown names give nothing."""
    brand = Brand.load("lentera")
    assert brand.picture("logo:primary").lstrip().startswith(b"<")
    assert brand.picture("logo:primary-reversed")
    assert brand.picture("logo:none") is None
    assert brand.picture("field:photo") is None


def test_dark_use_is_a_palette_of_its_own_with_reversed_logos():
    """Colours and drawings of `[dark]` win; logos and other art are those for dark grounds; the rest stays."""
    light = Brand.load("lentera")
    dark = light.themed("dark")
    assert (light.theme, dark.theme, dark.slug) == ("light", "dark", "lentera")
    assert dark.colors["background"] == light.dark.colors["background"] != light.colors["background"]
    assert dark.colors["caution"] == light.colors["caution"]
    assert dark.colors["danger-strong"] == light.colors["danger"]
    assert (
        dark.picture("logo:primary") == dark.picture("logo:primary-reversed") == light.picture("logo:primary-reversed")
    )
    assert dark.picture("art:pattern") == light.picture("art:pattern-on-strong")
    assert dark.picture("art:signature") not in {
        light.picture("art:signature"),
        light.picture("art:signature-on-strong"),
    }
    assert f"--color-background: {dark.colors['background']};" in dark.stylesheet
    assert dark.look.colors == dark.colors
    assert light.themed("light") is light
    assert light.themed("dark") is dark


def test_a_kit_without_dark_use_says_so(new_brand):
    """A brand that has no `[dark]` cannot be used dark, and the message tells what to add."""
    folder = new_brand()
    file = folder / "brand.toml"
    file.write_text(file.read_text("utf-8").partition("[dark.colors]")[0], "utf-8")
    with pytest.raises(BrandError) as caught:
        Brand.load(folder).themed("dark")
    assert "the brand 'dinas' has no dark use" in str(caught.value)
    assert "[dark.colors]" in caught.value.problems[0].hint


def test_mistakes_in_dark_use_and_vocabulary_are_told_with_their_lines(new_brand):
    """A colour that is none, a drawing that is not there, and a word that is no word."""
    folder = new_brand(
        ("[dark.colors]", '[dark.colors]\nextra = "red"'), ("[vocabulary.en]", '[vocabulary.en]\n"*x" = ""')
    )
    found = problems(folder)
    assert any("'dark.colors.extra': a colour is written '#rrggbb'" in one for one in found)
    assert any("vocabulary.en" in one for one in found)
    folder = new_brand(("signature-dark.svg", "nowhere.svg"), name="lain")
    assert any("dark.art.signature: there is no file 'art/nowhere.svg'" in one for one in problems(folder))
