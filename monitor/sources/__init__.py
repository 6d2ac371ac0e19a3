"""Where posts come from: networks and files."""
