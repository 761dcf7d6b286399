"""The content of the page, gathered from what the floors below have found out."""
