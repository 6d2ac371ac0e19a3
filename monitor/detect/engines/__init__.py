"""What computes pairs: DuckDB on this machine; other engines run the same queries."""
