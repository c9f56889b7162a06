"""Write docs/filters.md, what every template filter writes in both languages: `python docs/make_filters.py`."""

from __future__ import annotations

from pathlib import Path

from assetgen import parts
from assetgen.template import Templates

HERE = Path(__file__).parent

INTRO = """# Filters

A filter turns a value of your data into what people read: `{{ realisasi | short("IDR") }}`. Each can also be called as
a function: `{{ share(part, whole) }}`. To add one, add one file to `assetgen/filters/`: its docstring is its part of
this page, which is written by `docs/make_filters.py`. The right columns are what the filters wrote.

What holds for all of them:

- **Rounding is half up, on exact decimals**, away from zero: 2.5 is 3, −2.5 is −3, 0.125 with two digits is 0.13.
  Binary fractions never take part, so what is computed with a pencil is what is shown. Only what is shown is rounded:
  the fact keeps the exact value.
- **Numbers and dates are facts**: `<data value data-cell>` and `<time datetime data-cell>` elements, listed in the
  manifest with the cell that they came from. A number that was computed carries the calculation, such as `(B7-C7)`.
- **Missing is an error**, never 0 and never an empty place. Ask first: `{% if value %}`; the number 0 counts as given.
- **Indonesian follows EYD V**: `Rp5.000` without a space, `pukul 15.00`, `a, b, dan c`. The sign `%` stands on
  graphics; running text may say `10 persen` (`percent(word=true)`). Minus is `−`, ranges take `–`, and what belongs
  together never breaks at the end of a line.
- **Words are Indonesian or English.** A filter that has to say a word refuses other languages rather than guess.
"""


def page() -> str:
    """Return the whole page."""
    templates = Templates((HERE,), parts.built_in("layouts") / "_kit")
    return "\n".join([INTRO, *(_filter(name, templates) for name in parts.names("filters"))])


def _filter(name: str, templates: Templates) -> str:
    part = parts.load("filters", name)
    text = f"## {name.replace('-', '_')}\n\n{(part.__doc__ or '').strip()}\n"
    examples = getattr(part, "EXAMPLES", ())
    if not examples:
        return text
    rows = [f"| `{_cell(one)}` | {_shown(one, 'id', templates)} | {_shown(one, 'en', templates)} |" for one in examples]
    return "\n".join([text, "| written | Indonesian | English |", "|---|---|---|", *rows, ""])


def _shown(expression: str, language: str, templates: Templates) -> str:
    markup = templates.render_text("{{ " + expression + " }}", {"language": language})
    return _cell(markup.striptags().replace("\u00a0", " "))


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    (HERE / "filters.md").write_text(page(), "utf-8")
