"""Which Hamburg places a text means."""

import pytest

from nlp.places import Gazetteer
from nlp.tagged import FoundPlace
from nlp.tokens import Tokenizer


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer()


MEANT = [
    ("Kleiderkammer in Altona sucht Jacken", ["Altona"]),
    ("Altonaer Rathaus, Zimmer 3", ["Altona"]),
    ("Billstedter Unterkunft braucht Hilfe", ["Billstedt"]),
    ("Treffen in #Wilhelmsburg", ["Wilhelmsburg"]),
    ("heute #stpauli und #StGeorg", ["St. Pauli", "St. Georg"]),
    ("#BarmbekNord und #GroßBorstel", ["Barmbek-Nord", "Groß Borstel"]),
    ("#WilhelmsburgHilft", ["Wilhelmsburg"]),
    ("wir sind in St.Pauli", ["St. Pauli"]),
    ("Tanzschule in Sankt Georg", ["St. Georg"]),
    ("auf Pauli", ["St. Pauli"]),
    ("Deutschkurs in Farmsen und Berne", ["Farmsen-Berne"]),
    ("Zeltlager in Fischbek", ["Neugraben-Fischbek"]),
    ("Die ganze Altstadt war dicht", ["Hamburg-Altstadt"]),
    ("Praxis in Altona-Altstadt", ["Altona-Altstadt"]),
    ("Bezirk Nord prüft", ["Hamburg-Nord"]),
    ("im Bezirksamt Mitte", ["Hamburg-Mitte"]),
    ("Hotel in der Hafencity", ["HafenCity"]),
    ("Job in Hammerbrook", ["Hammerbrook"]),
    ("neue Wohnung in Neuallermöhe", ["Neuallermöhe"]),
    ("Demo durch die Neustadt", ["Neustadt"]),
    ("an der Hammer Straße 30", ["Hamm"]),
    ("Turnhalle in Hamm-Süd", ["Hamm"]),
    ("die Schule in Horn öffnet", ["Horn"]),
    ("Feuerwehr am Horner Weg", ["Horn"]),
    ("Neuländer Deich", ["Neuland"]),
    ("Eimsbuettel und Eimsbuttel", ["Eimsbüttel"]),
    ("HARBURG braucht Decken", ["Harburg"]),
    ("ist das in langenhorn", ["Langenhorn"]),
    ("Altona'da yaşıyorum", ["Altona"]),
    ("Wilhelmsburg’daki fırın", ["Wilhelmsburg"]),
    ("в Бергедорфе сдаётся комната", ["Bergedorf"]),
    ("у Вандсбеку", ["Wandsbek"]),
    ("Санкт-Паули", ["St. Pauli"]),
    ("في هاربورغ", ["Harburg"]),
    ("غرفة بهاربورغ", ["Harburg"]),
    ("در آلتونا", ["Altona"]),
    ("بارمبك الجنوبية", ["Barmbek-Süd"]),
]
NOT_MEANT = [
    "Nachbar übt wieder Horn",
    "Took up the French horn at 40",
    "Rund um Kap Horn",
    "Frau Horn aus der Beratung",
    "Familie zieht aus Hamm (Westf.) zur Oma",
    "Hammer-Angebot im Baumarkt",
    "Herr Hamm ruft zurück",
    "Neustadt an der Weinstraße im Frühling",
    "Strandkorb in Neustadt/Holstein",
    "Grüße aus Bern, 14 Grad",
    "Mitte Mai geht es weiter, die politische Mitte schweigt",
    "Auslandssemester: Ist Altona bei Melbourne okay?",
    "Datenschutz ist immer noch Neuland",
    "Kurz vor Schluss rissen alle Stricke",
    "Niendorf an der Ostsee",
    "Langenhorn (Nordfriesland!)",
    "Biergarten in Harburg (Schwaben)",
    "Landkreis Harburg",
    "Leipzig: Krankenhaus St. Georg",
    "das Einzige ist meine Eppendorf-Pipette",
    "une avocate francophone",
    "Treffen in Barmbek, auf der Schanze und im Grindel",
    "Klein Flottbek, Klein Borstel",
    "Hamburg hilft, HH hilft",
    "https://example.org/altona/horn",
    "alles gut, Moor und Heide",
    "den Norden lieben",
]


@pytest.mark.parametrize(("text", "places"), MEANT)
def test_a_place_is_found_however_it_is_written(
    text: str, places: list[str], gazetteer: Gazetteer, tokenizer: Tokenizer
) -> None:
    found = gazetteer.find(text, tokenizer.read(text).words)
    assert [each.place for each in found] == places


@pytest.mark.parametrize("text", NOT_MEANT)
def test_a_word_that_only_looks_like_a_place_is_none(
    text: str, gazetteer: Gazetteer, tokenizer: Tokenizer
) -> None:
    assert gazetteer.find(text, tokenizer.read(text).words) == []


def test_the_evidence_is_the_words_as_the_text_has_them_and_the_bezirk_is_given(
    gazetteer: Gazetteer, tokenizer: Tokenizer
) -> None:
    text = "Die Luruper und #Wilhelmsburg"
    assert gazetteer.find(text, tokenizer.read(text).words) == [
        FoundPlace("Lurup", "Altona", "Luruper"),
        FoundPlace("Wilhelmsburg", "Hamburg-Mitte", "#Wilhelmsburg"),
    ]


def test_a_doubtful_name_holds_beside_a_certain_one(
    gazetteer: Gazetteer, tokenizer: Tokenizer
) -> None:
    text = "Drei Umzüge: erst Horn, dann Lohbrügge"
    found = gazetteer.find(text, tokenizer.read(text).words)
    assert [each.place for each in found] == ["Horn", "Lohbrügge"]


@pytest.mark.parametrize("text", ["هام: غدا الموعد", "أمر هام جدا"])
def test_the_arabic_word_for_important_is_not_hamm(
    text: str, gazetteer: Gazetteer, tokenizer: Tokenizer
) -> None:
    assert gazetteer.find(text, tokenizer.read(text).words) == []


@pytest.mark.parametrize(
    "text", ["у Вільгельмсбурзі", "Бланкенезэ", "в Финкенвердере", "بفينكنفيردر"]
)
def test_a_name_written_by_ear_is_recognised(
    text: str, gazetteer: Gazetteer, tokenizer: Tokenizer
) -> None:
    assert len(gazetteer.find(text, tokenizer.read(text).words)) == 1
