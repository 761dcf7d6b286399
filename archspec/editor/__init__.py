"""The language server: what editors ask of a spec while it is being typed."""
