"""Meta's Graph API, for Instagram and Facebook: pages, refusals, limits, tokens."""
