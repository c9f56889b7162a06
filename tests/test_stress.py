"""Data that is made to break layouts: what is promised of it, and that layouts hold it."""

import pytest

from assetgen.errors import FieldError
from assetgen.fields import FieldContext, fill
from assetgen.layout import Layout
from assetgen.stress import Stress

TOML = """\
title = "Daftar"
description = "A list with a marked row."
shapes = ["square"]

[fields.title]
required = true
max = 60

[fields.note]
max = 44

[fields.items]
type = "rows"
required = true

[fields.items.columns.label]
max = 48

[fields.items.columns.value]
type = "number"

[fields.highlight]
type = "key"

[fields.chart]
type = "key"
default = "bar"

[fields.rest]
max = 20
needs = ["total"]

[fields.total]
type = "number"

[fields.photo]
type = "image"

[alt]
id = "{{ title }}"
"""
EXAMPLE = """\
[id]
title = "Pendidikan menyerap paling banyak"
highlight = "Kesehatan"
items = [{ label = "Pendidikan", value = 5 }, { label = "Kesehatan", value = 3 }, { label = "2024", value = 1 }]
"""


@pytest.fixture
def stressed(new_layout):
    folder = new_layout(toml=TOML, name="daftar")
    (folder / "example.toml").write_text(EXAMPLE, "utf-8")
    return Stress(Layout.load(folder), "id").records()


def test_the_longest_record_is_as_long_as_the_fields_promise(stressed):
    """Texts reach their max to a word, unused texts and photos are filled in, and no word is cut."""
    longest = stressed["longest"]
    assert 52 <= len(longest["title"]) <= 60
    assert 36 <= len(longest["note"]) <= 44
    assert all(word in longest["title"] for word in ("Pendidikan menyerap paling banyak", "pertanggungjawaban"))
    assert longest["photo"].data
    assert "chart" not in longest
    assert "rest" not in longest


@pytest.mark.parametrize("case", ["longest", "shortest", "hostile"])
def test_a_name_that_stands_for_a_row_follows_its_label(stressed, case):
    """Otherwise nothing would be marked, and the layout would not be tried as it is used."""
    labels = [row["label"] for row in stressed[case]["items"]]
    assert stressed[case]["highlight"] in labels
    assert len(set(labels)) == 3
    assert labels[2] == "2024", "numbers and dates stay: others may count on them"
    assert [row["value"] for row in stressed[case]["items"]] == [5, 3, 1]


def test_a_bare_record_has_nothing_but_what_is_required(stressed):
    """Every optional field is left out."""
    assert set(stressed["bare"]) == {"title", "items"}


def test_a_hostile_record_brings_what_cells_may_hold(stressed):
    """Markup, template code and control characters, within the length that the field takes."""
    assert all(piece in stressed["hostile"]["title"] for piece in ('<b onclick="', "{{"))
    assert len(stressed["hostile"]["title"]) <= 60


def test_a_field_that_says_nothing_alone_is_told_with_what_it_lacks(new_layout):
    """`needs` names the other field."""
    layout = Layout.load(new_layout(toml=TOML, name="daftar"))
    items = [{"label": "A", "value": 1}]
    with pytest.raises(FieldError, match="field 'rest' needs 'total' too"):
        fill(layout, {"title": "T", "items": items, "rest": "Lainnya"}, FieldContext("id", layout.folder))
    fill(layout, {"title": "T", "items": items, "rest": "Lainnya", "total": 3}, FieldContext("id", layout.folder))
