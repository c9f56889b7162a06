"""Settings: every problem of a TOML file at once, each with its line; design tokens become a brand's values."""

import json

import pytest
from pydantic import BaseModel, ConfigDict

from assetgen.errors import BrandError, LayoutError
from assetgen.settings import line_of, load_settings
from assetgen.tokens import read_tokens


class Inner(BaseModel):
    model_config = ConfigDict(extra="forbid")
    size: int = 1


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str
    inner: Inner = Inner()
    many: list[Inner] = []


def problems(tmp_path, text, data=None):
    file = tmp_path / "x.toml"
    file.write_bytes(data if data is not None else text.encode())
    with pytest.raises(LayoutError) as caught:
        load_settings(file, Model, LayoutError)
    return [str(one).replace(f"{tmp_path}/", "") for one in caught.value.problems]


def test_all_problems_of_a_file_come_at_once_with_their_lines(tmp_path):
    """Unknown, missing and wrong keys, also in lists of tables."""
    text = 'nam = "x"\n\n[inner]\nsize = "big"\n\n[[many]]\nsize = 1\n[[many]]\nsise = 2\n'
    assert problems(tmp_path, text) == [
        "x.toml: 'name' is missing (add name = …)",
        "x.toml:4: 'inner.size': input should be a valid integer, unable to parse string as an integer, got 'big'",
        "x.toml:9: 'many.2.sise' is not known here (did you mean 'size'?)",
        "x.toml:1: 'nam' is not known here (did you mean 'name'?)",
    ]


def test_syntax_and_encoding_are_told(tmp_path):
    """A mistake in TOML has its line; text in another encoding is named."""
    assert problems(tmp_path, 'name = "x"\nother = x y\n') == [
        'x.toml:2: is not valid TOML: Invalid value (text stands in quotes: name = "…")'
    ]
    assert problems(tmp_path, "", b'name = "\xff\xfe"') == [
        "x.toml: is not UTF-8 text: invalid start byte (save it as UTF-8)"
    ]


def test_line_of_finds_keys_and_tables():
    """Dotted keys, quoted keys, arrays of tables and missing keys (the nearest header)."""
    text = 'a = 1\nb.c = 2\n[d."e f"]\ng = 3\n[[h]]\ni = 1\n[h.fields]\nj = 1\n[[h]]\ni = 2\n'
    found = [line_of(text, at) for at in (["a"], ["b", "c"], ["d", "e f", "g"], ["h", 0, "i"], ["h", 1, "i"], ["x"])]
    assert found == [1, 2, 4, 6, 10, None]
    assert line_of(text, ["h", 1, "missing"]) == 9
    assert line_of(text, ["h", 0, "fields", "j"]) == 8


def tokens(tmp_path, document):
    file = tmp_path / "tokens.json"
    file.write_text(document if isinstance(document, str) else json.dumps(document))
    return read_tokens(file)


def test_design_tokens_are_read(tmp_path):
    """Groups hand down their type; aliases are followed; colours of both forms become hex."""
    found = tokens(
        tmp_path,
        {
            "color": {
                "$type": "color",
                "primary": {"$value": "#0B6E4F"},
                "onPrimary": {"$value": "{color.white}"},
                "white": {"$value": {"colorSpace": "srgb", "components": [1, 1, 1]}},
                "soft": {"$value": {"colorSpace": "srgb", "components": [0, 0, 0], "alpha": 0.5}},
            },
            "font": {"heading": {"$type": "fontFamily", "$value": ["Plus Jakarta Sans", "sans-serif"]}},
            "radius": {"$type": "dimension", "large": {"$value": {"value": 24, "unit": "px"}}},
            "margin": {"$value": "{radius.large}"},
            "weight": {"$type": "fontWeight", "$value": 700},
        },
    )
    assert found["colors"] == {"primary": "#0b6e4f", "on-primary": "#ffffff", "white": "#ffffff", "soft": "#00000080"}
    assert found["fonts"] == {"heading": {"family": "Plus Jakarta Sans"}}
    assert found["tokens"] == {"radius-large": "24px", "margin": "24px", "weight": 700}


def test_every_wrong_token_is_told(tmp_path):
    """A circle of aliases, an unknown alias, a colour that is none: all in one error."""
    with pytest.raises(BrandError) as caught:
        tokens(
            tmp_path,
            {
                "a": {"$type": "number", "$value": "{b}"},
                "b": {"$type": "number", "$value": "{a}"},
                "c": {"$type": "color", "$value": "{colour.primry}"},
                "colour": {"primary": {"$type": "color", "$value": "reddish"}},
            },
        )
    assert [one.message for one in caught.value.problems] == [
        "token 'a': the aliases b → a → b run in a circle",
        "token 'b': the aliases a → b → a run in a circle",
        "token 'c': there is no token 'colour.primry' to point to (did you mean 'colour.primary'?)",
        "token 'colour.primary': 'reddish' is not a colour",
    ]


@pytest.mark.parametrize("document", ["[", "[]", '{"a": {"$type": "dimension", "$value": {"x": 1}}}'])
def test_damaged_token_files_are_named(tmp_path, document):
    """No JSON, no object, no CSS value."""
    with pytest.raises(BrandError, match=r"tokens\.json"):
        tokens(tmp_path, document)
