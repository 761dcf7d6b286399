"""Pure questions about an Architecture: availability, single points of failure, capacity, times."""
