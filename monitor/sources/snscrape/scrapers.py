"""snscrape's scrapers by name, and how it stands with each: its last version is of June 2023."""

from typing import NamedTuple


class Known(NamedTuple):
    """Where a scraper is (module and class of snscrape), and a sentence on what to expect."""

    module: str
    scraper: str
    de: str
    en: str


_X = (
    "X zeigt seit 2023 ohne Anmeldung keine Suche und keine Profile mehr; dieser Scraper ist dort "
    "gesperrt. Der Abschnitt [x] sucht dort gegen Geld; aus Dateien liest hhhilft import.",
    "Since 2023 X shows no search and no profiles without a login; this scraper is shut out there. "
    "The section [x] searches there for money; hhhilft import reads files.",
)
_FACEBOOK = (
    "Facebook zeigt ohne Anmeldung kaum noch Seiten und hat sie seit 2023 umgebaut; "
    "dieser Scraper findet dort nichts mehr. Eigene Seiten liest der Abschnitt [facebook].",
    "Facebook hardly shows pages without a login and has rebuilt them since 2023; "
    "this scraper no longer finds anything there. The section [facebook] reads your own pages.",
)
_INSTAGRAM = (
    "Instagram leitet ohne Anmeldung auf seine Anmeldeseite um; dieser Scraper bekommt keine "
    "Beiträge. Nach Hashtags sucht der Abschnitt [instagram].",
    "Without a login Instagram leads to its login page; this scraper gets no posts. The section "
    "[instagram] searches for hashtags.",
)
_MASTODON = (
    "Mastodon zeigt seit Version 4 (2022) Seiten, die dieser Scraper nicht lesen kann. "
    "Der Abschnitt [mastodon] liest es richtig.",
    "Since version 4 (2022) Mastodon shows pages that this scraper cannot read. "
    "The section [mastodon] reads it properly.",
)
_REDDIT = (
    "Dieser Scraper fragt Pushshift, das seit Mai 2023 nur noch Moderatoren von Reddit offensteht.",
    "This scraper asks Pushshift, which since May 2023 is open only to moderators of Reddit.",
)
_VK = (
    "Für VK ist dieser Scraper seit 2023 nicht mehr gepflegt; ob er noch liest, zeigt der Versuch.",
    "For VK this scraper has not been maintained since 2023; trying shows whether it still reads.",
)
_WEIBO = (
    "Für Weibo ist dieser Scraper seit 2023 nicht mehr gepflegt; ob er noch liest, zeigt der "
    "Versuch.",
    "For Weibo this scraper has not been maintained since 2023; trying shows whether it still "
    "reads.",
)

WITHOUT_POSTS = ("twitter-trends", "twitter-users")

SCRAPERS = {
    "twitter-search": Known("twitter", "TwitterSearchScraper", *_X),
    "twitter-hashtag": Known("twitter", "TwitterHashtagScraper", *_X),
    "twitter-user": Known("twitter", "TwitterUserScraper", *_X),
    "twitter-profile": Known("twitter", "TwitterProfileScraper", *_X),
    "twitter-tweet": Known("twitter", "TwitterTweetScraper", *_X),
    "twitter-list-posts": Known("twitter", "TwitterListPostsScraper", *_X),
    "twitter-community": Known("twitter", "TwitterCommunityScraper", *_X),
    "twitter-cashtag": Known("twitter", "TwitterCashtagScraper", *_X),
    "facebook-user": Known("facebook", "FacebookUserScraper", *_FACEBOOK),
    "facebook-community": Known("facebook", "FacebookCommunityScraper", *_FACEBOOK),
    "facebook-group": Known("facebook", "FacebookGroupScraper", *_FACEBOOK),
    "instagram-user": Known("instagram", "InstagramUserScraper", *_INSTAGRAM),
    "instagram-hashtag": Known("instagram", "InstagramHashtagScraper", *_INSTAGRAM),
    "instagram-location": Known("instagram", "InstagramLocationScraper", *_INSTAGRAM),
    "mastodon-profile": Known("mastodon", "MastodonProfileScraper", *_MASTODON),
    "mastodon-toot": Known("mastodon", "MastodonTootScraper", *_MASTODON),
    "reddit-user": Known("reddit", "RedditUserScraper", *_REDDIT),
    "reddit-subreddit": Known("reddit", "RedditSubredditScraper", *_REDDIT),
    "reddit-search": Known("reddit", "RedditSearchScraper", *_REDDIT),
    "reddit-submission": Known("reddit", "RedditSubmissionScraper", *_REDDIT),
    "vkontakte-user": Known("vkontakte", "VKontakteUserScraper", *_VK),
    "weibo-user": Known("weibo", "WeiboUserScraper", *_WEIBO),
}
