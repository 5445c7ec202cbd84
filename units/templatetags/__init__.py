"""What pages of every floor show of people."""
