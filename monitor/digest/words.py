"""The fixed words of the digest's page, German and English."""

from collections.abc import Mapping

_WORDS: Mapping[str, tuple[str, str]] = {
    "title": ("Wochenbericht", "Weekly digest"),
    "week": ("Kalenderwoche", "Week"),
    "sample": (
        "Beispieldaten: Alle Konten, Beiträge und Einrichtungen in diesem Bericht sind erfunden.",
        "Sample data: all accounts, posts and institutions in this digest are invented.",
    ),
    "running_week": (
        "Die Woche läuft noch; verglichen wird mit der Vorwoche bis zur selben Stunde.",
        "The week is still running; it is compared with the week before up to the same hour.",
    ),
    "in_short": ("Die Woche in Kürze", "The week in short"),
    "enough": ("Zu keinem Thema fehlen Angebote", "No topic lacks offers"),
    "balance": ("Gesuche und Angebote nach Thema", "Calls for help and offers by topic"),
    "balance_note": (
        "Zwei Themen in einem Beitrag zählen beide.",
        "Two topics in one post count both.",
    ),
    "topic": ("Thema", "Topic"),
    "needs": ("Gesuche", "Calls"),
    "offers": ("Angebote", "Offers"),
    "gap": ("Lücke", "Gap"),
    "gap_before": ("Vorwoche", "Week before"),
    "picture": ("Bild", "Picture"),
    "key_need": ("Gesuche", "calls"),
    "key_offer": ("Angebote", "offers"),
    "days": ("Beiträge je Tag", "Posts a day"),
    "day": ("Tag", "Day"),
    "this_week": ("diese Woche", "this week"),
    "before": ("Vorwoche", "week before"),
    "quotes": ("Worauf noch niemand geantwortet hat", "What nobody has answered yet"),
    "quotes_note": (
        "Gekürzt, ohne Namen und Adressen. Antworten in privaten Nachrichten sind nicht zu sehen.",
        "Shortened, without names and addresses. Answers in private messages cannot be seen.",
    ),
    "quotes_none": (
        "Jedes Gesuch der Woche hat eine sichtbare Antwort. Danke!",
        "Every call of the week has a visible answer. Thank you!",
    ),
    "not_tagged": ("Das ist noch nicht bestimmt.", "This is not known yet."),
    "not_looked": ("Danach wurde noch nicht gesucht.", "Nobody has looked yet."),
    "urgent": ("dringend", "urgent"),
    "places": ("Orte", "Places"),
    "place": ("Ort", "Place"),
    "posts": ("Beiträge", "Posts"),
    "places_none": ("Kein Beitrag nannte einen Ort.", "No post named a place."),
    "network": ("Netzwerk", "Network"),
    "communities": ("Größte Gemeinschaften", "Largest communities"),
    "members": ("Konten", "accounts"),
    "warnings": ("Warnungen und Entscheidungen", "Warnings and decisions"),
    "warnings_none": (
        "Nichts fiel auf. So ist es gut.",
        "Nothing stood out. All is well.",
    ),
    "against": ("Was dagegen spricht", "What speaks against it"),
    "against_none": ("nichts Bekanntes", "nothing known"),
    "alert": ("Warnung", "Warning"),
    "watch": ("Beobachtung", "Watched"),
    "open": ("noch nicht entschieden", "not decided yet"),
    "confirm": ("von Menschen bestätigt", "confirmed by people"),
    "dismiss": ("von Menschen verworfen", "dismissed by people"),
    "sources": ("Datenquellen", "Sources"),
    "source": ("Quelle", "Source"),
    "state": ("Zustand", "State"),
    "missing": ("nicht gelesen", "not read"),
    "missing_none": ("nichts", "nothing"),
    "about": ("Was der Bericht zeigt und was nicht", "What the digest shows and what not"),
    "about_text": (
        "Gezählt sind öffentliche Beiträge mit dem Hashtag auf den gelesenen Netzwerken; was sonst "
        "geholfen oder gefragt wird, steht hier nicht. Themen, Gesuche und Angebote erkennt ein "
        "Programm, und es irrt sich. „Auffällig gleich“ beschreibt ein Verhalten und ist kein "
        "Urteil über Menschen; entscheiden können nur Menschen.",
        "Counted are public posts with the hashtag on the networks that were read; other help and "
        "other questions are not here. A program recognises topics, calls and offers, and it "
        "errs. “Strikingly alike” describes behaviour and is no judgement of people; only people "
        "decide.",
    ),
    "made": ("Erstellt am", "Made on"),
    "ok": ("liefert", "delivers"),
    "empty": ("liefert, nichts Neues", "delivers, nothing new"),
    "no_token": ("Zugang fehlt", "no login here"),
    "denied": ("verweigert den Zugang", "denies access"),
    "not_found": ("gibt es dort nicht", "not found there"),
    "limited": ("bremst die Abfragen", "limits requests"),
    "unavailable": ("meldet eine Störung", "reports a fault"),
    "unreachable": ("nicht erreichbar", "cannot be reached"),
    "garbled": ("antwortet unleserlich", "answers unreadably"),
    "off": ("abgeschaltet", "switched off"),
    "quota": ("Kontingent verbraucht", "quota used up"),
    "running": ("läuft gerade", "running"),
    "failed": ("Fehler im Programm", "error in the program"),
    "read_once": ("eingelesen", "read in"),
}


def words(lang: str) -> dict[str, str]:
    """Give all words in `lang`."""
    return {key: pair[1 if lang == "en" else 0] for key, pair in _WORDS.items()}


def source_name(name: str, lang: str) -> str:
    """Name a source as people know it."""
    names = {
        "mastodon": ("Mastodon", "Mastodon"),
        "bluesky": ("Bluesky", "Bluesky"),
        "telegram": ("Telegram", "Telegram"),
        "rss": ("RSS und Atom", "RSS and Atom"),
        "file": ("Dateien", "Files"),
        "sample": ("Beispieldaten (erfunden)", "Sample data (invented)"),
    }
    return names.get(name, (name, name))[1 if lang == "en" else 0]
