"""From flows and components to the metrics by which Prometheus knows them."""
