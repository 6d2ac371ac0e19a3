"""Measurements on synthetic data: `python -m bench` prints the tables of BENCHMARKS.md."""
