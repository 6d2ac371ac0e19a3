"""What may be fetched of X now: the budget of the day, as it stands in the store."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from data.budgets import CHECKS, POSTS, Budget, month_of, x_budget
from data.formats import moment
from data.writes import Spent
from monitor.sources.refused import Refused
from monitor.sources.source import Asking


class Purse:
    """Looks before every question, as another process may spend at the same time."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking
        self._settings = asking.config.x
        start, _ = month_of(asking.now, self._settings.billing_day)
        self._month = start.date().isoformat()

    def budget(self) -> Budget:
        """Return the budget as it is now."""
        used = self._asking.stored.spent(self._month)
        return x_budget(self._settings, used, self._asking.now)

    def posts(self, items: int) -> Spent:
        """Count posts of the search."""
        return Spent(POSTS, self._month, items)

    def checks(self, items: int) -> Spent:
        """Count posts that were looked up."""
        return Spent(CHECKS, self._month, items)

    def empty(self, budget: Budget, least: int) -> Refused:
        """Say that new posts wait for the budget, and until when."""
        at = budget.next_release(budget.posts, least)
        wait = max((at - self._asking.now) / timedelta(seconds=1), 0.0)
        zone = ZoneInfo(self._asking.config.watch.timezone)
        de, en = (moment(at, lang, zone) for lang in ("de", "en"))
        if budget.posts.left < least:
            return Refused(
                "quota",
                de="Das Kontingent dieses Monats für neue Beiträge ist verbraucht ([x] "
                f"monthly_posts). Das nächste beginnt: {de}.",
                en="This month's budget for new posts is spent ([x] monthly_posts). The next one "
                f"begins: {en}.",
                wait=wait,
            )
        return Refused(
            "quota",
            de="Was vom Kontingent auf die Tage bis heute entfällt, ist verbraucht ([x] "
            f"monthly_posts). Weiter geht es: {de}. Was bis dahin geschrieben wird, liest das "
            "Programm nach, soweit X es dann noch zeigt (7 Tage).",
            en="What the budget allots to the days until today is spent ([x] monthly_posts). It "
            f"goes on: {en}. What is written until then is read later, as far as X still shows "
            "it (7 days).",
            wait=wait,
        )
