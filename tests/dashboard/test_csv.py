from flask.testing import FlaskClient

from dashboard.exports import csv_text
from tests.dashboard import world


def test_a_text_that_a_spreadsheet_would_take_for_a_formula_is_disarmed() -> None:
    rows = [("=1+1",), ("+49",), ("-x",), ("@a",), (" =1",), ("\t=1",), (-3,), ("Altona",)]
    lines = csv_text(("place",), rows).split("\r\n")[1:-1]
    assert lines == ["'=1+1", "'+49", "'-x", "'@a", "' =1", "'\t=1", "-3", "Altona"]


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
