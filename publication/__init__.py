"""Reports, sign-off, sealing, release and the only door to the public."""
