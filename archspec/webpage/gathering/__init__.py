"""What the page shows, gathered from the model, the engine and the analysis."""
