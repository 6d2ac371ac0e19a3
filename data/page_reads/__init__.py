"""What the pages ask the store: one question, one function; deleted posts are never shown."""
