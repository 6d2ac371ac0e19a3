"""Why an item could not be read, in words; what a mapper hands back instead of a post."""

from dataclasses import dataclass

from data.errors import RecordError

LONGEST_BODY = 2_000  # characters of an item that are kept to look at

REASONS = {  # code -> (German, English); whoever raises a RecordError takes its code from here
    "id_missing": ("Eine Kennung fehlt.", "An id is missing."),
    "id_too_long": (
        "Eine Kennung ist länger als 512 Zeichen.",
        "An id is longer than 512 characters.",
    ),
    "id_broken": (
        "Eine Kennung enthält Steuerzeichen.",
        "An id contains control characters.",
    ),
    "time_missing": ("Die Zeit fehlt.", "The time is missing."),
    "time_unreadable": ("Die Zeit ist nicht lesbar.", "The time cannot be read."),
    "time_implausible": (
        "Die Zeit liegt vor 2004 oder in der Zukunft.",
        "The time is before 2004 or in the future.",
    ),
    "not_an_object": ("Das ist kein JSON-Objekt.", "This is not a JSON object."),
    "network_unknown": ("Das Netzwerk ist unbekannt.", "The network is unknown."),
    "account_missing": (
        "Es ist nicht angegeben, wer das geschrieben hat.",
        "It does not say who wrote this.",
    ),
    "text_too_long": (
        "Der Text ist länger als 100.000 Zeichen.",
        "The text is longer than 100,000 characters.",
    ),
    "json_broken": ("Das ist kein gültiges JSON.", "This is not valid JSON."),
    "line_cut_off": (
        "Die Zeile ist abgeschnitten (Ende der Datei).",
        "The line is cut off (end of the file).",
    ),
    "line_too_long": ("Die Zeile ist zu lang.", "The line is too long."),
    "encoding_broken": (
        "Die Zeichen sind weder UTF-8 noch eine andere erkannte Kodierung.",
        "The characters are neither UTF-8 nor another known encoding.",
    ),
    "columns_missing": (
        "Der Tabelle fehlen Spalten.",
        "The table lacks columns.",
    ),
    "archive_broken": (
        "Die gepackte Datei ist beschädigt oder abgeschnitten.",
        "The compressed file is damaged or cut off.",
    ),
    "file_empty": ("Die Datei ist leer.", "The file is empty."),
    "format_unknown": (
        "Das Format ist nicht bekannt.",
        "The format is not known.",
    ),
    "field_unreadable": (
        "Ein nötiges Feld hat eine unerwartete Form.",
        "A required field has an unexpected form.",
    ),
    "not_a_post": (
        "Das ist kein Beitrag, sondern etwas anderes (ein Profil, ein Gefällt-mir).",
        "This is no post but something else (a profile, a like).",
    ),
    "visibility_private": (
        "Der Beitrag ist nicht öffentlich.",
        "The post is not public.",
    ),
}
_OTHER = (
    "Der Eintrag ließ sich nicht lesen (Grund: {code}).",
    "The item could not be read (reason: {code}).",
)


@dataclass(frozen=True, slots=True)
class Rejected:
    """An item that is not a post. `line` counts from 1 in a file; None for a network's reply."""

    line: int | None
    error: RecordError
    body: str


def sentence(code: str, lang: str) -> str:
    """Say in `lang` ("de" or "en") why an item was not read; also for codes of other versions."""
    de, en = REASONS.get(code, _OTHER)
    return (en if lang == "en" else de).format(code=code)
