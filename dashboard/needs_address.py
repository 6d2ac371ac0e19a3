"""What the address of needs and offers says: the filters, and the page of the list."""

from dashboard.filters import LANG, NETWORK, PLACE, TIME, TOPIC, URGENT

PATH, CSV_PATH = "/bedarf", "/csv/bedarf"
DAYS = 14  # how far back needs are shown, where the address does not say
FIELDS = (TIME, NETWORK, TOPIC, PLACE, LANG, URGENT)
PAGE, LIST = "seite", "gesuche"  # in the address, and the part of the page that is the list
