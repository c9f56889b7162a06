"""Make the records that try to break a layout: longest, shortest, barest and hostile data come out.

Everything is made from the fields of `layout.toml` and the layout's own example, so that figures still add up and names
still match: what a text says is lengthened to the `max` that its field promises, with the longest words that Indonesian
posts really have; what is not required is left out; what a stranger's cell may hold is put in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from io import BytesIO
from typing import Any

from assetgen.layout import FieldSpec, Layout
from assetgen.model import Photo

# Real names and words, longest first where a name opens a text: they must fit wherever the field says so.
_LONG = {
    "id": (
        *("Kabupaten Kepulauan Siau Tagulandang Biaro", "pertanggungjawaban", "penyelenggaraan", "pemerintahan"),
        *("ketenagakerjaan", "dan", "kesejahteraan", "masyarakat", "Tulang Bawang Barat", "berkesinambungan", "di"),
    ),
    "en": (
        *("Siau Tagulandang Biaro Islands Regency", "accountability", "administration", "responsibilities", "of"),
        *("environmental", "infrastructure", "and", "telecommunications", "development", "West Tulang Bawang", "in"),
    ),
    "ar": (
        *("مقاطعة جزر سياو تاغولاندانغ بيارو", "والمسؤوليات", "الاستراتيجية", "والمستلزمات", "الإدارية", "من"),
        *("والاستفسارات", "الاجتماعية", "و", "المستشفيات", "التكنولوجية", "تولانغ باوانغ الغربية", "في"),
    ),
}
_SHORT = {"id": "Naik", "en": "Up", "ar": "زاد"}
# Markup, template code, format codes, marks that turn text around or join it, emoji of several code points.
_HOSTILE = '<b onclick="x()">{{ 7*7 }}</b> %s & \u202e321\u202c\u200b\\n "\' 👩🏽\u200d⚕️🇮🇩 \x07'
_WORDS, _UNTOUCHED = ("text", "url"), ("key", "choice", "boolean", "number", "percent", "date", "map")
Change = Callable[[str, FieldSpec], str]


@dataclass(frozen=True)
class Stress:
    """The records that try a layout in one language; each is a mapping of field values as `make` takes them."""

    layout: Layout
    language: str
    photo: Photo = field(default_factory=lambda: _photo())

    def records(self) -> dict[str, Mapping[str, Any]]:
        """Return the example, and the longest, shortest, barest and hostile record that can be made from it."""
        required = {name: value for name, value in self._example.items() if self.layout.fields[name].required}
        kept = {name: value for name, value in self._example.items() if self.layout.fields[name].type in _UNTOUCHED}
        return {
            "example": self._example,
            "longest": dict(self._changed({**self._example, **dict(self._unused())}, self._lengthened)),
            "shortest": dict(self._changed({**kept, **required}, self._shortened)),
            "bare": required,
            "hostile": dict(self._changed(self._example, self._spoiled)),
        }

    @cached_property
    def _example(self) -> Mapping[str, Any]:
        given = self.layout.example().get(self.language, {})
        return {self.layout.resolve_field(name) or name: value for name, value in given.items()}

    def _unused(self) -> Iterator[tuple[str, Any]]:
        """Yield texts and photos that the example leaves out and that could stand beside what it gives."""
        for name, spec in self.layout.fields.items():
            if name not in self._example and all(other in self._example for other in spec.needs):
                if spec.type == "text" and spec.max:
                    yield name, ""
                elif spec.type == "image":
                    yield name, self.photo

    def _changed(self, given: Mapping[str, Any], change: Change) -> Iterator[tuple[str, Any]]:
        """Yield the fields with every text changed; a name that stands for a row follows its label."""
        renamed: dict[str, str] = {}
        for name, value in given.items():
            spec = self.layout.fields[name]
            if spec.type == "rows" and isinstance(value, list) and not spec.regions:
                yield name, [self._row(row, spec, change, renamed) for row in value]
        for name, value in given.items():
            spec = self.layout.fields[name]
            if spec.type == "list" and isinstance(value, list):
                most = max((len(str(item)) for item in value), default=0)
                yield name, [change(item, FieldSpec(max=most)) if _is_words(item) else item for item in value]
            elif spec.type == "key" or (isinstance(value, str) and value in renamed):
                yield name, renamed.get(value, value)
            elif spec.type != "rows" or spec.regions or not isinstance(value, list):
                yield name, change(value, spec) if spec.type in _WORDS and _is_words(value) else value

    @staticmethod
    def _row(row: Mapping[str, Any], spec: FieldSpec, change: Change, renamed: dict[str, str]) -> dict[str, Any]:
        made = dict(row)
        for name, cell in row.items():
            column = spec.columns.get(name)
            if column is None or column.type not in _WORDS or not _is_words(cell):
                continue
            new = change(cell, column)
            taken = {other for old, other in renamed.items() if old != cell}
            made[name] = renamed[cell] = cell if new in taken else new
        return made

    def _lengthened(self, text: str, spec: FieldSpec) -> str:
        """Return a text with long words behind it, up to the `max` of its field."""
        limit, words = int(spec.max or len(text)), _LONG.get(self.language, _LONG["id"])
        if spec.type == "url":
            path = "-".join(words if words[0].isascii() else _LONG["en"])  # addresses on posters have Latin letters
            return f"{text}/{path.lower().replace(' ', '-')}"[:limit].rstrip("-/")
        for word in words * 3:
            longer = f"{text} {word}".lstrip()
            text = longer if len(longer) <= limit else text
        return text or words[1][:limit]

    def _shortened(self, text: str, spec: FieldSpec) -> str:
        """Return one short word."""
        return text if spec.type == "url" else _SHORT.get(self.language, _SHORT["id"])[: int(spec.max or 8)]

    @staticmethod
    def _spoiled(text: str, spec: FieldSpec) -> str:
        """Return a text with what a hostile cell may hold."""
        return text if spec.type == "url" else f"{text} {_HOSTILE}"[: int(spec.max or len(text) + len(_HOSTILE))]


def _is_words(value: Any) -> bool:
    """Tell whether a value is words, and no number, date or code, on which something else may rest."""
    return isinstance(value, str) and not any(letter.isdigit() for letter in value)


def _photo() -> Photo:
    """Return a photo that is hard to write on: bright and dark patches all over."""
    from PIL import Image

    picture = Image.effect_mandelbrot((600, 750), (-2.2, -1.4, 0.8, 1.4), 60).convert("RGB")
    buffer = BytesIO()
    picture.save(buffer, "JPEG", quality=80)
    return Photo(buffer.getvalue(), "stress.jpg", digest=sha256(buffer.getvalue()).digest())
