"""The floor: supervision."""
