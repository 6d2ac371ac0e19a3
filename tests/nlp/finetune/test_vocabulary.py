"""Which pieces of the original's vocabulary are kept."""

from nlp.finetune.vocabulary import kept

SPECIAL = ["<s>", "<pad>", "</s>", "<unk>"]


def test_words_of_the_label_languages_stay_and_others_go() -> None:
    words = [
        "▁Wohnung",
        "кімната",
        "غرفة",
        "ክፍል",
        "▁İş",
        "ødelagt",
        "部屋",
        "▁дім",
        "कमरा",
        "căuta",
    ]
    stay = kept([*SPECIAL, *words])
    assert [words[number - 4] for number in stay[4:]] == [
        *("▁Wohnung", "кімната", "غرفة", "ክፍል", "▁İş", "▁дім"),
    ]


def test_signs_that_are_no_letters_stay_and_so_do_single_letters_of_the_scripts() -> None:
    stay = kept([*SPECIAL, "▁", "👍", "2015", "!", "ø", "▁ă", "部"])
    assert stay == list(range(10))
