"""How the tagger did: as JSON, as tables for the terminal, as a page with pictures."""
