"""The architecture itself, tested."""
