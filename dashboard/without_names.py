"""A post's words for a file that leaves the house: nobody is named by an address or a handle."""

import re

# @name, @name@host, name@host; and addresses of pages, which mostly hold the author's name
# Each begins where its word does: to try every letter of a long word anew would take minutes.
_NAMES = re.compile(r"(?<![\w.+-])[\w.+-]*+@[\w.-]+(?:@[\w.-]+)*")
_ADDRESSES = re.compile(r"https?://\S+")


def without_names(text: str) -> str:
    """Give the text with @… for each handle and mail address, and https://… for each page."""
    return _NAMES.sub("@…", _ADDRESSES.sub("https://…", text))
