"""The pages of people and units."""
