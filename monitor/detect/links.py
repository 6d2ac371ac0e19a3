"""Addresses without what only tells where the click came from, so that equal pages are equal."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

_TRACKING = re.compile(
    r"utm_\w+|pk_\w+|mtm_\w+|fbclid|gclid|dclid|msclkid|yclid|twclid|igshid|igsh|mc_[ce]id|ref_src"
    r"|ref_url|_ga|spm|xtor|wt_mc|wt_zmc|cmpid",
    re.IGNORECASE,
)
_OTHER_HOSTS = {
    "m.youtube.com": "youtube.com",
    "mobile.twitter.com": "x.com",
    "twitter.com": "x.com",
    "m.facebook.com": "facebook.com",
    "de.m.wikipedia.org": "de.wikipedia.org",
}
_YOUTUBE_EXTRAS = frozenset(("si", "feature", "t", "pp", "ab_channel"))


def canonical_link(link: str) -> str:
    """Return the address of the page; what is no web address comes back as it is.

    Scheme, `www.`, fragment, final slash and tracking parameters go; parameters are sorted.
    """
    try:
        parts = urlsplit(link.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return link.strip()
    if parts.scheme not in ("http", "https") or not host:
        return link.strip()
    host = _OTHER_HOSTS.get(host, host)
    path = parts.path.rstrip("/")
    query = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKING.fullmatch(name)
    ]
    if host == "youtu.be" and path:
        host, path, query = "youtube.com", "/watch", [("v", path.strip("/")), *query]
    if host == "youtube.com":
        query = [(name, value) for name, value in query if name not in _YOUTUBE_EXTRAS]
    return f"https://{host}{path}" + (f"?{urlencode(sorted(query))}" if query else "")
