"""Pictures, tables and traces between markers of a Markdown file, kept current."""
