"""Sums over all floors."""
