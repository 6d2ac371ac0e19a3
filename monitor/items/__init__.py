"""Items of networks, in the form their servers give them, as posts. Pure; for sources and files."""
