"""What everything shares: records, settings, the store, people's decisions, reference data."""
