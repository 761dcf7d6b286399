"""The page of a system: everything known of it in one self-contained HTML file, readable without JavaScript."""
