"""The whole path, room after room."""
