"""Pages of schemes of assessment."""
