"""`hhhilft init`: the settings, commented, with every default."""

from importlib.resources import files
from pathlib import Path

import click

from data.config import FILE_NAME
from data.errors import ConfigError
from data.system_words import why_de
from monitor.options import spoken


@click.command("init")
@click.option(
    "--config",
    "path",
    type=click.Path(path_type=Path),
    default=FILE_NAME,
    show_default=True,
    help="Where to write the settings.",
)
@click.option(
    "--lang",
    type=click.Choice(["de", "en"]),
    envvar="HHHILFT_LANG",
    default="de",
    help="Language of messages, written into the settings too.",
)
def command(path: Path, lang: str) -> None:
    """Write a commented settings file; an existing one stays as it is."""
    with spoken(lang):
        _write(path, lang)
    click.echo(
        f"Settings written: {path}. Start with: hhhilft run"
        if lang == "en"
        else f"Einstellungen geschrieben: {path}. Weiter mit: hhhilft run"
    )


def _write(path: Path, lang: str) -> None:
    try:
        with path.open("x", encoding="utf-8") as settings:
            settings.write(_in(lang))
    except FileExistsError as error:
        raise ConfigError(
            de=f"{path} gibt es schon; es bleibt, wie es ist. Neu beginnen: die Datei umbenennen.",
            en=f"{path} exists and stays as it is. To start afresh, rename it first.",
        ) from error
    except OSError as error:
        raise ConfigError(
            de=f"{path} lässt sich nicht schreiben: {why_de(error)}. Einen anderen Ort angeben: "
            "hhhilft init --config ORT",
            en=f"{path} cannot be written: {error.strerror}. Name another place: "
            "hhhilft init --config PLACE",
        ) from error


def _in(lang: str) -> str:
    """Return the settings file with `lang` as its language."""
    text = files("data").joinpath("settings.toml").read_text("utf-8")
    return text.replace('lang = "de"', f'lang = "{lang}"', 1)
