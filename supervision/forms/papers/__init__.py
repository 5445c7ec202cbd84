"""What is typed about papers: a new one, what a draft says of itself, a word, a letterhead."""
