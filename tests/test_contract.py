"""The contract of the parts: every file in a folder of parts has its reason, its names and a sample that runs."""

import re
import tomllib
from itertools import product

import pytest

from assetgen import parts, placement
from assetgen.bind import Binder
from assetgen.brand import Brand
from assetgen.charts._kit.chart import SIZES, Setting, draw_chart
from assetgen.layout import Layout
from assetgen.model import Frame, Severity, Size
from assetgen.parts import built_in
from assetgen.studio import Studio, Wish
from assetgen.template import Templates

REQUIRED = {
    "charts": ("OPTIONS", "SAMPLE", "draw"),
    "backgrounds": ("STRENGTH", "OPTIONS", "draw"),
    "sources": ("read",),
    "filters": ("SAMPLE", "apply"),
    "formats": ("SUFFIX", "MEDIA_TYPE", "MANY_PAGES", "VECTOR", "LOSSY", "OPTIONS", "encode"),
    "rules": ("check",),
    "engines": ("open_engine",),
    "executors": ("run",),
}
MODULES = [(kind, name) for kind in REQUIRED for name in parts.names(kind)]
LAYOUTS = tuple(parts.kit_names("layouts"))
BRANDS = tuple(parts.kit_names("brand"))
# Kits do not change while they are used: reading them anew for each of two thousand tests would take a minute.
LAYOUT = {name: Layout.load(name) for name in LAYOUTS}
BRAND = {name: Brand.load(name) for name in BRANDS}
SHAPES = {
    "square": "instagram/feed-square",
    "portrait": "instagram/feed-portrait",
    "story": "instagram/story",
    "wide": "x/post",
    "landscape": "facebook/link",
    "banner": "x/header",
    "column": "",
}
FRAME = Frame(Size(8, 10), bytes([200, 30, 40, 255]) * 80)


def sentences(text):
    return len(re.findall(r"[.!?](?=\s|$)", re.sub(r"`[^`]*`", "x", text)))


@pytest.mark.parametrize(("kind", "name"), MODULES)
def test_a_part_says_what_it_does_and_has_its_names(kind, name):
    """Module docstring, the names that its kind asks for, and docstrings on what it offers."""
    module = parts.load(kind, name)
    assert (module.__doc__ or "").strip().endswith((".", ":", "`"))
    for attribute in REQUIRED[kind]:
        assert hasattr(module, attribute), f"{kind}/{name} lacks {attribute}"
    for attribute in REQUIRED[kind]:
        value = getattr(module, attribute)
        assert not callable(value) or (value.__doc__ or "").strip(), f"{attribute} has no docstring"


@pytest.mark.parametrize("name", parts.names("rules"))
def test_a_rule_gives_its_reason(name):
    """At least two sentences: what is wrong, and why that matters."""
    assert sentences(parts.load("rules", name).__doc__) >= 2


@pytest.mark.parametrize("name", parts.names("filters"))
def test_the_sample_of_a_filter_runs(name, tmp_path):
    """A filter is used in its own sample, which renders in both languages, and its options are told."""
    module = parts.load("filters", name)
    assert name.replace("-", "_") in module.SAMPLE
    templates = Templates((tmp_path,), built_in("layouts") / "_kit", BRAND["lentera"].look)
    for language in ("id", "en"):
        assert templates.render_text(module.SAMPLE, {"language": language}).strip()
    assert "Options:" in module.__doc__


CHARTS = [(name, shape) for name in parts.names("charts") for shape in SIZES]


@pytest.mark.parametrize(("name", "shape"), CHARTS)
def test_the_sample_of_a_chart_draws(name, shape):
    """In every shape, brand and language and on both grounds; marks are numbered, it tells itself, the same twice."""
    part = parts.load("charts", name)
    assert all(help_text.strip() for help_text in part.OPTIONS.values())
    for brand, language, ground in product(BRANDS, ("id", "en"), ("plain", "strong")):
        setting = Setting(BRAND[brand].look, language, shape)
        options = {**part.SAMPLE["options"], "ground": ground}
        chart = draw_chart(name, part.SAMPLE["rows"], options, setting)
        assert draw_chart(name, part.SAMPLE["rows"], options, setting) == chart
        numbers = sorted({int(number) for number in re.findall(r'data-mark="(\d+)"', chart.markup)})
        assert numbers
        assert numbers[-1] <= chart.marks
        assert len(chart.alt) >= 2
        assert all(sentence.endswith(".") for sentence in chart.alt)


@pytest.mark.parametrize("name", parts.names("formats"))
def test_a_format_encodes(name):
    """A small frame, or vectors, become bytes, the same ones twice."""
    module = parts.load("formats", name)
    assert module.SUFFIX.startswith(".") and "/" in module.MEDIA_TYPE
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
    made = [module.encode_vector([svg]) if module.VECTOR else module.encode([FRAME]) for _ in range(2)]
    assert made[0] == made[1]
    assert made[0]


def test_an_engine_offers_the_whole_interface():
    """Every engine has the methods of `Engine`."""
    from assetgen.engines import Engine

    methods = [name for name in vars(Engine) if not name.startswith("_")]
    assert methods
    module = parts.load("engines", "takumi")
    assert all(callable(getattr(module.Takumi, name)) for name in methods)


def test_executors_keep_the_order_and_raise_what_the_work_raises():
    """`run` yields results in the order of the jobs, with any number of workers."""
    for name in parts.names("executors"):
        run = parts.load("executors", name).run
        for workers in (1, 3):
            assert list(run(lambda job: job * 2, range(20), workers)) == list(range(0, 40, 2))
        with pytest.raises(ZeroDivisionError):
            list(run(lambda job: 1 // job, [1, 0], 2))


def test_placements_are_sound():
    """Every placement file keeps to its schema, and every placement loads."""
    assert placement.problems() == ()
    assert len({one.name for one in placement.all()}) == len(placement.all())


@pytest.mark.parametrize("name", BRANDS)
def test_a_brand_has_its_files(name):
    """A kit loads, names itself in both languages, and every picture that it names can be read."""
    brand = Brand.load(name)
    assert brand.description
    assert {"id", "en"} <= set(brand.short_name)
    assert (brand.folder / "brand.css").is_file()
    for logo in brand.logos:
        assert brand.picture(f"logo:{logo}")
        assert brand.picture(f"logo:{logo}-reversed")
    for art in brand.art:
        assert brand.picture(f"art:{art}")
    assert brand.font_files


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_has_its_files(name):
    """Settings with help, template, styles, an example in two languages, words in both, and a page about it."""
    layout = Layout.load(name)
    folder = layout.folder
    for file in ("layout.toml", "layout.html", "layout.css", "example.toml", "README.md"):
        assert (folder / file).is_file(), f"{name} lacks {file}"
    example = layout.example()
    assert {"id", "en"} <= set(example)
    assert {"id", "en"} <= set(layout.alt)
    assert layout.labels.get("id", {}).keys() <= layout.labels.get("en", {}).keys()
    lacking = [field for field, spec in layout.fields.items() if not spec.help and not spec.columns]
    assert not lacking, f"fields without help: {lacking}"
    assert set(layout.shapes) <= set(SHAPES)
    assert all(kind in tomllib.loads((folder / "layout.toml").read_text("utf-8")) for kind in ("title", "description"))


PAINTED = [(name, shape, brand) for name in LAYOUTS for shape in LAYOUT[name].shapes for brand in BRANDS]


@pytest.fixture(scope="module")
def studio():
    with Studio() as studio:
        yield studio


@pytest.mark.parametrize(("name", "shape", "brand"), PAINTED)
def test_the_example_of_a_layout_is_ready_in_every_shape_and_brand(studio, name, shape, brand):
    """In both languages nothing overflows, everything can be read, and the file is one that the platform takes."""
    layout, kit, place = LAYOUT[name], BRAND[brand], placement.load(SHAPES[shape])
    assert place.shape == shape
    for language, given in layout.example().items():
        wish = Wish(given=given, placement=place, language=language, slug=name, folder=layout.folder)
        asset = studio.make(layout, kit, wish)
        errors = [f"{one.rule}: {one.message}" for one in asset.findings if one.severity is Severity.ERROR]
        assert not errors, f"{language}: " + "; ".join(errors)
        assert asset.alt_text


SETS = ("instagram/carousel", "tiktok/carousel", "x/post-four", "linkedin/document", "telegram/album")
CAROUSELS = [name for name in LAYOUTS if LAYOUT[name].carousel]
# What is painted once is only laid out in the other brands: sets are the largest assets.
PAINTED_SETS = [*product(CAROUSELS, SETS[:1], BRANDS), *product(CAROUSELS, SETS[1:], BRANDS[:1])]
MEASURED_SETS = [*product(CAROUSELS, SETS[1:3], BRANDS[1:])]


@pytest.mark.parametrize(("name", "slot", "brand"), PAINTED_SETS)
def test_the_example_of_a_carousel_is_ready(studio, name, slot, brand):
    """In both languages its set has as many pages as the platform takes, its own words on each, nothing to fix."""
    layout, kit, place = LAYOUT[name], BRAND[brand], placement.load(slot)
    for language, given in layout.example().items():
        asset = studio.make(layout, kit, Wish(given, place, language, name, folder=layout.folder))
        errors = [f"{one.page}: {one.rule}: {one.message}" for one in asset.findings if one.severity is Severity.ERROR]
        assert not errors, f"{language}: " + "; ".join(errors)
        assert not [one for one in asset.findings if one.rule in ("first-slide", "slide-count")]
        assert place.count_min <= len(asset.frames) <= place.count_max
        assert len(asset.alt_texts) == len(asset.frames) > 1
        assert all(asset.alt_texts)


@pytest.mark.parametrize(("name", "slot", "brand"), MEASURED_SETS)
def test_the_example_of_a_carousel_fits_in_every_brand(studio, name, slot, brand):
    """In the narrowest columns, too."""
    layout, kit, place = LAYOUT[name], BRAND[brand], placement.load(slot)
    for language, given in layout.example().items():
        made = studio.measure(layout, kit, Wish(given, place, language, name, folder=layout.folder))
        assert not [one.message for one in made.findings if one.severity is Severity.ERROR]


DARK = [(name, brand) for name in LAYOUTS for brand in BRANDS if BRAND[brand].dark]


@pytest.mark.parametrize(("name", "brand"), DARK)
def test_the_example_of_a_layout_is_ready_in_brands_used_dark(studio, name, brand):
    """Everything can be read on dark grounds too; each brand shows a layout in another of its shapes."""
    layout, kit = LAYOUT[name], BRAND[brand].themed("dark")
    place = placement.load(SHAPES[layout.shapes[BRANDS.index(brand) % len(layout.shapes)]])
    asset = studio.make(layout, kit, Wish(layout.example()["id"], place, folder=layout.folder))
    errors = [f"{one.rule}: {one.message}" for one in asset.findings if one.severity is Severity.ERROR]
    assert not errors, f"{place.name}: " + "; ".join(errors)


def test_the_same_example_gives_the_same_bytes():
    """Two studios, one asset."""
    layout = Layout.load("big-number")
    wish = Wish(given=layout.example()["id"], placement=placement.load("x/post"), folder=layout.folder)
    made = []
    for _ in range(2):
        with Studio() as one:
            made.append(one.make(layout, Brand.load("lentera"), wish).files[0].data)
    assert made[0] == made[1]


def test_every_layout_binds_to_a_page_without_leftovers(tmp_path):
    """No template expression, `None` or `Undefined` is left in the text of an example."""
    for name in LAYOUTS:
        layout = LAYOUT[name]
        binder = Binder.of(layout, BRAND["lentera"])
        place = placement.load(SHAPES[layout.shapes[0]])
        for language, given in layout.example().items():
            made = binder.bind(given, place, language, layout.folder)
            for text in (*(page.html for page in made.pages), made.alt_text, made.caption):
                assert not re.search(r"\{\{|\{%|>None<|\bNone\b|Undefined", text), (name, language)
