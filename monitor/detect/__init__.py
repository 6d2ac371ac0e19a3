"""Finds accounts that act together. Pure: tables in, tables out."""
