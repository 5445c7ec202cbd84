"""A round of ranking or assessment on its way: computed, self-scored, marked, shown, objected to, published, corrected."""
