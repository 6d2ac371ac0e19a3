"""Hamburg as a picture: its places as circles over a light outline drawn by hand."""
