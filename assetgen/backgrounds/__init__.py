"""Backgrounds that are drawn, not stock: each module of this folder draws one of them from a formula.

A background is a mask: how much of one colour lies on each pixel. Which colour, and how faintly, is decided where it is
used (`_picture.py`), so that text in front of it stays readable; what formulas share is in `_canvas.py`.
"""
