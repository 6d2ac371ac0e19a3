"""Writes what the world said: collects, tags, detects, reports."""
