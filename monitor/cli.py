"""`hhhilft`: finds the command's module, runs it, turns errors into a sentence and an exit code."""

import importlib
import os
import sys
from typing import Any

import click

from data.errors import MonitorError
from monitor.options import spoken

COMMANDS = {  # command -> module in monitor/commands; the first line of each is its short help
    "run": "Collect, tag, detect on a schedule, with the dashboard.",
    "demo": "The same on shipped, invented sample data; no network, no login.",
    "init": "Write a commented hhhilft.toml.",
    "collect": "One round of collecting.",
    "import": "Take posts from files.",
    "tag": "Language, topics, intents, urgency, places.",
    "train": "The tagger's model, from labelled posts.",
    "evaluate": "How often the tagger is right on labelled posts.",
    "match": "Offers that answer needs, with the reasons.",
    "detect": "Accounts that act together.",
    "review": "People's decisions about warnings.",
    "digest": "The week as HTML and JSON.",
    "quarantine": "What could not be read, and why.",
    "status": "State of sources, jobs and gaps.",
    "doctor": "What is wrong with this installation, and how to mend it.",
    "user": "Who may log in to the dashboard.",
}


class _Commands(click.Group):
    """Loads a command's module when it is called, so that `--help` does not load spaCy."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002
        if name not in COMMANDS:
            return None
        module = importlib.import_module(f"monitor.commands.{name}_")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="hhhilft-monitor", prog_name="hhhilft")
@click.option("--lang", type=click.Choice(["de", "en"]), help="Language of messages.")
@click.pass_context
def cli(ctx: click.Context, lang: str | None) -> None:
    """Watch a community hashtag: volunteer activity beside coordinated amplification.

    The program shows; people decide. It never posts, answers or blocks by itself.
    """
    ctx.with_resource(spoken(lang))


def main(arguments: list[str] | None = None) -> Any:
    """Run `hhhilft`; a MonitorError becomes its sentence on standard error and exit code 1."""
    try:
        cli.main(args=arguments, prog_name="hhhilft")
    except MonitorError as error:
        click.echo(error.text(error.lang or os.environ.get("HHHILFT_LANG", "de")), err=True)
        sys.exit(1)
