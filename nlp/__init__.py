"""Tags posts: language, topics, intents, urgency, places, each with its evidence. Pure."""
