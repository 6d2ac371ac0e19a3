"""`hhhilft init`: the settings, commented, with every default."""

from importlib.resources import files
from pathlib import Path

import click

from data.config import FILE_NAME
from data.errors import ConfigError


@click.command("init")
@click.option(
    "--config",
    "path",
    type=click.Path(path_type=Path),
    default=FILE_NAME,
    show_default=True,
    help="Where to write the settings.",
)
@click.option("--lang", type=click.Choice(["de", "en"]), default="de", help="Language of messages.")
def command(path: Path, lang: str) -> None:
    """Write a commented settings file; an existing one stays as it is."""
    try:
        with path.open("x", encoding="utf-8") as settings:
            settings.write(files("data").joinpath("settings.toml").read_text("utf-8"))
    except FileExistsError as error:
        raise ConfigError(
            de=f"{path} gibt es schon; es bleibt, wie es ist. Neu beginnen: die Datei umbenennen.",
            en=f"{path} exists and stays as it is. To start afresh, rename it first.",
        ) from error
    except OSError as error:
        raise ConfigError(
            de=f"{path} lässt sich nicht schreiben: {error.strerror}. Einen anderen Ort angeben: "
            "hhhilft init --config ORT",
            en=f"{path} cannot be written: {error.strerror}. Name another place: "
            "hhhilft init --config PLACE",
        ) from error
    click.echo(
        f"Settings written: {path}. Start with: hhhilft run"
        if lang == "en"
        else f"Einstellungen geschrieben: {path}. Weiter mit: hhhilft run"
    )
