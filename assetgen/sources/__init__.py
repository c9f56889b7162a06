"""Read data files: bytes of one format go in, the grid of cells of every sheet comes out; one file a format.

A part has `SUFFIXES`, `confidence(data)` (how sure, 0 to 1, that bytes are of its format) and `read(data, name)`.
"""
