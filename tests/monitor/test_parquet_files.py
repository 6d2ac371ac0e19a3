"""Parquet files: rows are posts like lines are."""

import gzip
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from data.quarantine import Rejected
from data.records import Post, post_to_json
from monitor.cli import cli
from monitor.sources.files import PostFile, read_posts
from tests.make import account, post

File = Callable[[bytes], Path]
AT = datetime(2026, 11, 16, 8, 3, 11, tzinfo=UTC)
ANA = account("ana", name="Ana =1+1", followers=3, bot=False)


@pytest.fixture
def file(tmp_path: Path) -> File:
    def write(content: bytes) -> Path:
        path = tmp_path / "posts"  # told by its content, not by its name
        path.write_bytes(content)
        return path

    return write


def parquet(rows: list[dict[str, Any]], schema: pa.Schema | None = None) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows, schema), out)
    return out.getvalue()


def flat(**known: Any) -> dict[str, Any]:
    return {"network": "mastodon", "id": "p1", "created_at": AT, "account_id": "ana", **known}


def test_a_row_with_the_fields_of_the_jsonl_is_the_same_post(file: File) -> None:
    given = post("p1", by=ANA, created_at=AT, text="Moin", links=("https://a.example",), likes=0)
    source = PostFile(file(parquet([post_to_json(given)])))
    assert list(source) == [given]
    assert source.format == "parquet"


@pytest.mark.parametrize("kind", [pa.timestamp("ns", "UTC"), pa.timestamp("s"), pa.string()])
def test_an_account_may_be_flat_and_a_time_be_of_any_kind(file: File, kind: pa.DataType) -> None:
    at = "2026-11-16T08:03:11Z" if kind == pa.string() else AT
    columns = {"network": pa.string(), "id": pa.string(), "created_at": kind}
    schema = pa.schema({**columns, "account_id": pa.string(), "account_handle": pa.string()})
    [got] = read_posts(file(parquet([flat(created_at=at, account_handle="ana@hier")], schema)))
    assert isinstance(got, Post)
    assert (got.created_at, got.account.id, got.account.handle) == (AT, "ana", "ana@hier")


def test_a_row_that_is_no_post_is_told_with_its_number_and_reason(file: File) -> None:
    rows = [flat(), flat(id="p2", account_id=None), flat(id="x" * 10_000), flat(id="p4")]
    found = list(read_posts(file(parquet(rows))))
    told = [(each.line, each.error.code) for each in found if isinstance(each, Rejected)]
    assert told == [(2, "id_missing"), (3, "id_too_long")]
    assert [each.id for each in found if isinstance(each, Post)] == ["p1", "p4"]


def test_a_packed_one_is_read_and_a_cut_off_one_told(file: File) -> None:
    whole = parquet([flat()])
    assert [type(each) for each in read_posts(file(gzip.compress(whole)))] == [Post]
    [cut] = read_posts(file(whole[:-20]))
    assert isinstance(cut, Rejected)
    assert cut.error.code == "archive_broken"


def test_detect_and_tag_take_it(file: File) -> None:
    path = str(file(parquet([flat(text="Suche Zimmer in Altona")])))
    detected = CliRunner().invoke(cli, ["detect", "--posts", path, "--json"])
    assert json.loads(detected.stdout)["posts"] == 1
    assert CliRunner().invoke(cli, ["detect", "--posts", path, "--pairs", "--json"]).stdout == ""
    tagged = json.loads(CliRunner().invoke(cli, ["tag", "--posts", path, "--json"]).stdout)
    assert tagged["id"] == "p1"
    assert tagged["places"][0]["place"] == "Altona"
