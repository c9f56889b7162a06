"""Turn a manifest into `index.html`: a contact sheet on which people review everything that a build made.

One file that works from disk: styles and script stand inside it, pictures are referred to by relative paths, and a
content security policy forbids the network. The script builds every element from text, never from markup, so nothing
that stands in the data can act.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from assetgen.counting import count_text
from assetgen.package.asset import post_text
from assetgen.package.manifest import Manifest
from assetgen.paths import write_whole

NAME = "index.html"
FOLDER = Path(__file__).parent
SCRIPTS = ("pieces.js", "player.js", "gallery.js", "viewer.js")
_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_LEFT_OUT = frozenset({"provenance", "text_files", "hashtags", "folder"})


def write_gallery(manifest: Manifest, out: Path) -> Path:
    """Write `index.html` into the folder of the manifest, unless it shows this very manifest, and return its path."""
    if not _shows(out / NAME, _digest(manifest)):
        write_whole(out / NAME, gallery_page(manifest).encode("utf-8", "replace"))
    return out / NAME


def gallery_page(manifest: Manifest) -> str:
    """Return the contact sheet as HTML."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    style = (FOLDER / "gallery.css").read_text("utf-8")
    script = "\n".join((FOLDER / name).read_text("utf-8") for name in SCRIPTS)
    # autoescape: the few names that the template writes itself come from people's data.
    pages = Environment(loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined)
    return pages.get_template("gallery.html.j2").render(
        name=manifest.name,
        language="id" if manifest.language.startswith("id") else "en",
        digest=_digest(manifest),
        policy=_policy(style, script),
        style=Markup(style),  # noqa: S704 -- our own file
        script=Markup(script),  # noqa: S704 -- our own file
        data=Markup(_embedded(_data(manifest))),  # noqa: S704 -- every character that ends a script is escaped
    )


def _digest(manifest: Manifest) -> str:
    """Return a hash of all that the page is made from."""
    ours = (FOLDER / name for name in ("gallery.html.j2", "gallery.css", *SCRIPTS, "gallery.py"))
    return sha256(b"".join((manifest.content, *(path.read_bytes() for path in ours)))).hexdigest()


def _shows(path: Path, digest: str) -> bool:
    """Tell whether a page names a digest in its head."""
    try:
        with path.open("rb") as stream:
            return f'content="{digest}"'.encode() in stream.read(400)
    except OSError:
        return False


def _policy(style: str, script: str) -> str:
    """Return a policy that runs this script and these styles, shows files from beside the page, and nothing else."""
    return "; ".join(
        (
            "default-src 'none'",
            "img-src 'self' file:",
            "media-src 'self' file:",
            f"style-src '{_hash(style)}'",
            f"script-src '{_hash(script)}'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()


def _embedded(data: object) -> str:
    """Return JSON that can stand in a `<script>` element whatever its texts hold."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    for letter, escape in _UNSAFE.items():
        text = text.replace(letter, escape)
    return text


def _data(manifest: Manifest) -> dict[str, Any]:
    """Return what the script shows: the manifest without what only machines read, and with texts counted."""
    data = manifest.as_dict()
    units = {(one["name"], *one["size"]): one["text"]["unit"] for one in data["placements"]}
    assets = [_asset(asset, units[(asset["placement"], *asset["size"])]) for asset in data["assets"]]
    kept = ("name", "language", "totals", "placements", "failures")
    return {**{key: data[key] for key in kept}, "assets": assets, "generated": manifest.generated}


def _asset(asset: Mapping[str, Any], unit: str) -> dict[str, Any]:
    text = post_text(asset["caption"], asset["hashtags"])
    files = [{key: value for key, value in file.items() if key != "sha256"} for file in asset["files"]]
    counts = {
        "post": count_text(text, unit),
        "alt": len(asset["alt_text"]),
        "alts": [len(alt) for alt in asset["alt_texts"]],
        "hashtags": len(asset["hashtags"]),
    }
    shown = {key: value for key, value in asset.items() if key not in _LEFT_OUT}
    return {**shown, "files": files, "post": text, "counts": counts}
