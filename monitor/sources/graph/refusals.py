"""What the Graph API says where it does not deliver, as states that people see. Pure.

Codes: developers.facebook.com/docs/graph-api/guides/error-handling and
…/docs/instagram-platform/instagram-graph-api/reference/error-codes.
"""

from typing import Any

from monitor.items.fields import at, word
from monitor.sources.refused import Refused

AN_HOUR = 3_600.0  # seconds; the limits count over one hour that moves along
TOO_MANY = 429
QUOTED = 160  # characters of Meta's own words that are kept
GONE = frozenset(
    ((100, 33), (803, None))
)  # (code, subcode): no such object, or none that we may see
NO_HASHTAG = (24, 2207024)  # nobody has used it on Instagram

_PASSING = frozenset((-2, -1, 1, 2))  # a fault of the moment
_RATE = frozenset((4, 17, 32, 341, 368, 613, *range(80_000, 80_015)))
_RESOURCES = 18  # of hashtags: more than thirty in seven days, whoever asked for them
_TOKEN = frozenset((102, 190, 463, 467))
_PERMISSION = frozenset((3, 10, *range(200, 300)))
_WHY = {  # subcode of a token that is no longer good: German, English
    458: ("die App ist nicht mehr verbunden", "the app is no longer connected"),
    460: ("das Passwort wurde geändert", "the password was changed"),
    463: ("er ist abgelaufen", "it has expired"),
    467: ("er gilt nicht mehr", "it is no longer valid"),
    492: ("die Rolle auf der Seite fehlt", "the role on the page is missing"),
}


class GraphError(Refused):
    """A refusal with Meta's numbers."""

    def __init__(self, refused: Refused, code: int | None, subcode: int | None) -> None:
        super().__init__(refused.state, refused.de, refused.en, refused.said, refused.wait)
        self.code = code
        self.subcode = subcode

    @property
    def is_gone(self) -> bool:
        """Say whether Meta has no such object, or none that we may see."""
        return (self.code, self.subcode) in GONE or (self.code, None) in GONE


def graph_error(status: int, document: Any, wait: float | None, variable: str) -> GraphError:
    """Read a refusal.

    `wait` are the seconds after which the usage headers say that it is open again; `variable` names
    where the token comes from.
    """
    told = at(document, "error")
    code, subcode = _number(at(told, "code")), _number(at(told, "error_subcode"))
    message = word(at(told, "message")) or ""
    numbers = "/".join(str(each) for each in (code, subcode) if each is not None)
    said = " ".join(part for part in (str(status), numbers and f"({numbers})", message) if part)
    made = _refused(status, told, code, subcode, variable)
    return GraphError(
        Refused(made[0], made[1], made[2], said[:QUOTED], wait or _waits(made[0])), code, subcode
    )


def limited(wait: float, said: str | None = None) -> Refused:
    """Say that Meta wants to be left alone for `wait` seconds."""
    return Refused("limited", *_LIMITED, said, wait)


_LIMITED = (
    "Meta nimmt gerade keine weiteren Anfragen an. Nach der Pause geht es von selbst weiter.",
    "Meta takes no more requests just now. After the pause it goes on by itself.",
)


def _refused(
    status: int, told: Any, code: int | None, subcode: int | None, variable: str
) -> tuple[str, str, str]:
    """Return state, German and English words."""
    if code in _RATE or (code is None and status == TOO_MANY):
        return ("limited", *_LIMITED)
    if code == _RESOURCES:
        return (
            "quota",
            "Mit diesem Konto sind in sieben Tagen schon dreißig Hashtags gesucht worden, auch "
            "außerhalb dieses Programms. Mehr erlaubt Meta nicht.",
            "This account has searched for thirty hashtags in seven days already, also outside "
            "this program. Meta does not allow more.",
        )
    if code in _TOKEN:
        de, en = _WHY.get(subcode or code, ("Meta nimmt ihn nicht an", "Meta does not take it"))
        return (
            "denied",
            f"Der Zugang in {variable} gilt nicht: {de}. Im Konto bei Meta einen neuen anlegen "
            "und dort eintragen.",
            f"The token in {variable} is not valid: {en}. Make a new one in the account at Meta "
            "and put it there.",
        )
    if code in _PERMISSION:
        return (
            "denied",
            f"Dem Zugang in {variable} fehlt eine Berechtigung. Welche, sagt Meta; sie muss bei "
            "Meta beantragt und freigegeben sein.",
            f"The token in {variable} lacks a permission. Meta says which; it must be applied "
            "for and granted at Meta.",
        )
    if (code, subcode) in GONE or (code, None) in GONE:
        return (
            "not_found",
            "Das gibt es bei Meta nicht, oder der Zugang darf es nicht sehen. Die Nummer in "
            "hhhilft.toml prüfen.",
            "Meta has no such thing, or the token may not see it. Check the number in "
            "hhhilft.toml.",
        )
    if code in _PASSING or at(told, "is_transient") is True:
        return (
            "unavailable",
            "Meta meldet eine Störung. Es wird wieder versucht.",
            "Meta reports a fault. It is tried again.",
        )
    return (
        "denied",
        "Meta weist die Anfrage zurück. Den Grund nennt Meta selbst; hilft er nicht weiter, die "
        "Einstellung version prüfen.",
        "Meta turns the request down. It gives the reason itself; if that does not help, check "
        "the setting version.",
    )


def _waits(state: str) -> float | None:
    return AN_HOUR if state == "limited" else None


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
