"""Describe the parts that there are, kind by kind: their names, one line each, and everything about one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from assetgen import parts
from assetgen.errors import AssetgenError, UsageError


@dataclass(frozen=True)
class Found:
    """What a search gave: rows, best first; `nearest` where nothing fits and the rows are only spelt alike."""

    rows: dict[str, str]
    nearest: bool = False


@dataclass(frozen=True)
class Kind:
    """How parts of a kind are listed and shown."""

    rows: Callable[[Path], dict[str, str]]
    details: Callable[[str, Path], dict[str, Any]]
    search: Callable[[str, Path], Found] | None = None


def _modules(kind: str) -> Kind:
    def rows(_: Path) -> dict[str, str]:
        return {name: _first_line(parts.load(kind, name).__doc__) for name in parts.names(kind)}

    def details(name: str, _: Path) -> dict[str, Any]:
        module = parts.load(kind, name)
        shown = {"name": name, "about": (module.__doc__ or "").strip()}
        sample = getattr(module, "SAMPLE", None)
        return {**shown, **({"sample": sample} if sample else {})}

    return Kind(rows, details)


def _first_line(text: str | None) -> str:
    return (text or "").strip().split("\n\n")[0].replace("\n", " ")


def _layouts(root: Path) -> dict[str, str]:
    from assetgen.layout import Layout

    kits = parts.kit_names("layouts", (root,))
    return {name: _or_problem(lambda: Layout.load(kits[name]).description) for name in kits}  # noqa: B023 — called at once


def _or_problem(describe: Callable[[], str]) -> str:
    """Return a description, or what is wrong with the kit: one broken kit must not hide the others."""
    try:
        return describe()
    except AssetgenError as error:
        return f"not valid: {error.problems[0]}"


def _layout(name: str, root: Path) -> dict[str, Any]:
    from assetgen.layout import Layout

    layout = Layout.load(name, (root,))
    fields = {
        field: " · ".join(
            part
            for part in (
                spec.type,
                "required" if spec.required else "",
                f"one of {', '.join(spec.choices)}" if spec.choices else "",
                f"at most {spec.max:g}" if spec.max else "",
                f"also {', '.join(spec.aliases)}" if spec.aliases else "",
                f"columns {', '.join(spec.columns)}" if spec.columns else "",
                spec.help,
            )
            if part
        )
        for field, spec in layout.fields.items()
    }
    return {
        "name": name,
        "title": layout.title,
        "about": layout.description,
        "shapes": list(layout.shapes),
        "fields": fields,
        "folder": str(layout.folder),
    }


def _brands(root: Path) -> dict[str, str]:
    from assetgen.brand import Brand

    kits = parts.kit_names("brand", (root,))
    return {name: _or_problem(lambda: Brand.load(kits[name]).name) for name in kits}  # noqa: B023 — called at once


def _brand(name: str, root: Path) -> dict[str, Any]:
    from assetgen.brand import Brand

    brand = Brand.load(name, (root,))
    return {**brand.model_dump(mode="json", exclude_defaults=True), "folder": str(brand.folder)}


def _placements(_: Path) -> dict[str, str]:
    from assetgen import placement

    return {one.name: f"{one.size}  {one.shape}  {', '.join(one.formats)}  {one.title}" for one in placement.all()}


def _placement(name: str, _: Path) -> dict[str, Any]:
    from assetgen import placement

    one = placement.load(name)
    return {**asdict(one), "shape": one.shape}


def _charts() -> Kind:
    def details(name: str, _: Path) -> dict[str, Any]:
        from assetgen.charts._kit.options import COMMON

        part = parts.load("charts", name)
        own = {option: about for option, about in part.OPTIONS.items() if option not in COMMON}
        return {
            "name": name,
            "about": (part.__doc__ or "").strip(),
            "options": own,
            "options of every chart": {**COMMON, **{key: part.OPTIONS[key] for key in COMMON if key in part.OPTIONS}},
            "sample": part.SAMPLE,
        }

    return Kind(_modules("charts").rows, details)


def _backgrounds() -> Kind:
    def details(name: str, _: Path) -> dict[str, Any]:
        part = parts.load("backgrounds", name)
        about = (part.__doc__ or "").strip()
        return {"name": name, "about": about, "options": part.OPTIONS, "write": f'{{{{ background("{name}") }}}}'}

    return Kind(_modules("backgrounds").rows, details)


def _icons() -> Kind:
    from assetgen.icons import Icons, icon_folders

    def icons(root: Path) -> Icons:
        return Icons(icon_folders((root / "layouts" / "_kit",)))

    def rows(root: Path) -> dict[str, str]:
        return {icon.name: icon.about for icon in icons(root).all.values()}

    def details(name: str, root: Path) -> dict[str, Any]:
        known = icons(root)
        if name not in known.all:
            raise UsageError(f"there is no icon '{name}'", hint=known.hint(name))
        icon = known.all[name]
        words = {"words": icon.words, "in English": icon.english, "tags": icon.tags}
        return {
            "name": name,
            **words,
            "write": f'{{{{ icon("{name}") }}}}',
            "file": icon.file or known.kit / "icons.tsv",
        }

    def search(query: str, root: Path) -> Found:
        known = icons(root)
        found = known.search(query)
        return Found({icon.name: icon.about for icon in found or known.nearest(query)}, nearest=not found)

    return Kind(rows, details, search)


KINDS: dict[str, Kind] = {
    "layouts": Kind(_layouts, _layout),
    "brands": Kind(_brands, _brand),
    "placements": Kind(_placements, _placement),
    "charts": _charts(),
    "backgrounds": _backgrounds(),
    "icons": _icons(),
    **{kind: _modules(kind) for kind in ("rules", "filters", "formats", "sources", "engines", "executors")},
}
