"""Records as quads."""
