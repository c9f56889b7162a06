"""The pieces that maps are built from: regions and their numbers, windows, shapes, labels, legends and lists."""
