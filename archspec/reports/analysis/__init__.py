"""How `archspec analyze` writes its report: one file per format, over the same tables."""
