"""Of the floor portal, one file per noun."""
