"""Files that people hand us: YAML with positions, saves with checksums, and where everything lies on disk."""
