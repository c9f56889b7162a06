"""Turn the npm font packages named below into the TTF files, licences and font.toml files under fonts/.

Run by hand, with npm on the path and `pip install fonttools brotli`: `python samples/make_fonts.py [FAMILY-SLUG…]`.
Each weight is one file with the latin and latin-ext subsets merged. Some things are repaired on the way, because a
wrong or missing figure is our worst fault: proportional lining figures are the default (`tnum` gives the tabular ones),
and the narrow no-break space, thin space and no-break hyphen that locales ask for exist in every text font.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FONTS = Path(__file__).parent.parent / "fonts"
SUBSETS = ("latin", "latin-ext")
USE_MY_METRICS = 0x0200  # a component's flag in the glyf table: take its width
EPOCH = 3_550_000_000  # a fixed `head.modified`, so that two runs give the same bytes

ARROWS_AND_OPERATORS = [*range(0x2190, 0x2200), 0x2030, *range(0x2200, 0x2300)]
SHAPES_AND_MARKS = [*range(0x2460, 0x2474), *range(0x25A0, 0x2600), 0x2605, 0x2606, 0x2610, 0x2611, 0x2612]
SHAPES_AND_MARKS += [*range(0x2713, 0x2719), *range(0x2776, 0x2794), *range(0x2798, 0x27BF)]


@dataclass(frozen=True, slots=True)
class Family:
    """One family: where it comes from, which (weight, style) faces are taken, and what is done to them.

    `axes` pins the axes of a variable package, whose files are named after `cut`; `keep` cuts a symbol font down to
    those code points; `scripts` are the scripts (ISO 15924) for which it stands in behind every brand; fonts of one
    script keep all its glyphs and tables. `reach` is how far lines are said to reach above and below the baseline, in
    em, instead of what the font says: their middle lies where that of the Latin text beside them does, so that mixed
    lines are no taller than others. `signs` draws thin signs anew, `larger` is how much larger the letters stand at
    one font size.
    """

    slug: str
    name: str
    package: str
    version: str
    faces: tuple[tuple[int, str], ...]
    licence: str = "OFL-1.1"
    subsets: tuple[str, ...] = SUBSETS
    axes: Mapping[str, float] = field(default_factory=dict)
    cut: str = "standard"
    keep: tuple[int, ...] = ()
    scripts: tuple[str, ...] = ()
    reach: tuple[float, float] | None = None
    signs: bool = False
    larger: float = 1

    @property
    def stem(self) -> str:
        """Return the package's own name without its scope."""
        return self.package.rpartition("/")[2]


def upright(*weights: int) -> tuple[tuple[int, str], ...]:
    """Return one normal face for each weight."""
    return tuple((weight, "normal") for weight in weights)


FAMILIES = (
    Family(
        "plus-jakarta-sans",
        "Plus Jakarta Sans",
        "@fontsource/plus-jakarta-sans",
        "5.3.0",
        (*upright(400, 500, 600, 700, 800), (400, "italic")),
    ),
    Family(
        "newsreader-display",
        "Newsreader Display",
        "@fontsource-variable/newsreader",
        "5.3.0",
        (*upright(400, 500, 600, 700), (500, "italic")),
        axes={"opsz": 72},
        signs=True,
    ),
    Family(
        "public-sans",
        "Public Sans",
        "@fontsource/public-sans",
        "5.3.0",
        (*upright(400, 500, 600, 700, 800), (400, "italic")),
    ),
    Family(
        "atkinson-hyperlegible-next",
        "Atkinson Hyperlegible Next",
        "@fontsource/atkinson-hyperlegible-next",
        "5.3.0",
        upright(400, 500, 600, 700),
    ),
    Family(
        "atkinson-hyperlegible-mono",
        "Atkinson Hyperlegible Mono",
        "@fontsource/atkinson-hyperlegible-mono",
        "5.3.0",
        upright(600),
    ),
    Family(
        "fraunces-soft",
        "Fraunces Soft",
        "@fontsource-variable/fraunces",
        "5.3.0",
        upright(600, 700),
        axes={"opsz": 96, "SOFT": 100, "WONK": 0},
        cut="full",
    ),
    Family("asap", "Asap", "@fontsource/asap", "5.3.0", upright(400, 500, 600, 700)),
    Family(
        "archivo",
        "Archivo",
        "@fontsource-variable/archivo",
        "5.3.0",
        upright(400, 500, 600, 700),
        axes={"wdth": 96},
        cut="wdth",
    ),
    Family(
        "archivo-compressed",
        "Archivo Compressed",
        "@fontsource-variable/archivo",
        "5.3.0",
        upright(700, 800),
        axes={"wdth": 62},
        cut="wdth",
        larger=1.15,
    ),
    Family("noto-sans", "Noto Sans", "@fontsource/noto-sans", "5.3.0", upright(400, 700)),
    Family(
        "noto-sans-math",
        "Noto Sans Math",
        "@fontsource/noto-sans-math",
        "5.3.0",
        upright(400),
        subsets=("latin",),
        keep=tuple(ARROWS_AND_OPERATORS),
    ),
    Family(
        "noto-sans-symbols-2",
        "Noto Sans Symbols 2",
        "@fontsource/noto-sans-symbols-2",
        "5.3.0",
        upright(400),
        subsets=("symbols",),
        keep=tuple(SHAPES_AND_MARKS),
    ),
    Family(
        "noto-sans-arabic",
        "Noto Sans Arabic",
        "@fontsource/noto-sans-arabic",
        "5.3.0",
        upright(400, 700, 800),
        subsets=("arabic",),
        reach=(1.06, 0.31),
        scripts=("Arab",),
    ),
    Family(
        "noto-naskh-arabic",
        "Noto Naskh Arabic",
        "@fontsource/noto-naskh-arabic",
        "5.3.0",
        upright(400, 700),
        subsets=("arabic",),
        reach=(0.92, 0.45),
    ),
    Family(
        "noto-sans-javanese",
        "Noto Sans Javanese",
        "@fontsource/noto-sans-javanese",
        "5.3.0",
        upright(400, 700),
        subsets=("javanese",),
        reach=(1.0, 0.6),
        scripts=("Java",),
    ),
    Family(
        "noto-sans-sundanese",
        "Noto Sans Sundanese",
        "@fontsource/noto-sans-sundanese",
        "5.3.0",
        upright(400, 700),
        subsets=("sundanese",),
        scripts=("Sund",),
    ),
    Family(
        "noto-sans-balinese",
        "Noto Sans Balinese",
        "@fontsource/noto-sans-balinese",
        "5.3.0",
        upright(400, 700),
        subsets=("balinese",),
        reach=(1.0, 0.6),
        scripts=("Bali",),
    ),
    Family(
        "twemoji",
        "Twemoji",
        "twemoji-colr-font",
        "15.0.3",
        upright(400),
        licence="OFL-1.1 AND CC-BY-4.0",
        subsets=(),
    ),
)


def unpack(family: Family, folder: Path) -> Path:
    """Fetch the package with npm and return the folder that it unpacks to."""
    command = ["npm", "pack", "--silent", f"{family.package}@{family.version}"]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    with tarfile.open(next(folder.glob(f"*{family.stem}-{family.version}.tgz"))) as archive:
        archive.extractall(folder / family.slug, filter="data")
    return folder / family.slug / "package"


def sources(family: Family, package: Path, weight: int, style: str) -> Iterator[Path]:
    """Yield the woff2 files that make up one face."""
    if not family.subsets:
        yield next(package.glob("*.woff2"))
    for subset in family.subsets:
        axis = family.cut if family.axes else str(weight)
        yield package / "files" / f"{family.stem}-{subset}-{axis}-{style}.woff2"


def load(path: Path, family: Family, weight: int) -> Any:
    """Return one source font as a static, uncompressed one."""
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    font = TTFont(path, recalcTimestamp=False)
    if "fvar" in font:
        font = instantiateVariableFont(font, {**family.axes, "wght": weight})
    font.flavor = None
    font["head"].modified = font["head"].created = EPOCH
    return font


def add_glyphs(font: Any, extra: Any) -> dict[str, int]:
    """Copy, flattened, every character that `font` lacks from `extra`; return new glyph names with their characters."""
    from fontTools.pens.recordingPen import DecomposingRecordingPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    glyphs = extra.getGlyphSet()
    known = font.getBestCmap()
    added: dict[str, int] = {}
    for code, source in sorted(extra.getBestCmap().items()):
        if code in known:
            continue
        name, recording, pen = f"uni{code:04X}.ext", DecomposingRecordingPen(glyphs), TTGlyphPen(None)
        glyphs[source].draw(recording)
        recording.replay(pen)
        font.setGlyphOrder([*font.getGlyphOrder(), name])
        font["glyf"][name] = pen.glyph()
        font["hmtx"][name] = extra["hmtx"][source]
        added[name] = code
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap.update({code: name for name, code in added.items()})
    return added


def pair_tables(font: Any) -> Iterator[Any]:
    """Yield the class-based kerning tables."""
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for wrapped in lookup.SubTable:
            table = getattr(wrapped, "ExtSubTable", wrapped)
            if table.LookupType == 2 and table.Format == 2:
                yield table


def kern_like_base_letters(font: Any, added: dict[str, int]) -> None:
    """Give each added letter the kerning classes of the letter under its accent: that of A to Ā."""
    known = font.getBestCmap()
    bases = {name: known.get(ord(unicodedata.normalize("NFD", chr(code))[0])) for name, code in added.items()}
    for table in pair_tables(font):
        first, second = table.ClassDef1.classDefs, table.ClassDef2.classDefs
        first.update({name: first[base] for name, base in bases.items() if base in first})
        second.update({name: second[base] for name, base in bases.items() if base in second})
        table.Coverage.glyphs += [name for name, base in bases.items() if base in table.Coverage.glyphs]
        table.Coverage.glyphs.sort(key=font.getGlyphID)


def merged(fonts: list[Any]) -> Any:
    """Return the first font, with the characters of the others added.

    fontTools.merge is not used: it lost kerning pairs such as AV in all four text families (fontTools 4.68).
    """
    font, *others = fonts
    for extra in others:
        kern_like_base_letters(font, add_glyphs(font, extra))
    return font


def borrow_signs(font: Any, path: Path) -> None:
    """Take the other thin signs from the text size, one weight up."""
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    weight = font["OS/2"].usWeightClass
    text = instantiateVariableFont(TTFont(path), {"opsz": 18, "wght": min(800, weight + 100)})
    for code, name in text.getBestCmap().items():
        if chr(code) in "×÷±°—<>":
            font["glyf"][name] = text["glyf"][name]
            font["hmtx"][name] = text["hmtx"][name]


def strengthen_signs(font: Any) -> None:
    """Draw minus, plus, equals and en dash anew: theirs are hairlines, and a lost minus is a wrong number.

    Their bars grow with the weight and are centred on the figures.
    """
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    known, glyphs = font.getBestCmap(), font["glyf"]
    em, middle = font["head"].unitsPerEm, glyphs[known[ord("8")]].yMax // 2
    half = round(em * (0.021 + 0.022 * (font["OS/2"].usWeightClass - 400) / 300))
    left, right = round(em * 0.05), round(em * 0.49)
    arm, gap, centre = (right - left) // 2, half + round(em * 0.06), (left + right) // 2
    level = (left, middle - half, right, middle + half)
    signs = {
        "−": [level],
        "–": [(round(em * 0.02), level[1], round(em * 0.5), level[3])],
        "=": [(left, y - half, right, y + half) for y in (middle - gap, middle + gap)],
        "+": [
            level,
            (centre - half, middle + half, centre + half, middle + arm),
            (centre - half, middle - arm, centre + half, middle - half),
        ],
    }
    for sign, bars in signs.items():
        pen = TTGlyphPen(None)
        for x0, y0, x1, y1 in bars:
            pen.moveTo((x0, y0))
            for point in ((x0, y1), (x1, y1), (x1, y0)):
                pen.lineTo(point)
            pen.closePath()
        name = known[ord(sign)]
        glyphs[name] = pen.glyph()
        glyphs[name].recalcBounds(glyphs)
        font["hmtx"][name] = (right + left if sign != "–" else round(em * 0.52), glyphs[name].xMin)


def substitutions(font: Any, tag: str) -> Iterator[Any]:
    """Yield the single-substitution tables behind an OpenType feature."""
    table = font["GSUB"].table
    indices = {
        index
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == tag
        for index in record.Feature.LookupListIndex
    }
    for index in sorted(indices):
        for subtable in table.LookupList.Lookup[index].SubTable:
            yield getattr(subtable, "ExtSubTable", subtable)


def make_figures_proportional(font: Any) -> None:
    """Make proportional figures the default where a font starts with tabular ones, and let `tnum` lead back."""
    proportional = {old: new for table in substitutions(font, "pnum") for old, new in table.mapping.items()}
    figures = [name for code, name in font.getBestCmap().items() if chr(code) in "0123456789"]
    if not all(name in proportional for name in figures):
        return
    for table in font["cmap"].tables:
        table.cmap.update({code: proportional[name] for code, name in table.cmap.items() if name in proportional})
    for table in substitutions(font, "tnum"):
        table.mapping = {new: old for old, new in proportional.items()}


def level_tabular_figures(font: Any) -> None:
    """Give tabular figures one width: at display size one italic figure of Newsreader is 6% wider than the rest."""
    default = font.getBestCmap()
    mapping = {old: new for table in substitutions(font, "tnum") for old, new in table.mapping.items()}
    names = [mapping.get(default[ord(figure)], default[ord(figure)]) for figure in "0123456789"]
    widths = [font["hmtx"][name][0] for name in names]
    usual = max(set(widths), key=widths.count)
    for name, width in zip(names, widths, strict=True):
        shift = (usual - width) // 2
        if shift:
            glyph = font["glyf"][name]
            glyph.expand(font["glyf"])
            if glyph.isComposite():
                for component in glyph.components:
                    component.x += shift
                    component.flags &= ~USE_MY_METRICS
            else:
                glyph.coordinates.translate((shift, 0))
            glyph.recalcBounds(font["glyf"])
            font["hmtx"][name] = (usual, glyph.xMin)


def add_tabular_figures(font: Any) -> None:
    """Make figures of one width behind `tnum` where a font has none: each stands in the middle of the widest."""
    from fontTools.feaLib.builder import addOpenTypeFeaturesFromString

    known = font.getBestCmap()
    if ord("0") not in known or list(substitutions(font, "tnum")):
        return
    names = [known[ord(figure)] for figure in "0123456789"]
    width = max(font["hmtx"][name][0] for name in names)
    font.setGlyphOrder([*font.getGlyphOrder(), *(f"{name}.tnum" for name in names)])
    for name in names:
        glyph, shift = deepcopy(font["glyf"][name]), (width - font["hmtx"][name][0]) // 2
        glyph.coordinates.translate((shift, 0))
        glyph.recalcBounds(font["glyf"])
        font["glyf"][f"{name}.tnum"] = glyph
        font["hmtx"][f"{name}.tnum"] = (width, glyph.xMin)
    lines = " ".join(f"sub {name} by {name}.tnum;" for name in names)
    addOpenTypeFeaturesFromString(font, f"feature tnum {{ {lines} }} tnum;", tables=["GSUB"])


def enlarge(font: Any, factor: float) -> None:
    """Let letters stand larger at one font size, by a smaller em: condensed letters look small beside others."""
    font["head"].unitsPerEm = round(font["head"].unitsPerEm / factor)


def add_locale_characters(font: Any) -> None:
    """Add the thin and narrow no-break spaces and the no-break hyphen, which subsets leave out."""
    from fontTools.ttLib.tables._g_l_y_f import Glyph

    known = font.getBestCmap()
    if ord("A") not in known:
        return
    name = known.get(0x2009, "narrowspace")
    if name == "narrowspace":
        font.setGlyphOrder([*font.getGlyphOrder(), name])
        font["glyf"][name] = Glyph()
        font["hmtx"][name] = (font["head"].unitsPerEm // 5, 0)
    aliases = {0x2009: name, 0x202F: name, 0x2011: known[ord("-")]}
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap.update({code: glyph for code, glyph in aliases.items() if code not in table.cmap})


def cut_down(font: Any, keep: tuple[int, ...]) -> None:
    """Drop every glyph that does not serve the code points to keep."""
    from fontTools.subset import Options, Subsetter

    subsetter = Subsetter(Options(layout_features=["kern"], hinting=False, notdef_outline=True, drop_tables=["MATH"]))
    subsetter.populate(unicodes=keep)
    subsetter.subset(font)


def set_reach(font: Any, above: float, below: float) -> None:
    """Say how far lines reach: Noto's room for every stack makes lines of 2.1 em, of which most text needs 1.4."""
    em = font["head"].unitsPerEm
    top, bottom, header, system = round(em * above), -round(em * below), font["hhea"], font["OS/2"]
    header.ascent, header.descent, header.lineGap = top, bottom, 0
    system.sTypoAscender, system.sTypoDescender, system.sTypoLineGap = top, bottom, 0


def make_face(family: Family, package: Path, weight: int, style: str) -> str:
    """Write one face below fonts/ and return its file name."""
    paths = list(sources(family, package, weight, style))
    font = merged([load(path, family, weight) for path in paths])
    if family.signs:
        borrow_signs(font, paths[0])
        strengthen_signs(font)
    if family.keep:
        cut_down(font, family.keep)
    elif ord("0") in font.getBestCmap() and family.subsets:
        make_figures_proportional(font)
        add_tabular_figures(font)
        level_tabular_figures(font)
        enlarge(font, family.larger)
        add_locale_characters(font)
    if family.reach:
        set_reach(font, *family.reach)
    file = f"{weight}.ttf" if style == "normal" else f"{weight}-{style}.ttf"
    font.save(FONTS / family.slug / file)
    return file


def describe(family: Family, files: list[tuple[str, int, str]]) -> str:
    """Return the text of font.toml."""
    changes = f"\n# cut from the variable font at {dict(family.axes)}" if family.axes else ""
    changes += f"; letters {family.larger:g} times as large" if family.larger != 1 else ""
    head = f'family = "{family.name}"\nlicence = "{family.licence}"\n'
    head += f'source = "{family.package} {family.version}"{changes}\n'
    head += f"scripts = {json.dumps(family.scripts)}\n" if family.scripts else ""
    rows = (f'\n[[files]]\nfile = "{file}"\nweight = {weight}\nstyle = "{style}"\n' for file, weight, style in files)
    return head + "".join(rows)


def make_family(family: Family) -> None:
    """Fetch one family and write its folder."""
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        package = unpack(family, work)
        target = FONTS / family.slug
        target.mkdir(parents=True, exist_ok=True)
        files = [(make_face(family, package, *face), *face) for face in family.faces]
        (target / "LICENSE.txt").write_bytes((package / "LICENSE").read_bytes())
        (target / "font.toml").write_text(describe(family, files), encoding="utf-8")
    size = sum(path.stat().st_size for path in target.glob("*.ttf"))
    print(f"{family.slug}: {len(files)} files, {size / 1000:,.0f} kB")


if __name__ == "__main__":
    for each in FAMILIES:
        if len(sys.argv) == 1 or each.slug in sys.argv[1:]:
            make_family(each)
