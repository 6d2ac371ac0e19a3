"""The Graph API on loopback, as Meta documents it; its replies are documented, not recorded."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.monitor.instance import Answer

TOKEN = "EAAsecretTOKEN0123456789"
VERSION = "v24.0"


def refusal(
    code: int, subcode: int | None = None, message: str = "An error", status: int = 400
) -> Answer:
    """Refuse as Meta does."""
    told = {"message": message, "type": "OAuthException", "code": code, "fbtrace_id": "AbC"}
    return Answer({"error": told | ({"error_subcode": subcode} if subcode else {})}, status)


EXPIRED = refusal(
    190,
    463,
    "Error validating access token: Session has expired on Friday, 20-Nov-26 02:00:00 PST.",
)
NO_PERMISSION = refusal(
    10, None, "(#10) This endpoint requires the 'instagram_basic' permission", 403
)
MALFORMED = refusal(190, None, f"Malformed access token {TOKEN}")


def listed(items: list[Any], page: str | None) -> dict[str, Any]:
    """Make a page of a list; `page` is the cursor of the next one."""
    if page is None:
        return {"data": items, "paging": {"cursors": {"after": "END"}}}
    return {
        "data": items,
        "paging": {
            "cursors": {"after": page},
            "next": f"https://elsewhere.example/next?access_token={TOKEN}&after={page}",
        },
    }


def usage(percent: int, minutes: int = 0) -> dict[str, str]:
    """Make the headers that tell how much of the limits is used."""
    told = {"call_count": percent, "total_time": 1, "total_cputime": 1}
    business = [{**told, "type": "instagram", "estimated_time_to_regain_access": minutes}]
    return {
        "X-App-Usage": json.dumps({"call_count": 3, "total_time": 1, "total_cputime": 1}),
        "X-Business-Use-Case-Usage": json.dumps({"1784": business}),
    }


@dataclass
class GraphServer:
    """Answers by path, without the version: with a reply, or what a function makes of the query."""

    replies: dict[str, Answer | Callable[[Mapping[str, str]], Answer]] = field(default_factory=dict)
    ends: int = 0  # epoch seconds; when the token ends, 0: never

    def __call__(self, path: str, query: Mapping[str, str]) -> Answer:
        version, _, rest = path.lstrip("/").partition("/")
        if version != VERSION:
            return refusal(2635, None, "You are calling a deprecated version of the API")
        if rest == "debug_token":
            return Answer(
                {"data": {"is_valid": True, "expires_at": self.ends, "scopes": ["instagram_basic"]}}
            )
        reply = self.replies.get(rest, refusal(100, 33, "Unsupported get request."))
        return reply if isinstance(reply, Answer) else reply(query)
