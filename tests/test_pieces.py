"""An index of pieces runs only what is asked for, and otherwise does what any import does."""

import pytest

from assetgen import parts
from assetgen.errors import LayoutError, SecurityError
from assetgen.template import Templates

KIT = parts.built_in("layouts") / "_kit"
INDEX = (
    '{% import "one.html" as _one with context %}\n'
    '{% import "two.html" as _two with context %}\n'
    "{% set one = _one.one %}\n{% set more = _one.more %}\n{% set two = _two.two %}\n"
)
ONE = "{% macro one(text='') %}<b>{{ text }}{{ title }}</b>{% endmacro %}\n"
ONE += "{% macro more() %}{{ one('+') }}{{ caller() }}{% endmacro %}\n"
TWO = '{% from "one.html" import one with context %}\n{% macro two() %}{{ one(2) }}{% endmacro %}\n'
THREE = '{% from "three.html" import three with context %}'
PAGE = '{% import "index.html" as kit with context %}'


@pytest.fixture
def templates(tmp_path):
    """Return what writes files and renders a page, twice: the index runs as a whole the first time, then in pieces."""

    def render(page, **files):
        for name, text in {"index": INDEX, "one": ONE, "two": TWO, "page": page, **files}.items():
            (tmp_path / f"{name}.html").write_text(text, "utf-8")
        made = Templates((tmp_path,), KIT)
        shown = [made.render("page.html", {"title": title}) for title in ("A", "A", "B")]
        assert shown[0] == shown[1]
        index = made.environment.get_template("index.html")
        return shown[1:], bool(index._pieces)

    return render


def test_the_kit_is_an_index():
    """Its pieces run one by one: none reads a name of another, and `kit.html` does nothing else."""
    made = Templates((), KIT)
    made.environment.get_template("_kit/kit.html").make_module({}, shared=True)
    kit = made.environment.get_template("_kit/kit.html").make_module({"brand": {"art": []}}, shared=True)
    assert str(kit.art()).strip() == ""
    assert "art" in vars(kit)
    assert "badge" not in vars(kit)


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("{{ kit.one() }}{{ kit.two() }}", "<b>{0}</b><b>2{0}</b>"),
        ("{% call kit.more() %}in{% endcall %}", "<b>+{0}</b>in"),
        ("{{ kit.one('<') }}", "<b>&lt;{0}</b>"),
        ("{{ kit.three is defined }}{{ kit._one is defined }}{{ kit.one is callable }}", "FalseFalseTrue"),
        (
            '{% from "index.html" import one as first, two with context %}{{ first() }}{{ two() }}',
            "<b>{0}</b><b>2{0}</b>",
        ),
        ("{% set title = title ~ '!' %}{{ kit.one() }}", "<b>{0}</b>"),
        ("{% macro title() %}{% endmacro %}{{ kit.one() }}", "<b>{0}</b>"),
        ("{{ kit }}", ""),
    ],
)
def test_pieces_are_what_an_import_gives(templates, page, shown):
    """They know the context as it was at the import, of each record, and nothing else of how they are used changes."""
    assert templates(PAGE + page) == ([shown.format("A"), shown.format("B")], True)


@pytest.mark.parametrize(
    ("file", "text", "shown"),
    [
        ("two", "{% macro two() %}{{ one(2) }}{% endmacro %}", "<b>2{0}</b>"),
        ("two", '{% macro two() %}{% include "three.html" %}{% endmacro %}', "<b>3{0}</b>"),
        (
            "two",
            '{% from "three.html" import three with context %}{% macro two() %}{{ three() }}{% endmacro %}',
            "<b>3{0}</b>",
        ),
        ("two", "{% set two = one %}", "<b>{0}</b>"),
        ("index", INDEX.replace("_one", "first"), "<b>2{0}</b>"),
        ("index", INDEX + "{% set two = title %}", "{0}"),
    ],
)
def test_what_builds_on_its_neighbours_runs_as_before(templates, file, text, shown):
    """A user's piece may read a name that the index has set before; such an index runs as a whole for each record."""
    index = INDEX.splitlines()
    early = "\n".join((index[0], *index[2:4], index[1], index[4]))  # `one` is set before two.html is imported
    three = "{% macro three() %}{{ one(3) }}{% endmacro %}" + "{{ one(3) }}" * ("include" in text)
    page = PAGE + ("{{ kit.two }}" if "set two = title" in text else "{{ kit.two() }}")
    expected = [shown.format("A"), shown.format("B")]
    assert templates(page, **{"index": early, "three": three, file: text}) == (expected, False)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{% import "none.html" as _none with context %}', "two.html:1: there is no template 'none.html'"),
        ("\n{{ nothing }}", "two.html:2: 'nothing' is undefined"),
        ("{% macro two() %}", "two.html:1: Unexpected end of template"),
    ],
)
def test_a_piece_that_is_wrong_is_told_though_nobody_asks_for_it(templates, text, message):
    """The first page of a layout runs all of its kit."""
    with pytest.raises(LayoutError) as caught:
        templates(PAGE + "{{ kit.one() }}", two=text)
    assert message in str(caught.value)


def test_a_mistake_in_a_call_is_told_at_its_line(tmp_path, templates):
    """It does not matter whether the index ran as a whole."""
    templates(PAGE + "\n{{ kit.one() if title == 'A' else kit.one() }}")
    made = Templates((tmp_path,), KIT)
    made.render("page.html", {"title": "A"})
    for wrong, message in (("kit.one(bold=1)", "takes no keyword argument 'bold'"), ("kit.three()", "'three'")):
        (tmp_path / "page.html").write_text(PAGE + "\n{% if title == 'B' %}\n{{ " + wrong + " }}{% endif %}", "utf-8")
        made = Templates((tmp_path,), KIT)
        made.render("page.html", {"title": "A"})
        with pytest.raises(LayoutError, match=r"page\.html:3: .*" + message):
            made.render("page.html", {"title": "B"})


def test_pieces_cost_the_steps_of_all(templates):
    """What a template may do does not depend on how many pieces it asks for."""
    page = '{% for _ in range(1400) %}{% import "index.html" as kit with context %}{% endfor %}'
    with pytest.raises(SecurityError, match="200,000 steps"):
        templates(page)
