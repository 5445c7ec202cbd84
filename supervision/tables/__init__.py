"""The columns of this floor's lists."""
