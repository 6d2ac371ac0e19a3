"""As what a person may log in, from the least to the most that they may see and do."""

ROLES = ("viewer", "coordinator", "press", "admin")
