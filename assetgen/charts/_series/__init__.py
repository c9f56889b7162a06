"""Shared by charts of points along axes: places on time axes, classes, labels that keep apart."""
