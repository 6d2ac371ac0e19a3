from datetime import timedelta

import pyarrow as pa

from monitor.detect.actions import ACTION_SCHEMA
from monitor.detect.spans import spans, without_span
from tests.monitor.detect import worlds


def named(name: str, *hours: float) -> list[str]:
    rows = [
        {"object": name, "account": "a", "content": f"p{hour}",
         "at": worlds.START + timedelta(hours=hour)}
        for hour in hours
    ]  # fmt: skip
    found = spans(pa.Table.from_pylist(rows, schema=ACTION_SCHEMA))["object"].to_pylist()
    assert {without_span(each) for each in found} == {name}
    return found


def test_a_link_is_another_object_a_day_after_its_first_action() -> None:
    assert named("link:x", 0, 23, 24, 25, 48, 50) == [
        "link:x", "link:x", "link:x", "link:x@1", "link:x@1", "link:x@2",
    ]  # fmt: skip


def test_a_text_is_one_object_whenever_it_is_published() -> None:
    assert named("text:x", 0, 100) == ["text:x", "text:x"]
