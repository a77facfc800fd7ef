"""Pages that look across rooms: home, case list, overview, record."""
