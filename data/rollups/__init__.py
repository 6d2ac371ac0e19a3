"""Roll-ups: what the pages count, kept by hour and day, so that nobody counts a million posts.

Triggers of the store note the hours and accounts whose posts, labels or answers changed, whoever
writes them, in the same transaction. `data.writes.rollups` counts those anew. What is noted and not
yet counted again is read from the posts themselves, so that no page ever shows a stale figure.
"""
