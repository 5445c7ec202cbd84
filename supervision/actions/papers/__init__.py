"""Papers written, signed, mended: one action a verb."""
