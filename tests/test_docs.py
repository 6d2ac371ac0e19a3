import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from data.config import SECTIONS
from monitor.cli import COMMANDS, cli

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
QUOTED = re.findall(
    r", in `([\w/.]+)`[^`]*(?:`\w+`[^`]*)*\n```python\n(.*?)```", CONTRIBUTING, re.S
)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_readme_and_answers_help(name: str) -> None:
    assert f"`hhhilft {name}" in README
    answer = CliRunner().invoke(cli, [name, "--help"])
    assert answer.exit_code == 0, answer.output
    assert answer.output.startswith("Usage:")


@pytest.mark.parametrize("section", SECTIONS)
def test_every_setting_is_in_the_readme(section: str) -> None:
    row = next(line for line in README.splitlines() if line.startswith(f"| `[{section}]`"))
    for key in SECTIONS[section].__dataclass_fields__:
        assert f"`{key}`" in row


@pytest.mark.parametrize(("path", "lines"), QUOTED, ids=[path for path, _ in QUOTED])
def test_the_worked_example_quotes_the_code_as_it_is(path: str, lines: str) -> None:
    code = iter((ROOT / path).read_text("utf-8").splitlines())
    for line in lines.splitlines():
        assert line in code, line  # in this order: `in` reads on from where the last one stood


def test_the_worked_example_quotes_every_part_of_its_network() -> None:
    quoted = {path for path, _ in QUOTED}
    parts = {
        each.relative_to(ROOT).as_posix() for each in ROOT.glob("monitor/sources/pinterest/*.py")
    }
    assert parts - quoted == {"monitor/sources/pinterest/tokens.py"}  # which most networks need not
