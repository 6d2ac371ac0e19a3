"""The digest as a JSON document, for programs: keys in English, counts as numbers."""

from collections.abc import Mapping
from typing import Any

from data.changes import change_words
from data.page_reads.calls import Answered
from data.page_reads.warnings import Group
from data.reasons import sentence
from data.records import iso
from monitor.digest.communities import named
from monitor.digest.sentences import sentences
from monitor.digest.summary import Digest


def document(digest: Digest, topics: Mapping[str, str], lang: str) -> dict[str, Any]:
    """Give the week as plain lists and dicts; sentences and names in `lang`."""
    now, before = digest.gathered.talk, digest.gathered.talk_before
    return {
        "week": digest.name,
        "from": iso(digest.week.start),
        "to": iso(digest.week.end),
        "lang": lang,
        "made_at": iso(digest.made_at),
        "sample": digest.sample,
        "sentences": sentences(digest, topics, lang),
        "posts": {"count": now.posts, "before": before.posts},
        "accounts": {
            "count": now.accounts,
            "before": before.accounts,
            "new": digest.gathered.newcomers,
        },
        "replies": {"count": now.replies, "before": before.replies},
        "reposts": {"count": now.reposts, "before": before.reposts},
        "intents": {"count": digest.gathered.intents, "before": digest.gathered.intents_before},
        "urgent_calls": _answered(digest.gathered.urgent, digest.gathered.urgent_before),
        "questions": _answered(digest.gathered.questions, digest.gathered.questions_before),
        "days": [
            {"day": each.day.isoformat(), "posts": each.posts, "before": each.before}
            for each in digest.days
        ],
        "topics": [
            {
                "topic": each.key,
                "name": topics.get(each.key, each.key),
                "needs": each.now.needs,
                "offers": each.now.offers,
                "gap": each.now.gap,
                "needs_before": each.before.needs,
                "offers_before": each.before.offers,
            }
            for each in digest.topics
        ],
        "places": [
            {
                "place": each.name,
                "posts": each.posts,
                "before": each.before,
                "needs": each.needs,
                "offers": each.offers,
            }
            for each in digest.places
        ],
        "unanswered": [
            {
                "text": each.text,
                "lang": each.lang,
                "urgent": each.urgent,
                "topics": list(each.topics),
                "places": list(each.places),
                "created_at": iso(each.at),
            }
            for each in digest.quotes
        ],
        "communities": [
            {"name": name, "accounts": accounts}
            for name, accounts in named(digest.gathered.net, topics)
        ],
        "connectors": digest.gathered.net.connectors,
        "warnings": [_warning(each, lang) for each in digest.warnings],
        "decisions": dict(digest.gathered.decided),
        "sources": [
            {
                "source": each.name,
                "origin": each.origin,
                "posts": each.posts,
                "state": each.run.state if each.run else None,
                "gaps": [{"from": iso(gap.start), "to": iso(gap.end)} for gap in each.gaps],
            }
            for each in digest.sources
        ],
    }


def _answered(now: Answered, before: Answered) -> dict[str, int]:
    return {
        "count": now.all,
        "unanswered": now.open,
        "count_before": before.all,
        "unanswered_before": before.open,
    }


def _warning(group: Group, lang: str) -> dict[str, Any]:
    return {
        "id": group.id,
        "level": group.level,
        "score": group.score,
        "accounts": group.accounts,
        "networks": list(group.networks),
        "first": iso(group.first),
        "last": iso(group.last),
        "verdict": group.verdict,
        "decided_at": iso(group.decision.at) if group.decision else None,
        "changed": change_words(group.change, lang) if group.change else None,
        "reasons": [{**each, "text": sentence(each, lang)} for each in group.reasons],
    }
