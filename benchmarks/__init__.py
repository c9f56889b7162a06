"""Measure speed, memory, likeness and repeatability against peers, in one run, and print plain tables."""
