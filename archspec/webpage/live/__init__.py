"""The page of a spec, served and renewed at every save."""
