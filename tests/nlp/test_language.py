"""Which language a text is said to be in."""

import pytest

from nlp.language import language


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Wir suchen noch Decken für die Halle", "de"),
        ("Kinderwagen gesucht", "de"),
        ("need ride to airport 4am", "en"),
        ("We are looking for a Wohnung near the Jobcenter Wandsbek", "en"),
        ("Хтось знає, чи є місця?", "uk"),
        ("Подскажите, где это?", "ru"),
        ("نحتاج ثلاجة صغيرة", "ar"),
        ("کسی هست که کمک کند؟", "fa"),
        ("سلامونه، زه په هامبورګ کې یم", "ps"),
        ("Merhaba, ev arıyoruz", "tr"),
        ("Bonsoir, je cherche un avocat", "fr"),
        ("Hola, busco trabajo", "es"),
        ("ሰላም ኣሕዋት", "ti"),
        ("Waxaan raadinayaa qol yar", "so"),
        ("Përshëndetje, a mund të më thotë dikush", "sq"),
        ("Spas ji koma muzîkê re, dilê min geş bû!", "ku"),
        ("Завтра термін у Ausländerbehörde Hamburg, Jobcenter, чи є хтось?", "uk"),
        ("#Flüchtlingsunterkunft #Wilhelmsburg", "de"),
        ("🎒 110 https://example.org/the/and/of", "und"),
        ("漢字", "und"),
        ("", "und"),
    ],
)
def test_the_main_language_is_told(text: str, lang: str) -> None:
    assert language(text) == lang
