"""Names of the network's communities: what they speak of and where."""

from collections.abc import Mapping

from data.community_names import community_name, unlike
from data.digest_reads import Net


def named(net: Net, topics: Mapping[str, str]) -> list[tuple[str | None, int]]:
    """Give name and number of accounts, largest first; None where nothing sets one apart."""
    names = unlike([community_name(each.spoken, net.spoken, topics) for each in net.communities])
    return [(name, each.accounts) for name, each in zip(names, net.communities, strict=True)]
