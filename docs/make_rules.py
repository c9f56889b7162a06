"""Write docs/rules.md, what every check looks for and why, from the docstrings: `python docs/make_rules.py`."""

from __future__ import annotations

import re
from pathlib import Path

from assetgen import parts

HERE = Path(__file__).parent

INTRO = """# Checks

Every asset is checked after it is painted: boxes, pixels, words and files. An *error* keeps it from being called ready;
a *warning* wants a look. A brand changes how bad a finding is, or switches a rule off, in `brand.toml`:

```toml
[rules]
contrast = "error"          # error, warning, info or off
safe-zone = "warning"
```

To add a rule, add one file to `assetgen/rules/`: its docstring is its page here. This page is written by
`docs/make_rules.py`.
"""


def page() -> str:
    """Return the whole page."""
    return "\n".join([INTRO, *(_rule(name) for name in parts.names("rules"))])


def _rule(name: str) -> str:
    text = (parts.load("rules", name).__doc__ or "").strip()
    marked = re.sub(r"^(Why|What to do): ", r"**\1.** ", text, flags=re.M)
    return f"## {name}\n\n{marked}\n"


if __name__ == "__main__":
    (HERE / "rules.md").write_text(page(), "utf-8")
