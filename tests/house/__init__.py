"""The rules of the house that a program can check: each takes {path: text} and names what breaks it."""
