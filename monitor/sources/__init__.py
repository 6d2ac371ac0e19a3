"""Where posts come from: networks (`SOURCES`) and files (`monitor.sources.files`)."""

from monitor.sources.bluesky import BLUESKY
from monitor.sources.facebook import FACEBOOK
from monitor.sources.instagram import INSTAGRAM
from monitor.sources.mastodon import MASTODON
from monitor.sources.pinterest import PINTEREST
from monitor.sources.rss import RSS
from monitor.sources.snscrape import SNSCRAPE
from monitor.sources.source import Source
from monitor.sources.telegram import TELEGRAM
from monitor.sources.x import X

SOURCES: dict[str, Source] = {
    each.network: each
    for each in (MASTODON, BLUESKY, TELEGRAM, RSS, INSTAGRAM, FACEBOOK, PINTEREST, X, SNSCRAPE)
}
