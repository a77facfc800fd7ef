"""What happened: the append-only record and the one channel for events."""
