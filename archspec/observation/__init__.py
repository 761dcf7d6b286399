"""What traces tell of a system: spans of any format -> calls -> flows with figures."""
