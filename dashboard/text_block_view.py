"""Texts to copy into an answer: in the language of the question, in German, and in others."""

from collections.abc import Sequence

from dash import html

from dashboard.copying import copy_button
from dashboard.here import Here
from dashboard.label_names import label_name
from data.contacts import Contact
from data.text_blocks import TextBlock

PROOFREAD = ("de", "en")  # the others say that somebody should read them first


def text_blocks(
    at: Here, blocks: Sequence[TextBlock], lang: str, contact: Contact | None
) -> html.Section:
    """Build the section; `lang` is the question's language, `contact` goes into the texts."""
    return html.Section(
        [
            html.H2(at.say("block.title")),
            html.P(at.say("block.explains"), className="quiet"),
            html.Ul([_block(at, each, lang, contact) for each in blocks], className="calls"),
        ],
        className="card",
        id="bausteine",
    )


def _block(at: Here, block: TextBlock, lang: str, contact: Contact | None) -> html.Li:
    own = lang if lang in block.text else "en"
    first = list(dict.fromkeys((own, "de")))
    others = [each for each in block.text if each not in first]
    return html.Li(
        [
            html.H3(block.name(at.lang)),
            html.P(html.Span(at.say("block.private"), className="tag tag-act"), className="tags")
            if block.private
            else None,
            html.Div([_text(at, block, each, contact) for each in first], className="texts"),
            html.Details(
                [
                    html.Summary(at.count("block.more", len(others))),
                    html.Div(
                        [_text(at, block, each, contact) for each in others], className="texts"
                    ),
                ]
            ),
        ],
        className="call",
    )


def _text(at: Here, block: TextBlock, lang: str, contact: Contact | None) -> html.Div:
    name = f"baustein-{block.key}-{lang}"
    language = label_name(at, "lang", lang)
    return html.Div(
        [
            html.H4(
                [
                    language,
                    html.Span(f" – {at.say('block.unread')}", className="quiet")
                    if lang not in PROOFREAD
                    else None,
                ]
            ),
            html.P(block.filled(lang, _named(at, contact, lang)), id=name, lang=lang, dir="auto"),
            copy_button(at, name, f"{block.name(at.lang)}, {language}"),
        ],
        className="text-to-copy",
    )


def _named(at: Here, contact: Contact | None, lang: str) -> str:
    """Name the contact with its best number; in German, where no English is spoken."""
    if contact is None:
        return at.say("block.no_contact")
    name = contact.name("en" if lang == "en" else "de")
    return ", ".join(filter(None, (name, *contact.phone[:1], contact.web)))
