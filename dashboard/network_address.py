"""What the address of the network says: the filters, and the account whose panel is open."""

from dashboard.filters import LANG, NETWORK, PLACE, TIME, TOPIC, Filters, address

PATH, CSV_PATH = "/netzwerk", "/csv/netzwerk"
DAYS = 28  # how far back is asked what an account wrote, where the address does not say
FIELDS = (TIME, NETWORK, TOPIC, PLACE, LANG)
CHOSEN, PANEL, LIST = "konto", "konto", "liste"  # in the address, and parts of the page


def account_address(filters: Filters, account: int) -> str:
    """Write the address of the panel of this account within the page, narrowed as it is."""
    return address("", {**filters.chosen, CHOSEN: str(account)})
