"""Of the floor tasks, one file per noun."""
