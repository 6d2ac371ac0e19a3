from pathlib import Path

import pytest
from click.testing import CliRunner

from data.config import SECTIONS
from monitor.cli import COMMANDS, cli

README = (Path(__file__).parent.parent / "README.md").read_text("utf-8")


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
