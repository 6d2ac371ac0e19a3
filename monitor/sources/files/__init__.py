"""Posts from files, whatever their format and packing."""
