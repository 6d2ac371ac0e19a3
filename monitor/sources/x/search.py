"""One page of X's search."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from data.records import asks_for_no_bots
from data.writes import RawItem
from monitor.items.fields import at, objects
from monitor.sources.http import Client
from monitor.sources.raw_json import raw_json
from monitor.sources.x.ids import last_before, number_of
from monitor.sources.x.mapping import TWEET
from monitor.sources.x.reading import Stretch

SMALLEST, LARGEST = 10, 100  # posts a page; X's limits
DEAREST = 3  # posts that one on a page can cost: itself, the one it answers, the one it quotes
_PATH = "/2/tweets/search/recent"
_FIELDS = {
    "expansions": "author_id,referenced_tweets.id,referenced_tweets.id.author_id,"
    "attachments.media_keys",
    "tweet.fields": "id,text,note_tweet,author_id,created_at,lang,entities,attachments,"
    "referenced_tweets,public_metrics,conversation_id,edit_history_tweet_ids",
    "user.fields": "id,username,name,created_at,description,public_metrics,profile_image_url",
    "media.fields": "media_key,type,url,preview_image_url,alt_text",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A page: its raw items and ids, what it cost, and where the next one is."""

    items: list[RawItem]
    fetched: int
    ids: frozenset[str]
    unwanted: frozenset[str]  # ids of those whose authors want no programs
    low: int | None  # the lowest id
    next_token: str | None  # None on the last page
    cost: int  # posts that X handed out
    trouble: str | None  # what X could not tell, beside what it told


def search(client: Client, query: str, stretch: Stretch, size: int, token: str | None) -> Found:
    """Ask for at most `size` posts of a stretch, newest first; Refused where there are none."""
    params = {
        "query": query,
        "max_results": size,
        "since_id": last_before(stretch.since),
        "until_id": stretch.low or last_before(stretch.until) + 1,
        **({"next_token": token} if token else {}),
        **_FIELDS,
    }
    document = client.get(_PATH, params).document
    tweets = at(document, "data")
    if not isinstance(tweets, list):
        if tweets is not None or at(document, "meta", "result_count") != 0:
            raise client.garbled(_first_trouble(document) or f"{_PATH}: {type(tweets).__name__}")
        tweets = []
    ids = {number for each in tweets if (number := number_of(at(each, "id"))) is not None}
    own = {str(at(each, "id")) for each in objects(tweets)}
    also = {str(at(each, "id")) for each in objects(at(document, "includes", "tweets"))} - own
    unwanted = _unwanted(document)
    kept = [each for each in tweets if str(at(each, "id")) not in unwanted]
    following = at(document, "meta", "next_token")
    return Found(
        items=[RawItem(TWEET, raw_json(each)) for each in _with_their_includes(kept, document)],
        fetched=len(tweets),
        ids=frozenset(str(each) for each in ids),
        unwanted=unwanted,
        low=min(ids, default=None),
        next_token=following if isinstance(following, str) and following else None,
        cost=len(tweets) + len(also),
        trouble=_first_trouble(document) or None,
    )


def _with_their_includes(tweets: list[Any], document: Any) -> Iterator[dict[str, Any]]:
    """Put to each tweet what the page tells of it: its author, its media, what it retweets.

    Tweets that are only quoted or answered are left out: their authors did not use the hashtag.
    """
    told = at(document, "includes")
    users = {at(each, "id"): each for each in objects(at(told, "users"))}
    originals = {at(each, "id"): each for each in objects(at(told, "tweets"))}
    media = {at(each, "media_key"): each for each in objects(at(told, "media"))}
    for tweet in tweets:
        retweeted = [
            originals[each["id"]]
            for each in objects(at(tweet, "referenced_tweets"))
            if each.get("type") == "retweeted" and each.get("id") in originals
        ]
        both = [each for each in (tweet, *retweeted) if isinstance(each, Mapping)]
        keys = [at(each, "attachments", "media_keys") for each in both]
        yield {
            "tweet": tweet,
            "includes": {
                "users": _named(users, [each.get("author_id") for each in both]),
                "tweets": retweeted,
                "media": _named(
                    media, [k for each in keys if isinstance(each, list) for k in each]
                ),
            },
        }


def _named(known: Mapping[Any, Any], ids: list[Any]) -> list[Any]:
    return [known[each] for each in dict.fromkeys(map(str, ids)) if each in known]


def _unwanted(document: Any) -> frozenset[str]:
    told = objects(at(document, "includes", "users"))
    away = {str(each.get("id")) for each in told if asks_for_no_bots(each.get("description"))}
    tweets = objects(at(document, "data"))
    return frozenset(str(each.get("id")) for each in tweets if str(each.get("author_id")) in away)


def _first_trouble(document: Any) -> str:
    """Return the first of the errors that come beside, or in place of, what was asked for."""
    told = [at(document, "errors", 0, name) for name in ("title", "detail")]
    return ": ".join(each for each in told if isinstance(each, str))
