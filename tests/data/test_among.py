"""A condition with more values than one statement could hold as parameters."""

import pytest
from sqlalchemy import Engine, select

from data.among import among
from data.tables import posts
from data.writes import upsert_posts
from tests import make
from tests.make import NOW


@pytest.mark.parametrize("many", [0, 1, 70_000])
def test_rows_are_found_among_many_texts_and_many_numbers(engine: Engine, many: int) -> None:
    seen = [make.post("0"), make.post("'1' OR 1=1 --"), make.post("ä🙏")]
    texts = [post.id for post in seen[1:]] + [str(number) for number in range(100, 100 + many)]
    with engine.begin() as connection:
        upsert_posts(connection, seen, "mastodon", NOW)
        by_text = select(posts.c.id).where(among(connection, posts.c.native_id, texts))
        assert sorted(connection.scalars(by_text)) == [2, 3]
        by_number = select(posts.c.id).where(among(connection, posts.c.id, range(1, many)))
        assert len(connection.scalars(by_number).all()) == min(3, max(0, many - 1))
