"""The week in words and figures, as files."""
