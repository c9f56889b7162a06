"""Move pages: read their animations, cut them into layers, and compose every frame from these."""
