"""The pages of rounds: lists and rankings, steps, marks, self-scores, objections."""
