"""The verbs of the monthly loop. Each takes the lock, asks who and in what state, writes, and leaves its trace."""
