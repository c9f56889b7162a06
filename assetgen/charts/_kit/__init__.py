"""The pieces that charts are built from: rows, numbers, scales, text, places, colours, the canvas and words."""
