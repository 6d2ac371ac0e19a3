import csv
import io
import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from dashboard.app import create_app
from dashboard.exports import csv_text
from dashboard.without_names import without_names
from data.config import Config
from tests.dashboard import hostile, world
from tests.dashboard.conftest import PASSWORD, token_of

FILES = (
    *("/csv/themen", "/csv/tage", "/csv/orte", "/csv/netzwerk", "/csv/konten", "/csv/sperrliste"),
    *("/csv/fragen", "/csv/fragen?stand=beantwortet", "/csv/fragen?stand=keine", "/csv/protokoll"),
    *("/csv/suche?ort=Altona", "/csv/suche?worte=zalgo"),
)


def test_a_text_that_a_spreadsheet_would_take_for_a_formula_is_disarmed() -> None:
    rows = [("=1+1",), ("+49",), ("-x",), ("@a",), (" =1",), ("\t=1",), (-3,), ("Altona",)]
    lines = csv_text(("place",), rows).split("\r\n")[1:-1]
    assert lines == ["'=1+1", "'+49", "'-x", "'@a", "' =1", "'\t=1", "-3", "Altona"]


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("\uff1d1+1", "'\uff1d1+1"),  # in full width
        ("\u200b=1", "'\u200b=1"),  # after what nobody sees
        ("\x00=1", "'=1"),
        ("a;=1", "a;'=1"),  # a spreadsheet that expects semicolons begins a cell there
        (';"=1', ";\"'=1"),
        ("Hallo\n\n -1", "Hallo\n\n '-1"),  # and one of its own lines here
        ("a; b, -1 = 2\nc", "a; b, -1 = 2\nc"),  # no cell begins with these
        ("Tel.: +49 40 1", "Tel.: +49 40 1"),
    ],
)
def test_a_formula_is_disarmed_wherever_a_cell_could_begin(said: str, written: str) -> None:
    assert list(csv.reader(io.StringIO(csv_text(("a",), [(said,)]), newline="")))[1] == [written]


def test_a_file_begins_with_the_mark_that_tells_spreadsheets_it_is_utf_8(demo: object) -> None:
    client: FlaskClient = demo.server.test_client()  # type: ignore[attr-defined]
    for path in ("/csv/themen", "/csv/tage", "/csv/orte", "/csv/netzwerk"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert answer.data.startswith(b"\xef\xbb\xbf"), path
        assert answer.headers["Content-Disposition"].startswith("attachment")


def test_an_account_that_does_not_want_to_be_named_is_not_in_the_file(demo: object) -> None:
    client: FlaskClient = demo.server.test_client()  # type: ignore[attr-defined]
    text = client.get("/csv/netzwerk").data.decode("utf-8-sig")
    assert "hidden@elbe.example" not in text
    assert f"'@{world.HOSTILE[:10]}" in text  # a handle's @ is a formula's sign, too


def test_every_file_of_a_hostile_world_reads_back_with_its_formulas_disarmed(
    store: Engine, config: Config
) -> None:
    hostile.fill(store)
    client = create_app(config, store, now=lambda: hostile.NOW).server.test_client()
    form = {"name": hostile.NAMES["admin"], "password": PASSWORD, "csrf_token": token_of(client)}
    assert client.post("/login", data=form).status_code == 302
    for path in FILES:
        answer = client.get(path)
        assert answer.status_code == 200, path
        head, *rows = csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline=""))
        assert rows, path
        assert {len(each) for each in rows} == {len(head)}, path
        for cell in (cell for row in rows for cell in row):
            if not re.fullmatch(r"-?\d+(\.\d+)?", cell):
                assert not STARTS.search(cell), (path, cell[:80])
            assert not BREAKS.search(cell), (path, cell[:80])


def test_names_are_taken_out_of_a_hundred_thousand_letters_at_once() -> None:
    assert without_names("x." * 50_000) == "x." * 50_000
    assert without_names("a.b+c@d.example und @ina@elbe.example@x, ben") == "@… und @…, ben"


# at the start, and on each line and after each semicolon, as German spreadsheets read a file
STARTS = re.compile('(?:^|[;\r\n])[\\s"\u200b\u2060\ufeff]*[=+\\-@\uff1d\uff0b\uff0d\uff20]')
BREAKS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
