"""Charts: each module draws one kind from rows, as positioned text and boxes that every check sees.

A part has `OPTIONS` (name to help), `SAMPLE` (rows and options that run) and `draw(rows, options, kit)`. What they are
built from is in `_kit/`; `docs/charts.md` tells how to write one.
"""
