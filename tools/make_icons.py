"""Pack the built-in icons from the npm package @tabler/icons: `python tools/make_icons.py` with npm on the path.

About 1,500 of its outlines are taken: all that `layouts/_kit/icons/words.toml` names, all that are named below, and of
the categories below those that are no variant of another icon (`clock-bolt` of `clock`) and match nothing in LEFT_OUT.
They go into one text file, `layouts/_kit/icons/icons.tsv`: a line an icon, sorted by name, with its name, its English
tags and what stands inside its `<svg>`; `assetgen.icons` finds a line by halving. The licence is copied beside it.
"""

from __future__ import annotations

import json
import re
import subprocess
import tarfile
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

VERSION = "3.52.0"
FOLDER = Path(__file__).parents[1] / "layouts" / "_kit" / "icons"
CATEGORIES = frozenset(
    """
    Animals Badges Buildings Charts Communication Devices Document E-commerce Food Gestures Health Map Math
    Media Mood Nature Photography Sport System Vehicles Weather
    """.split()  # noqa: SIM905 — a list of that length is unreadable
)
VARIANTS = frozenset(
    """
    ai bitcoin bolt broken cancel code cog copy discount dollar dot down east edit euro exclamation flame
    heart infinity key minus monero move north off pause pin plus pound question rupee search share south
    spark sparkle star taka up west x yen yuan
    """.split()  # noqa: SIM905 — a list of that length is unreadable
)
LEFT_OUT = re.compile(
    r"""math-.+|badge-.+|device-(?:ipad|imac|airpods|airtag|vision|nintendo|gamepad-|watch-).*|clock-hour-(?!8).*|signal-.+
    |antenna-bars-.|cell-signal-.|battery-.*vertical.*|playstation-.+|rewind-.+|hand-(?:middle|ring|little).*|keyframe.*
    |exposure-.+|lens-.+|photo-sensor.*|car-fan.*|car-turbine|car-suspension|filter-2.*|layout-.+-inactive|wash-.+|ironing-.*
    |creative-commons.*|no-creative-commons|code-variable.*|blob.*|topology.*|mood-(?:bitcoin|xd|wrrr|tongue.*|look.*|crazy.*)
    |file-(?:type-(?:bmp|css|html|js|jsx|php|rs|sql|svg|ts|tsx|vue|xml)|lambda|delta|isr|3d|function|infinity|vector|diff)
    |michelin.*|loader-.+|lock-square.*|join-.+|menu-.+|message-2-.+|multiplier-.+|script.*|shareplay|voice-.
    |(?:chart-(?:ppf|covariate|cohort))|number-.*|tallymark-.|view-.*|square-root.*|text-scan-.*|wiper.*|viewport-.*
    |zoom-(?:money|replace|reset|pan)|variable.*|world-l.*|matrix|function|braces|brackets.*|ux-circle|ui-.*|sort-.*
    |manual-gearbox|automatic-gearbox|spacing-.*|input-(?:ai|spark)|omega|x-power-y|infinity-2|decimal|parentheses|xbox-.|xd|xxx|x-mark|square-f\d|percentage-\d+|pokeball|poo|skew-.
    |tab-close|transform-.*|pin-(?:end|invoke)|object-scan|protocol|transaction-.*|stack-.*|mood-.*-2|mood-(?:check|cog|dollar|edit|minus|pin
    |plus|search|share|spark|up|x|off)|gpu.*|subtask|slashes|spaces|secret-phrases|rotate-3d|reserved-line|tags-chevron-.*""",
    re.X,
)
# What the existing layouts and people who make posts use, and no rule above takes.
ALSO = frozenset(
    """
    arrow-back arrow-back-up arrow-big-down arrow-big-left arrow-big-right arrow-big-up arrow-down
    arrow-down-circle arrow-down-left arrow-down-right arrow-forward arrow-guide arrow-left
    arrow-left-circle arrow-left-right arrow-narrow-down arrow-narrow-left arrow-narrow-right
    arrow-narrow-up arrow-right arrow-right-circle arrow-roundabout-left arrow-up arrow-up-circle
    arrow-up-left arrow-up-right arrows-down arrows-left-right arrows-maximize arrows-minimize
    arrows-shuffle arrows-sort arrows-up arrows-up-down asterisk at award ballpen barrier-block binoculars
    bolt brand-apple brand-android brand-discord brand-facebook brand-github brand-google-maps
    brand-google-play brand-instagram brand-linkedin brand-mastodon brand-messenger brand-pinterest
    brand-snapchat brand-spotify brand-telegram brand-threads brand-tiktok brand-whatsapp brand-x
    brand-youtube brand-zoom briefcase briefcase-2 brush bucket bulb calendar-off chevron-down chevron-left
    chevron-right chevron-up chevrons-right circle circle-check circle-dot circle-minus circle-number-1
    circle-number-2 circle-number-3 circle-number-4 circle-number-5 circle-number-6 circle-number-7
    circle-number-8 circle-number-9 circle-percentage circle-plus circle-x circles circles-relation
    cloud-computing components confetti container copyright corner-down-right crown cube database diamond
    droplet edit eraser forms hammer hash heart hearts hexagon hierarchy highlight key lamp language link
    list list-check list-details list-numbers magnet map-pin-off microphone-off network paint palette pencil
    phone-off plug puzzle quote quotes radioactive recycle refresh registered rotate route ruler
    ruler-measure scissors settings shape shield-check shovel signature sitemap sparkles square square-check
    star stars stack table target tax timeline tool trending-down trending-up typography user-off video-off
    volume-off wifi-off writing yin-yang zzz
    """.split()  # noqa: SIM905 — a list of that length is unreadable
)


def package(folder: Path) -> Path:
    """Fetch the package into a folder and return the folder that it unpacks to."""
    command = ["npm", "pack", "--silent", f"@tabler/icons@{VERSION}"]
    name = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout.split()[-1]
    with tarfile.open(folder / name) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def wanted(icons: dict[str, Any]) -> Iterator[str]:
    """Yield the names of the icons that are taken."""
    words = tomllib.loads((FOLDER / "words.toml").read_text("utf-8"))
    named = {icon for topic in words.values() for word in topic.values() for icon in word["icons"].split()} | ALSO
    if unknown := sorted(named - icons.keys()):
        raise SystemExit(f"no such icons: {', '.join(unknown)}")
    for name, about in icons.items():
        stem, _, variant = name.rpartition("-")
        plain = not (stem in icons and variant in VARIANTS) and not LEFT_OUT.fullmatch(name)
        if name in named or (about["category"] in CATEGORIES and plain):
            yield name


def cleaned(drawing: str) -> str:
    """Return what stands inside the `<svg>`, without the invisible square that each drawing starts with."""
    inner = re.sub(r"<!--.*?-->", "", drawing, flags=re.S).split(">", 1)[1].rpartition("</svg>")[0]
    inner = re.sub(r'<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*/>', "", inner)
    return re.sub(r"\s*/>", "/>", re.sub(r"\s+", " ", inner)).replace("> <", "><").strip()


def main() -> None:
    """Write the packed icons and their licence."""
    with tempfile.TemporaryDirectory() as folder:
        source = package(Path(folder))
        icons = {
            name: about
            for name, about in json.loads((source / "icons.json").read_text("utf-8")).items()
            if "outline" in about["styles"]
        }
        lines = []
        for name in sorted(wanted(icons)):
            drawing = cleaned((source / "icons" / "outline" / f"{name}.svg").read_text("utf-8"))
            tags = " ".join(dict.fromkeys(str(tag).lower().replace(" ", "-") for tag in icons[name]["tags"]))
            lines.append(f"{name}\t{tags}\t{drawing}\n")
        (FOLDER / "icons.tsv").write_text("".join(lines), "utf-8")
        (FOLDER / "LICENSE.txt").write_text((source / "LICENSE").read_text("utf-8"), "utf-8")


if __name__ == "__main__":
    main()
