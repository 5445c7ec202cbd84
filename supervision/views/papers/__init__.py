"""Papers: the list, a new one, the editor, reading, what is done with one, letterheads."""
