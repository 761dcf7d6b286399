"""Pictures of specs in documentation: a fence for MkDocs, a directive for Sphinx."""
