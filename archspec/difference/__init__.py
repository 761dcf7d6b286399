"""Two versions of one architecture: what changed, what that does, and both in one picture."""
