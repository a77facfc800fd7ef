"""What still works when a server that the service leans on is gone, frozen, restarted or full."""
