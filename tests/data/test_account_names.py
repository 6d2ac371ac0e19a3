import pytest

from data.account_names import is_account_name, keys_of_names

HANDLES = {"mastodon:1": "Amt@norden.social", "x:2": "amt", "bluesky:did:plc:a": "amt.example.org"}


@pytest.mark.parametrize("name", ["@amt@norden.social", "@amt", "bluesky:did:plc:abc", "x:12"])
def test_a_handle_or_a_key_names_an_account(name: str) -> None:
    assert is_account_name(name)


@pytest.mark.parametrize("name", ["", "amt", "@", "amt@norden.social", "@amt@", "@a b",
                                  "https://norden.social/@amt", "x:", "@amt@norden"])  # fmt: skip
def test_anything_else_does_not(name: str) -> None:
    assert not is_account_name(name)


def test_a_handle_is_the_whole_one_because_anybody_can_take_it_elsewhere() -> None:
    assert keys_of_names(["@amt"], HANDLES) == {"x:2"}
    assert keys_of_names(["@AMT@norden.social"], HANDLES) == {"mastodon:1"}
    assert keys_of_names(["bluesky:did:plc:z"], HANDLES) == {"bluesky:did:plc:z"}
