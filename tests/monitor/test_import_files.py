"""Posts from files: every readable post gets in, every other is told with line and reason."""

import gzip
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import zstandard
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, func, select

from data.config import Config
from data.errors import SourceError
from data.quarantine import REASONS, Rejected
from data.records import Post, post_to_json
from data.tables import accounts, posts, quarantine
from monitor import steps
from monitor.cli import cli
from monitor.commands.import_ import progress_line
from monitor.reports import Imported
from monitor.sources.files import PostFile, read_posts
from monitor.sources.files.coortweet import read_shares
from tests.make import NOW, account, post

CSV = "object_id,account_id,content_id,timestamp_share\n"


def jsonl(*names: str, **known: Any) -> bytes:
    lines = [json.dumps(post_to_json(post(name, **known)), ensure_ascii=False) for name in names]
    return "".join(f"{line}\n" for line in lines).encode()


def read(path: Path) -> tuple[list[str], list[tuple[int | None, str]]]:
    """Return the ids of the posts, and line and reason of everything else."""
    ids, others = [], []
    for found in read_posts(path):
        if isinstance(found, Rejected):
            others.append((found.line, found.error.code))
            assert found.error.code in REASONS
        else:
            ids.append(found.id)
    return ids, others


@pytest.fixture
def file(tmp_path: Path) -> Callable[[bytes], Path]:
    def write(content: bytes) -> Path:
        path = tmp_path / "posts"
        path.write_bytes(content)
        return path

    return write


File = Callable[[bytes], Path]


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstandard.compress])
def test_a_file_is_read_whatever_its_name_and_packing(
    file: File, pack: Callable[[bytes], bytes]
) -> None:
    assert read(file(pack(jsonl("p1", "p2")))) == (["p1", "p2"], [])


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_several_packed_streams_in_one_file_are_all_read(
    file: File, pack: Callable[[bytes], bytes]
) -> None:
    assert read(file(pack(jsonl("p1")) + pack(jsonl("p2")))) == (["p1", "p2"], [])


def test_standard_input_is_read_as_a_dash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(gzip.compress(jsonl("p1")))))
    assert [found.id for found in read_posts("-") if isinstance(found, Post)] == ["p1"]


def test_an_empty_file_is_told_as_empty(file: File) -> None:
    assert read(file(b"")) == ([], [(None, "file_empty")])
    assert read(file(b"\n \r\n")) == ([], [(None, "file_empty")])


def test_a_file_cut_off_in_mid_line_gives_every_whole_line(file: File) -> None:
    assert read(file(jsonl("p1", "p2", "p3")[:-40])) == (["p1", "p2"], [(3, "line_cut_off")])


def test_a_last_line_without_its_end_is_a_post_if_it_is_whole(file: File) -> None:
    assert read(file(jsonl("p1", "p2").rstrip())) == (["p1", "p2"], [])


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_a_cut_off_archive_gives_what_is_readable_and_says_that_it_is_broken(
    file: File, pack: Callable[[bytes], bytes]
) -> None:
    names = [f"p{number}" for number in range(2_000)]
    text = jsonl(*names)
    packed = (
        pack(text)
        if pack is gzip.compress
        else b"".join(pack(text[start : start + 50_000]) for start in range(0, len(text), 50_000))
    )
    ids, others = read(file(packed[: len(packed) * 3 // 4]))
    assert 0 < len(ids) < 2_000
    assert ids == names[: len(ids)]
    assert others[-1][1] == "archive_broken"
    assert {code for _, code in others} <= {"archive_broken", "line_cut_off"}


def test_a_damaged_archive_gives_what_is_readable(file: File) -> None:
    packed = bytearray(gzip.compress(jsonl(*(f"p{number}" for number in range(5_000)))))
    packed[len(packed) // 2 :] = b"\xff" * (len(packed) // 2)
    ids, others = read(file(bytes(packed)))
    assert others[-1][1] == "archive_broken"
    assert ids[:2_000] == [f"p{number}" for number in range(2_000)]


def test_latin_1_is_read_and_told(file: File) -> None:
    source = PostFile(file(jsonl("p1", text="Dächer für Wärme").decode().encode("latin-1")))
    [found] = list(source)
    assert isinstance(found, Post)
    assert found.text == "Dächer für Wärme"
    assert source.latin1 == 1


def test_a_byte_order_mark_and_windows_line_ends_do_not_matter(file: File) -> None:
    content = b"\xef\xbb\xbf" + jsonl("p1", "p2").replace(b"\n", b"\r\n")
    assert read(file(content)) == (["p1", "p2"], [])


def test_utf_16_is_told(file: File) -> None:
    assert read(file(jsonl("p1").decode().encode("utf-16"))) == ([], [(1, "encoding_broken")])


def test_nul_bytes_vanish(file: File) -> None:
    content = jsonl("p1").replace(b"Decken", b"De\x00cken") + b"\x00" * 5_000
    found = [each for each in read_posts(file(content)) if isinstance(each, Post)]
    assert [each.text for each in found] == ["Wir brauchen Decken."]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('"2026-11-16T12:00:00Z"', '"0001-01-01T00:00:00Z"', "time_implausible"),
        ('"2026-11-16T12:00:00Z"', '"gestern"', "time_unreadable"),
        ('"2026-11-16T12:00:00Z"', "null", "time_missing"),
        ('"p2"', '"' + "x" * 10_000 + '"', "id_too_long"),
        ('"p2"', "null", "id_missing"),
        ('"network": "mastodon"', '"network": "myspace"', "network_unknown"),
        ('"account": {', '"konto": {', "account_missing"),
        ('{"network"', '{{"network"', "json_broken"),
        ('{"network"', "[" * 100_000 + '{"network"', "json_broken"),
        ("Wir brauchen", "x" * 100_001, "text_too_long"),
        ("Wir brauchen", "x" * 4_000_001, "line_too_long"),
    ],
)
def test_one_bad_line_is_told_with_its_number_and_stops_no_other(
    file: File, old: str, new: str, code: str
) -> None:
    lines = jsonl("p1", "p2", "p3").decode().splitlines(keepends=True)
    assert old in lines[1]
    lines[1] = lines[1].replace(old, new, 1)
    assert read(file("".join(lines).encode())) == (["p1", "p3"], [(2, code)])


def test_html_and_formulas_in_names_are_kept_as_they_are(file: File) -> None:
    name = '<script>alert(1)</script>=HYPERLINK("x")'
    [found] = list(read_posts(file(jsonl("p1", by=account("ana", name=name)))))
    assert isinstance(found, Post)
    assert found.account.name == name


def test_lines_before_the_first_post_are_told_as_unknown(file: File) -> None:
    assert read(file(b"# export\n" + jsonl("p1"))) == (["p1"], [(1, "format_unknown")])


def test_something_else_is_told_as_unknown_with_few_lines_of_it(file: File) -> None:
    ids, others = read(file(b"das ist kein Export\n" * 500))
    assert ids == []
    assert {code for _, code in others} == {"format_unknown"}
    assert len(others) == 21  # the last stands for all that follow


def test_a_share_becomes_a_post_whose_only_link_is_the_object(file: File) -> None:
    [found] = list(read_posts(file(f"{CSV}obj,ana,c1,1629589836\n".encode())))
    assert isinstance(found, Post)
    assert (found.key, found.account.key) == ("unknown:c1#obj", "unknown:ana")
    assert found.links == ("obj",)
    assert found.created_at.isoformat() == "2021-08-21T23:50:36+00:00"


def test_shares_are_recognised_with_other_columns_in_any_order_and_quotes(file: File) -> None:
    text = 'x,timestamp_share,"account_id",content_id,object_id\n1,2021-08-21T23:50:36Z,a,c,"o,1"\n'
    [found] = list(read_posts(file(text.encode())))
    assert isinstance(found, Post)
    assert found.links == ("o,1",)


def test_bad_shares_are_told_with_their_lines(file: File) -> None:
    text = (
        f"{CSV}o,a,c1,1629589836\no,a\no,,c2,1629589836\n,a,c3,1629589836\no,a,c4,x\no,a,c5,16295"
    )
    ids, others = read(file(text.encode()))
    assert ids == ["c1#o"]
    assert others == [
        (3, "columns_missing"),
        (4, "id_missing"),
        (5, "id_missing"),
        (6, "time_unreadable"),
        (7, "line_cut_off"),
    ]


def test_the_table_of_shares_has_the_rows_that_the_posts_have(file: File) -> None:
    text = (
        f"{CSV}o,a,c1,1629589836\no,a\no,,c2,1629589836\no,b,c1,1629589836.5\no,a,c1,1629589836\n"
    )
    path = file(gzip.compress(text.encode()))
    assert read_shares(path).num_rows == 3
    assert read_shares(path)["account"].to_pylist() == ["a", "b", "a"]


def test_a_file_that_is_no_csv_of_shares_has_no_table_of_shares(file: File) -> None:
    with pytest.raises(SourceError, match="object_id"):
        read_shares(file(jsonl("p1")))


@given(st.lists(st.binary(max_size=60), max_size=12), st.booleans())
def test_any_bytes_give_posts_or_reasons_and_never_an_error(
    tmp_path_factory: pytest.TempPathFactory, parts: list[bytes], csv: bool
) -> None:
    path = tmp_path_factory.mktemp("any") / "file"
    path.write_bytes((CSV.encode() if csv else jsonl("p1")) + b"\n".join(parts))
    ids, others = read(path)
    assert csv or ids[0] == "p1"
    assert len(ids) + len(others) <= 2 + sum(part.count(b"\n") + 1 for part in parts)


def imported(engine: Engine, *paths: Path) -> list[Imported]:
    return steps.import_files(engine, Config(folder=Path()), list(paths), NOW)


def count(engine: Engine) -> int:
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(posts)) or 0


def test_a_file_imported_twice_adds_nothing(engine: Engine, file: File) -> None:
    path = file(jsonl("p1", "p2") + b"kaputt {\n")
    [first], [second] = imported(engine, path), imported(engine, path)
    assert (first.new, first.quarantined, first.reasons) == (2, 1, {"json_broken": 1})
    assert (second.new, second.known, second.updated, second.quarantined) == (0, 2, 0, 1)
    assert count(engine) == 2
    with engine.connect() as connection:
        [row] = connection.execute(select(quarantine)).all()
    assert (row.source, row.origin, row.line, row.code) == ("file", str(path), 3, "json_broken")


def test_reposts_and_edits_are_imported(engine: Engine, file: File) -> None:
    imported(engine, file(jsonl("p1") + jsonl("r1", repost_of="p1", text="")))
    [second] = imported(engine, file(jsonl("p1", text="Berichtigt", edited_at=NOW)))
    assert (second.new, second.updated) == (0, 1)
    assert count(engine) == 2


def test_more_than_one_batch_is_imported_and_progress_told(engine: Engine, file: File) -> None:
    told: list[tuple[int, float | None]] = []
    path = file(jsonl(*(f"p{number}" for number in range(11_000))))
    [report] = steps.import_files(
        engine,
        Config(folder=Path()),
        [path],
        NOW,
        lambda _file, items, share: told.append((items, share)),
    )
    assert report.new == count(engine) == 11_000
    assert [items for items, _ in told] == [5_000, 10_000, 11_000]
    shares = [share or 0 for _, share in told]
    assert 0 < shares[0] < shares[1] <= shares[2] == 1


def test_an_interrupted_import_goes_on_with_what_is_missing(engine: Engine, file: File) -> None:
    path = file(jsonl(*(f"p{number}" for number in range(6_000))))

    def interrupt(_file: str, _items: int, _share: float | None) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        steps.import_files(engine, Config(folder=Path()), [path], NOW, interrupt)
    assert count(engine) == 5_000
    [report] = imported(engine, path)
    assert (report.new, report.known, report.updated) == (1_000, 5_000, 0)


def test_an_account_is_written_again_if_it_was_erased_between_two_batches(
    engine: Engine, file: File
) -> None:
    path = file(jsonl(*(f"p{number}" for number in range(6_000))))

    def erase(_file: str, items: int, _share: float | None) -> None:
        if items == 5_000:
            with engine.begin() as connection:
                connection.execute(delete(posts))
                connection.execute(delete(accounts))

    [report] = steps.import_files(engine, Config(folder=Path()), [path], NOW, erase)
    assert (report.new, count(engine)) == (6_000, 1_000)


def test_what_a_later_line_tells_of_an_account_counts(engine: Engine, file: File) -> None:
    content = [
        jsonl(*(f"{turn}-{number}" for number in range(5_000)), by=account("ana", followers=turn))
        for turn in range(2)
    ]
    imported(engine, file(b"".join(content)))
    with engine.connect() as connection:
        assert connection.scalars(select(accounts.c.followers)).all() == [1]


def test_the_progress_of_a_file_has_bar_rate_and_remaining_time() -> None:
    assert progress_line("x/posts.jsonl", 5_000, 0.25, 10, "de") == (
        "posts.jsonl  ██████░░░░░░░░░░░░░░░░░░  25%  5.000 Einträge  500 je Sekunde  noch 0:30"
    )
    assert progress_line("-", 5_000, None, 10, "en") == "-  5,000 items  500 a second"


def test_a_real_set_of_shares_is_imported_whole(engine: Engine, shared: Path) -> None:
    path = shared / "reference" / "data" / "german_url.csv.gz"
    [report] = imported(engine, path)
    assert (report.format, report.new, report.quarantined) == ("coortweet", 41_100, 0)


def run(tmp_path: Path, *arguments: str) -> tuple[int, str, str]:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    environment = {"HHHILFT_STORE_URL": url, "HHHILFT_LANG": "de"}
    done = CliRunner().invoke(cli, ["import", *arguments], env=environment)
    return done.exit_code, done.stdout, done.stderr


def test_the_command_tells_counts_and_reasons_and_ends_well(tmp_path: Path, file: File) -> None:
    path = file(jsonl("p1") + b"{\n")
    code, out, _ = run(tmp_path, str(path), str(tmp_path / "fehlt.jsonl"))
    assert code == 0
    assert f"{path}: 1 neu, 0 bekannt, 0 geändert, 1 in Quarantäne" in out
    assert "1 × Das ist kein gültiges JSON." in out
    assert "fehlt.jsonl lässt sich nicht öffnen" in out


def test_the_command_answers_in_json(tmp_path: Path, file: File) -> None:
    code, out, _ = run(tmp_path, "--json", str(file(jsonl("p1"))))
    answer = json.loads(out)
    assert code == 0
    assert (answer["new"], answer["quarantined"]) == (1, 0)
    assert answer["files"][0]["format"] == "jsonl"


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n\x00\x01", b"<html></html>"])
def test_the_command_fails_with_a_hint_if_nothing_at_all_could_be_read(
    tmp_path: Path, file: File, content: bytes
) -> None:
    code, _, err = run(tmp_path, str(file(content)))
    assert code == 1
    assert "Nichts davon ließ sich lesen" in err
    assert "hhhilft quarantine" in err


def test_posts_after_many_lines_of_something_else_still_get_in(file: File) -> None:
    path = file(b"# Kopf\n" * 30 + jsonl("p1"))
    found = list(read_posts(path))
    last = found[-2]
    assert isinstance(last, Rejected)
    assert (last.line, last.error.detail) == (21, "10 lines from here")
    assert isinstance(found[-1], Post)


def test_a_broken_reference_to_another_post_costs_no_post_its_place(file: File) -> None:
    item = post_to_json(post("p1")) | {"reply_to": "z" * 10_000}
    [found] = read_posts(file(json.dumps(item).encode()))
    assert isinstance(found, Post)
    assert found.reply_to is None


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_time_that_utc_cannot_hold_is_implausible(file: File, at: str) -> None:
    item = post_to_json(post("p1")) | {"created_at": at}
    assert read(file(json.dumps(item).encode())) == ([], [(1, "time_implausible")])


def as_list(*names: str, indent: int | None = None) -> bytes:
    items = [post_to_json(post(name)) for name in names]
    return json.dumps(items, ensure_ascii=False, indent=indent).encode()


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstandard.compress])
def test_a_list_of_posts_is_read_on_one_line_or_many(
    file: File, indent: int | None, pack: Callable[[bytes], bytes]
) -> None:
    assert read(file(pack(as_list("p1", "p2", indent=indent)))) == (["p1", "p2"], [])
    assert read(file(pack(b'\xef\xbb\xbf{"posts": ' + as_list("p1", indent=indent) + b"}"))) == (
        ["p1"],
        [],
    )


def test_a_list_of_posts_that_was_cut_off_gives_every_whole_post(file: File) -> None:
    assert read(file(as_list("p1", "p2", "p3")[:-40])) == (["p1", "p2"], [(1, "line_cut_off")])
    ids, others = read(file(as_list("p1", "p2", "p3", indent=1)[:-40]))
    assert (ids, [code for _, code in others]) == (["p1", "p2"], ["line_cut_off"])


def test_a_broken_post_of_a_list_stops_no_other(file: File) -> None:
    content = as_list("p1", "p2", "p3", indent=1).decode()
    second = content.index('"p2"')
    broken = content[:second] + "oh" + content[second + 4 :]
    ids, others = read(file(broken.encode()))
    assert ids == ["p1", "p3"]
    assert others == [(content[:second].count("\n") - 1, "json_broken")]


def test_a_list_has_the_lines_of_its_posts(file: File) -> None:
    content = as_list("p1", "p2", indent=1).replace(b'"p2"', b"null")
    ids, others = read(file(content))
    begins = content.decode().splitlines().index(" {", 2) + 1
    assert (ids, others) == (["p1"], [(begins, "id_missing")])


def test_a_long_list_is_read_whole(file: File) -> None:
    names = [f"p{number}" for number in range(3_000)]
    assert read(file(as_list(*names))) == (names, [])
    assert read(file(as_list(*names, indent=2))) == (names, [])


def test_posts_of_a_list_may_be_as_long_as_in_lines(file: File) -> None:
    item = json.dumps([post_to_json(post("p1", text="ä" * 99_000))], ensure_ascii=True)
    assert read(file(item.encode())) == (["p1"], [])
    too_long = json.dumps([post_to_json(post("p1", text="x" * 5_000_000))])
    assert read(file(too_long.encode())) == ([], [(1, "line_too_long")])


def test_long_lines_are_no_document(file: File) -> None:
    content = (
        jsonl("p1", text="x" * 90_000) + b"kaputt\n" + jsonl("p2") + b'{"id": \n' + jsonl("p3")
    )
    assert read(file(content)) == (["p1", "p2", "p3"], [(2, "json_broken"), (4, "json_broken")])


@given(st.lists(st.sampled_from([*'[]{},:"\n ', '"a"', "1", '{"id":', "null"]), max_size=30))
def test_any_beginning_of_json_gives_posts_or_reasons_and_never_an_error(
    tmp_path_factory: pytest.TempPathFactory, parts: list[str]
) -> None:
    path = tmp_path_factory.mktemp("any") / "file"
    for start in ("[", "[{", '{"posts": ['):
        path.write_text(start + "".join(parts), encoding="utf-8")
        ids, others = read(path)
        assert not ids
        assert len(others) <= 2 + len(parts)
