import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from data.records import post_to_json
from monitor.cli import main
from tests.monitor.detect import worlds

SHARES = "object_id,account_id,content_id,timestamp_share\n"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HHHILFT_LANG", "en")


def written(path: Path, posts: Sequence[worlds.Post]) -> Path:
    lines = "".join(json.dumps(post_to_json(post)) + "\n" for post in posts)
    path.write_bytes(gzip.compress(lines.encode()) if path.suffix == ".gz" else lines.encode())
    return path


def ran(*arguments: str | Path) -> int:
    try:
        main(["detect", *map(str, arguments)])
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def documents(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_file_is_answered_with_the_contracts_document(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path / "posts.jsonl.gz", [*worlds.town(), *worlds.campaign()])
    assert ran("--posts", path, "--json") == 0
    (found,) = documents(capsys)
    assert set(found) == {"window", "posts", "accounts", "clusters", "notes"}
    assert found["notes"] == []
    assert (found["posts"], found["accounts"]) == (280, 48)
    (cluster,) = found["clusters"]
    assert cluster["level"] == "alert"
    assert 0 <= cluster["score"] <= 1
    assert cluster["kinds"] == ["link", "text"]
    assert cluster["accounts"] == [f"mastodon:c{member}" for member in range(8)]
    assert cluster["first"] == "2026-11-02T06:00:00Z"
    assert len(cluster["evidence"]) == 40
    for reason in cluster["reasons"]:
        assert {"code", "text", "value", "expected"} <= set(reason)
    assert cluster["reasons"][0]["text"].startswith("8 accounts act alike")


def test_several_files_and_patterns_are_one_set_of_posts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    posts = worlds.campaign()
    for place in range(3):
        written(tmp_path / f"part{place}.jsonl", posts[place::3])
    assert ran("--posts", "part*.jsonl", "--json") == 0
    (by_pattern,) = documents(capsys)
    names = [tmp_path / f"part{place}.jsonl" for place in range(3)]
    assert ran("--posts", *names, "--json") == 0
    assert documents(capsys) == [by_pattern]
    assert by_pattern["posts"] == 40


def test_pairs_of_posts_are_json_lines_and_one_post_counts_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path / "posts.jsonl", worlds.campaign(members=2, waves=3))
    assert ran("--posts", path, "--pairs", "--json") == 0
    assert documents(capsys) == [
        {
            "a": "mastodon:c0", "b": "mastodon:c1", "weight": 3, "objects": 3,
            "first": "2026-11-02T06:00:00Z", "last": "2026-11-04T06:00:20Z",
        }
    ]  # fmt: skip


def test_pairs_of_one_kind_of_object(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path / "posts.jsonl", worlds.campaign(members=2, waves=3))
    assert ran("--posts", path, "--pairs", "--json", "--object", "repost") == 0
    assert documents(capsys) == []
    assert ran("--posts", path, "--pairs", "--json", "--object", "link") == 0
    assert len(documents(capsys)) == 1


@pytest.mark.parametrize("mode", ["own", "coortweet", "toolkit"])
def test_shares_give_the_same_pairs_by_the_fast_and_by_the_careful_reader(
    mode: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = ["p,ana,c1,1800000000\n", 'p,"be""n",c2,1800000060\n', "q,ana,c3,1800000900\n",
            'q,"be""n",c4,1800000901\n']  # fmt: skip
    (tmp_path / "clean.csv").write_text(SHARES + "".join(rows))
    (tmp_path / "torn.csv").write_text(SHARES + "".join(rows) + "q,cem\n")
    options = ["--pairs", "--json", "--mode", mode, "--min-weight", "1"]
    assert ran("--posts", tmp_path / "clean.csv", *options) == 0
    clean = documents(capsys)
    assert {"unknown:ana", 'unknown:be"n'} == {clean[0]["a"], clean[0]["b"]}
    assert clean[0]["weight"] == 2
    assert ran("--posts", tmp_path / "torn.csv", *options) == 0
    assert documents(capsys) == clean


def test_what_is_no_post_is_said_and_does_not_stop_the_rest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path / "posts.jsonl", worlds.campaign())
    path.write_text(path.read_text() + '{"network": "mastodon"}\n')
    assert ran("--posts", path, "--json") == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["posts"] == 40
    assert "posts.jsonl, line 41" in said.err


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--posts", "none.jsonl"], 1, "none.jsonl"),
        (["--posts", "none*.jsonl"], 1, "No file matches"),
        (["--posts", "none.csv", "--pairs"], 1, "none.csv"),
        (["--engine", "spark"], 1, "Spark is not part of this version"),
        (["--pairs"], 2, "--posts"),
        (["file.jsonl"], 2, "--posts"),
        (["--posts", "x", "--pairs", "--window", "-1"], 2, "--window"),
    ],
)
def test_wrong_use_is_refused_with_what_to_do(
    arguments: list[str], code: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ran(*arguments) == code
    assert words in capsys.readouterr().err


def test_a_file_without_any_post_is_an_error_that_says_what_a_line_needs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty.jsonl").touch()
    assert ran("--posts", tmp_path / "empty.jsonl") == 1
    assert "created_at" in capsys.readouterr().err


def test_too_many_pairs_are_refused_before_they_fill_the_memory(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = (f"overrun,a{place},c{place},1800000000\n" for place in range(6_000))
    (tmp_path / "heavy.csv").write_text(SHARES + "".join(rows))
    assert ran("--posts", tmp_path / "heavy.csv", "--pairs", "--mode", "toolkit") == 1
    assert "overrun" in capsys.readouterr().err


def test_rows_of_a_torn_csv_are_told_and_the_others_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "shares.csv"
    rows = ["o1,a,c1,100", "o1,b,c2,101", "o2,a,c3,200", "o2,b,c4,201", "o2,b", "o3,,c5,202"]
    base = 1_623_881_000
    whole = [row.rsplit(",", 1) for row in rows[:4]]
    lines = [f"{head},{base + int(at)}" for head, at in whole] + rows[4:]
    path.write_text(SHARES + "\n".join(lines) + "\n")
    assert ran("--posts", path, "--pairs", "--json") == 0
    said = capsys.readouterr()
    assert [json.loads(line)["objects"] for line in said.out.splitlines()] == [2]
    assert "line 6" in said.err
    assert "line 7" in said.err


def test_a_group_is_explained_in_80_columns_by_the_beginning_of_its_id(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path / "posts.jsonl", [*worlds.town(), *worlds.campaign()])
    assert ran("--posts", path, "--json") == 0
    ((found,),) = [each["clusters"] for each in documents(capsys)]
    assert ran("--posts", path, "--explain", found["id"][:4]) == 0
    said = capsys.readouterr().out
    assert max(map(len, said.splitlines())) <= 80
    assert said.startswith(f"{found['id']}\nAlert, ")
    said = " ".join(said.split())
    assert "8 accounts share the same link: https://example.org/0." in said
    assert "c0 first · c1 after 20 seconds · c2 after 20 seconds" in said
    assert "Nobody else did the same." in said
    assert "Most for it: " in said
    for reason in found["reasons"][:-1]:
        assert reason["text"] in said


def test_the_explanation_as_json_holds_every_act_and_the_same_reasons(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path / "posts.jsonl", [*worlds.town(), *worlds.campaign()])
    assert ran("--posts", path, "--json") == 0
    ((found,),) = [each["clusters"] for each in documents(capsys)]
    assert ran("--posts", path, "--explain", found["id"], "--json") == 0
    (told,) = documents(capsys)
    assert told["reasons"] == found["reasons"]
    first = next(each for each in told["episodes"] if each["kind"] == "link")
    assert [act["account"] for act in first["acts"]] == found["accounts"]
    assert [act["gap_seconds"] for act in first["acts"]] == [None, *[20.0] * 7]


def test_an_id_that_is_unknown_or_not_clear_is_told_with_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path / "posts.jsonl", worlds.campaign())
    assert ran("--posts", path, "--explain", "zzz") == 1
    assert "There is no group zzz. All: hhhilft detect --posts" in capsys.readouterr().err
    assert ran("--explain", "zzz") == 1
    assert "hhhilft review list --all" in capsys.readouterr().err
    assert ran("--explain", " ") == 2


def test_too_little_data_is_said_in_words_and_in_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path / "posts.jsonl", worlds.town(people=5, posts=1))
    assert ran("--posts", path) == 0
    assert capsys.readouterr().out.startswith("Not enough data: 5 posts; from 20 on ")
    assert ran("--posts", path, "--json") == 0
    ((note,),) = [each["notes"] for each in documents(capsys)]
    assert (note["code"], note["value"], note["needed"]) == ("few_posts", 5, 20)
    assert note["text"].startswith("Not enough data: 5 posts")
    assert ran() == 0
    assert capsys.readouterr().out.startswith("Not enough data: 0 posts")
    assert ran("--json") == 0
    assert documents(capsys)[0]["notes"][0]["code"] == "few_posts"
