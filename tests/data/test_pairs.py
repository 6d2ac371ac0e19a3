from collections import Counter

from data.pairs import OF_WEIGHTS, read_pairs


def test_every_answer_is_an_offer_of_another_account_in_the_same_part() -> None:
    rows = list(read_pairs())
    by_id = {(row["part"], row["id"]): row for row in rows}
    assert len(by_id) == len(rows)
    for row in rows:
        assert ("answers" in row) == (row["side"] == "need")
        for answer in row.get("answers", ()):
            offer = by_id[row["part"], answer]
            assert offer["side"] == "offer"
            assert offer["account"] != row["account"]


def test_no_text_comes_twice_and_what_the_weights_are_learned_from_is_there() -> None:
    rows = list(read_pairs())
    assert max(Counter(row["text"].strip() for row in rows).values()) == 1
    assert {row["part"] for row in rows} > set(OF_WEIGHTS)
