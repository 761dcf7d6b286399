"""One file per foreign format: a module-level `Importer`."""
