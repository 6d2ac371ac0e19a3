"""What the page of places is asked to show, as its address says it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from dashboard.filters import LANG, NETWORK, PLACE, TIME, TOPIC, Filters, narrowing, read_filters
from dashboard.here import Here
from data.page_reads.narrowed import Narrowing
from data.page_reads.week import Week, days_to
from data.places import read_places

PATH = "/orte"
STRETCHES = (7, 14, 28)  # days
LEVEL, STADTTEIL, BEZIRK = "ebene", "stadtteil", "bezirk"
WHOLE, YES = "alle", "ja"  # the whole table
PANEL = "ort"  # the part of the page about the chosen place
FIELDS = (TOPIC, NETWORK, LANG)


@dataclass(frozen=True, slots=True)
class View:
    """The level of the map, the days it looks back, the chosen place ("": none), the filters."""

    level: str
    days: int
    chosen: str
    whole: bool
    filters: Filters

    @property
    def own(self) -> dict[str, str]:
        """Give the address' values but the filters; what is usual is left out."""
        return {
            name: value
            for name, value, usual in (
                (LEVEL, self.level, STADTTEIL),
                (TIME, str(self.days), str(STRETCHES[0])),
                (PLACE, self.chosen, ""),
                (WHOLE, YES if self.whole else "", ""),
            )
            if value != usual
        }

    @property
    def query(self) -> str:
        """Write it as an address does after the question mark."""
        return urlencode({**self.own, **self.filters.chosen})

    def link(self, to: str, **changes: object) -> str:
        """Write the way within the page to this view with changes, then to the part `to`."""
        return f"?{replace(self, **changes).query}#{to}"  # type: ignore[arg-type]

    def week(self, at: Here) -> Week:
        """Give the days that are shown, and those before."""
        return days_to(at.now, at.zone, self.days)

    def narrowing(self, at: Here) -> Narrowing:
        """Say what the filters mean; times are the page's own."""
        return narrowing(at, self.filters)


def read_view(address: Mapping[str, object]) -> View:
    """Read the address; what is unknown or broken there is passed over."""
    days = str(address.get(TIME, ""))
    level = BEZIRK if address.get(LEVEL) == BEZIRK else STADTTEIL
    chosen = str(address.get(PLACE, ""))
    known = {each.name for each in read_places() if level == STADTTEIL or each.kind == BEZIRK}
    return View(
        level=level,
        days=int(days) if days in map(str, STRETCHES) else STRETCHES[0],
        chosen=chosen if chosen in known else "",
        whole=address.get(WHOLE) == YES,
        filters=read_filters(address, FIELDS),
    )
