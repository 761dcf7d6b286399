"""Compose files as one project: interpolated, merged, extended, by profile."""
