"""Write a layout as a campaign has it: a photograph with a title, a chart, three cards, a number, a call to act."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from benchmarks._storyboard import PHOTO

STYLES = """
.leaf { position: relative; width: 1080px; height: 1920px; display: flex; flex-direction: column; overflow: hidden;
  padding: 300px 90px 420px; gap: 40px; background: var(--color-surface, #ffffff); color: var(--color-text, #10222b); }
.leaf .photo { position: absolute; left: 0; top: 0; width: 1080px; height: 1920px; }
.shade { position: absolute; left: 0; top: 0; width: 1080px; height: 1920px;
  background: linear-gradient(#00000033, #000000cc); }
.big { font-size: 104px; line-height: 1.1; font-weight: 800; margin: 0; }
.over { color: #ffffff; }
.line { font-size: 44px; line-height: 1.35; margin: 0; }
.card { background: #eaf2f4; border-radius: 32px; padding: 44px 52px; box-shadow: 0 16px 40px #00000022; }
.card b { display: block; font-size: 50px; line-height: 1.2; }
.figure { font-size: 240px; line-height: 1; font-weight: 800; margin: 0; }
"""
SCENES = """
<section class="leaf" data-duration="4"><img class="photo" src="{{ photo }}" alt=""><div class="shade"></div>
  <h1 class="big over">{{ title }}</h1><p class="line over">{{ lead }}</p></section>
<section class="leaf" data-duration="5" data-transition="push"><h2 class="big">{{ question }}</h2>
  {{ chart("bar", items, width=900, height=860, style="percent") }}</section>
<section class="leaf" data-duration="4" data-transition="fade"><h2 class="big">{{ steps_title }}</h2>
  {% for item in items[:3] %}<div class="card"><b>{{ item.label }}</b><p class="line">{{ lead }}</p></div>{% endfor %}
</section>
<section class="leaf" data-duration="3" data-transition="wipe"><p class="line">{{ question }}</p>
  <p class="figure">{{ items[0].value | percent }}</p><p class="line">{{ lead }}</p></section>
<section class="leaf" data-duration="4" data-transition="zoom"><img class="photo" src="{{ photo }}" alt="">
  <div class="shade"></div><h2 class="big over">{{ steps_title }}</h2></section>
"""
TEXTS = ("title", "lead", "question", "steps_title")
GIVEN: dict[str, Any] = {
    "title": "Air bersih sampai ke setiap rumah",
    "lead": "Enam kecamatan sudah tersambung sejak Januari.",
    "question": "Berapa rumah yang tersambung?",
    "steps_title": "Daftar sekarang, gratis",
    "items": [
        {"label": name, "value": value}
        for name, value in (("Lentera", 94.2), ("Samudra", 88.5), ("Rimba", 81.0), ("Karang", 76.4), ("Teluk", 70.3))
    ],
    "photo": PHOTO,
}


def write_campaign(folder: Path) -> tuple[Path, dict[str, Any]]:
    """Write the layout into a folder of its own; return it and what fills it."""
    target = folder / "campaign-video"
    target.mkdir(parents=True, exist_ok=True)
    fields = "".join(f'[fields.{name}]\nhelp = "A text."\n' for name in TEXTS)
    (target / "layout.html").write_text(SCENES)
    (target / "layout.css").write_text(STYLES)
    (target / "layout.toml").write_text(
        'title = "Campaign"\ndescription = "What a benchmark shows."\nshapes = ["story"]\n'
        f'{fields}[fields.photo]\ntype = "image"\nhelp = "A photograph."\n'
        '[fields.items]\ntype = "rows"\nhelp = "The figures."\n'
        '[fields.items.columns.label]\n[fields.items.columns.value]\ntype = "number"\n[alt]\nid = "{{ title }}"\n'
    )
    (target / "example.toml").write_text("[id]\n")
    return target, GIVEN
