"""Architecture as code: lint, draw, trace, simulate and compute a production system."""
