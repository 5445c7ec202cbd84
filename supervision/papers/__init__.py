"""The text of papers: where its figures stand in it, and which digits a hand typed. Pure."""
