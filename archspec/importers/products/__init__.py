"""Configuration files of known products, one module for each: a module-level `ConfigFile`."""
