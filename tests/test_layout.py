"""Layouts: every problem of settings, template and styles is told at once, with its line."""

import re
from dataclasses import replace

import pytest
from conftest import LAYOUT_TOML

from assetgen import placement
from assetgen.bind import Binder, canvas_stylesheet
from assetgen.brand import Brand
from assetgen.errors import LayoutError, PlacementError, UsageError
from assetgen.layout import Layout
from assetgen.paint import Painter


def problems(folder):
    with pytest.raises(LayoutError) as caught:
        Layout.load(folder)
    return [str(one).replace(f"{folder}/", "") for one in caught.value.problems]


def test_mistakes_in_settings_are_told_at_once(new_layout):
    """An unknown key and an unknown type in one error."""
    text = LAYOUT_TOML.replace("required = true", "requird = true").replace('"number"', '"nummer"')
    found = problems(new_layout(toml=text))
    assert found[0] == "layout.toml:6: 'fields.title.requird' is not known here (did you mean 'required'?)"
    assert found[1].startswith("layout.toml:12: 'fields.value.type': input should be 'text', 'number'")
    assert len(found) == 2


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"square", ', '"sqare", ', "'sqare' is not a shape"),
        ("[fields.value]", "[fields.language]", "'language' cannot be the name of a field"),
        ("[fields.value]", "[fields.Value]", "'Value' cannot be the name of a field"),
        ('type = "image"', 'type = "choice"', "a choice needs choices"),
        ('type = "image"', 'type = "rows"', "rows need their columns"),
    ],
)
def test_settings_that_cannot_be(new_layout, old, new, message):
    """Shapes, names of fields, choices and rows are checked when the layout is loaded."""
    assert message in problems(new_layout(toml=LAYOUT_TOML.replace(old, new)))[0]


def test_missing_and_wrong_files_are_told(new_layout):
    """No template; styles that the engine would ignore, with their line."""
    folder = new_layout(css="p { color: red }\np { colour: red }\n")
    assert problems(folder) == ["layout.css:2: there is no property 'colour' (did you mean 'color'?)"]
    (folder / "layout.html").unlink()
    assert "there is no layout.html" in problems(folder)[0]
    other = new_layout(name="lain")
    (other / "layout.css").write_bytes(b"\xff")
    assert problems(other) == ["layout.css: is not UTF-8 text: invalid start byte (save it as UTF-8)"]


def test_an_unknown_layout_names_the_nearest():
    """`big-numer` is probably `big-number`."""
    with pytest.raises(UsageError) as caught:
        Layout.load("big-numer")
    assert str(caught.value) == "there is no layout 'big-numer' (did you mean 'big-number'?)"


def test_a_shape_without_design_is_refused(new_layout, tmp_path):
    """A layout is not stretched to a shape that it was not designed for."""
    layout = Layout.load(new_layout(toml=LAYOUT_TOML.replace('"portrait", "story", ', "")))
    with pytest.raises(PlacementError, match=r"not designed for instagram/story .*its shapes: square, wide, landscape"):
        Binder.of(layout, Brand.load("lentera")).bind({"title": "A"}, placement.load("instagram/story"), "id", tmp_path)


def test_a_template_makes_one_to_fifty_sections(new_layout, tmp_path):
    """No section and too many sections are errors of the template."""
    for number, html in enumerate(("<p>a</p>", "<section></section>" * 51)):
        layout = Layout.load(new_layout(html=html, name=f"l{number}"))
        with pytest.raises(LayoutError, match=r"layout\.html: the template (has no|makes 51)"):
            Binder.of(layout, Brand.load("lentera")).bind({"title": "A"}, placement.load("x/post"), "id", tmp_path)


def test_words_fall_back_to_indonesian(new_layout):
    """A word that is not translated is Indonesian rather than nothing."""
    layout = Layout.load(
        new_layout(toml=LAYOUT_TOML.replace('[labels.en]\nsource = "Source"', '[labels.en]\nother = "x"'))
    )
    assert layout.words("en") == {"source": "Sumber", "other": "x"}
    assert layout.resolve_field("judul") == "title"


def test_the_canvas_tells_safe_zones():
    """`--safe-*` are the platform's own distances, `--inset-*` at least the margin of the brand."""
    css = canvas_stylesheet(placement.load("instagram/story"), "80px")
    assert "width: 1080px" in css and "height: 1920px" in css
    assert float(css.split("--safe-top: ")[1].split("px")[0]) > 80
    assert "--inset-left: 80px" in css or float(css.split("--inset-left: ")[1].split("px")[0]) >= 80


@pytest.mark.parametrize(
    ("title", "css", "behind"),
    [
        ("Layanan “e-KTP” dibuka pukul&nbsp;08.00⁠–⁠12.00", "", False),
        ("Sehat → kuat", "", True),  # an arrow that no text font of the brand has
        ("Sehat &rarr; kuat", "", True),
        ("Sehat", 'h1::before{content:"\\2192"}', True),
        ("Sehat", "ul{list-style:square}", True),
        ("ke\u00adsehatan", "", True),  # may end a line, with a hyphen from anywhere
    ],
)
def test_fonts_behind_the_brands_own_are_named_only_where_a_page_may_need_them(
    new_layout, tmp_path, title, css, behind
):
    """Asking them takes time; without them no pixel changes."""
    folder = new_layout(html=f"<section><h1>{title}</h1></section>", css=css)
    binder = Binder.of(Layout.load(folder), Brand.load("lentera"))
    (page,) = binder.bind({"title": "A"}, placement.load("x/post"), "id", tmp_path).pages
    assert re.search(r"--font-body: \"[^\"]*\"(,?)", "".join(page.stylesheets))[1] == "," * behind
    named = replace(page, stylesheets=(page.stylesheets[0], binder.brand.stylesheet, *page.stylesheets[2:]))
    with Painter() as painter:
        assert painter.engine.measure(page) == painter.engine.measure(named)
        assert painter.engine.paint(page) == painter.engine.paint(named)
