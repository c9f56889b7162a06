"""What several tests start from: a small layout, a small brand and a small campaign of their own.

And how they are handed out to several processes, so that all of these end at about the same time.
"""

import shutil
from pathlib import Path

import pytest

from assetgen.parts import built_in

LAYOUT_TOML = """\
title = "Kartu"
description = "A card with a title, a figure and its source."
shapes = ["square", "portrait", "story", "wide", "landscape"]

[fields.title]
required = true
max = 60
aliases = ["judul"]
help = "The finding in one sentence."

[fields.value]
type = "number"

[fields.source]
max = 80

[fields.photo]
type = "image"

[labels.id]
source = "Sumber"

[labels.en]
source = "Source"

[alt]
id = "{{ title }}: {{ value | number if value }}. {{ source or '' }}"
en = "{{ title }}: {{ value | number if value }}. {{ source or '' }}"
"""
LAYOUT_HTML = """\
<section class="page">
  <h1 class="headline">{{ title }}</h1>
  {% if value %}<p class="figure">{{ value | number }}</p>{% endif %}
  {% if photo %}<img class="photo" src="{{ photo }}" alt="">{% endif %}
  <p class="source" data-source>{{ labels.source }}: {{ source or "" }}</p>
  <div class="logo" data-logo="primary"><img class="logo-plain" src="logo:primary" alt="{{ brand.name }}"></div>
</section>
"""
LAYOUT_CSS = """\
.page { width: 100%; height: 100%; padding: 160px; background: #ffffff; color: #111111; display: flex;
  flex-direction: column; gap: 24px; font-family: var(--font-body) }
.headline { font-size: 56px }
.figure { font-size: 96px }
.source { font-size: 28px }
.photo { width: 400px; height: 300px }
"""
CAMPAIGN = """\
name = "Uji"
brand = "lentera"
placements = ["instagram/feed-square", "x/post"]

[data.angka]
file = "data/angka.csv"

[[make]]
layout = "kartu"
from = "angka"
slug = "{{ wilayah }}"

[make.fields]
title = "Kemiskinan {{ wilayah }}"
value = "{{ persen }}"
source = "BPS {{ tahun }}"
"""
DATA = "wilayah,tahun,persen\nLentera,2026,8.42\nSuluh,2026,9.10\n"

# In this order, before all others: short files fill what is left at the end.
LONGEST = (
    *("contract", "layouts_stress", "samples", "reference", "backdrop", "kit", "layouts_alerts", "layouts_figures"),
    *("video", "inspect_videos", "captions", "from_right", "repair", "preview", "backgrounds", "scripts", "sheet"),
)
# These take minutes: two processes share them, each with the layouts of its half of the alphabet, which it then binds
# once. A file with something that is dear to make for all of its tests, such as the sample campaign, stays whole.
SHARED = ("contract", "layouts_stress", "reference", "backdrop")


def pytest_xdist_make_scheduler(config, log):
    """Hand out whole files, the longest first and the very longest in two pieces, for `--dist loadfile`."""
    from xdist.scheduler import LoadFileScheduling

    class Pieces(LoadFileScheduling):
        def _split_scope(self, nodeid):
            file, _, test = nodeid.partition("::")
            second = _name(file) in SHARED and test.partition("[")[2] >= "m"
            return f"{file} 2" if second else file

    if config.getvalue("dist") != "loadfile":
        return None
    config.option.loadscopereorder = False  # it would put the files with the most tests first, which are quick ones
    return Pieces(config, log)


def pytest_collection_modifyitems(items):
    """Put the longest files first."""
    items.sort(key=lambda item: _place(_name(item.path.name)))


def _name(file):
    return Path(file).stem.removeprefix("test_")


def _place(name):
    return LONGEST.index(name) if name in LONGEST else len(LONGEST)


@pytest.fixture
def new_layout(tmp_path):
    """Return a function that writes a small layout, with other contents of its files where they are given."""

    def write(toml=LAYOUT_TOML, html=LAYOUT_HTML, css=LAYOUT_CSS, root=None, name="kartu"):
        folder = (root or tmp_path) / "layouts" / name
        folder.mkdir(parents=True)
        for file, text in (("layout.toml", toml), ("layout.html", html), ("layout.css", css)):
            (folder / file).write_text(text, "utf-8")
        return folder

    return write


@pytest.fixture
def new_brand(tmp_path):
    """Return a function that copies a brand kit, with pairs of texts replaced in its `brand.toml`."""

    def write(*changes, name="dinas", root=None):
        folder = (root or tmp_path) / "brand" / name
        shutil.copytree(built_in("brand") / "lentera", folder)
        file = folder / "brand.toml"
        text = file.read_text("utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        file.write_text(text, "utf-8")
        return folder

    return write


@pytest.fixture
def new_campaign(tmp_path, new_layout):
    """Return a function that writes a small campaign of two rows and two placements, and returns its folder."""

    def write(*changes, data=DATA, html=LAYOUT_HTML, name="kampanye", more=""):
        folder = tmp_path / name
        (folder / "data").mkdir(parents=True)
        (folder / "data" / "angka.csv").write_text(data, "utf-8")
        new_layout(html=html, root=folder)
        text = CAMPAIGN + more
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        (folder / "campaign.toml").write_text(text, "utf-8")
        return folder

    return write


@pytest.fixture(scope="session")
def root():
    """Return the folder of the project."""
    return Path(__file__).parent.parent


@pytest.fixture
def layout_with_chart(tmp_path):
    """Write a layout whose page is a title, a chart and a source, and return its folder."""
    folder = tmp_path / "layouts" / "grafik"
    folder.mkdir(parents=True)
    call = (
        '[{"label": "Papua", "value": 26.8}, {"label": "Aceh", "value": 12.6}, {"label": "Bali", "value": none}], '
        'style="percent", highlight="Aceh", subject="Kemiskinan"'
    )
    (folder / "layout.toml").write_text(
        'title = "Grafik"\ndescription = "A chart with its source."\nshapes = ["portrait", "story", "wide"]\n'
        '[fields.title]\nrequired = true\nhelp = "The finding."\n[labels.id]\nsource = "Sumber"\n'
        f"[alt]\nid = '{{{{ chart_alt(\"bar\", {call}) }}}}'\n",
        "utf-8",
    )
    (folder / "layout.html").write_text(
        '{% import "_kit/kit.html" as kit with context %}<section class="page ground-strong">{{ kit.masthead() }}'
        '<h1 class="headline">{{ title }}</h1>'
        f'{{{{ chart("bar", {call}, ground="strong", width=700, height=330) }}}}'
        '{{ kit.colophon("BPS") }}</section>',
        "utf-8",
    )
    (folder / "layout.css").write_text(
        ".page { justify-content: space-between } .wide .headline { font-size: 40px }", "utf-8"
    )
    return folder
