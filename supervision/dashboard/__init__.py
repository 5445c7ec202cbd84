"""Read-only sums of the floor, as of a stated day, returned as small frozen values."""
