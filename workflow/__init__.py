"""The engine of state change: tables of transitions, and the only writer of `status`."""
