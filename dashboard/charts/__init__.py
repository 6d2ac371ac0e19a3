"""Charts: pure functions from what the store said to a picture."""
