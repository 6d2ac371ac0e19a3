"""Shows the store and takes people's decisions."""
