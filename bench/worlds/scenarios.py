"""Which scenes a world is made of: one campaign or none, and several communities."""

from collections.abc import Callable, Sequence
from types import ModuleType

from bench.worlds import copies, crowds, helpers, offices, targets
from bench.worlds.everyday import everyday
from bench.worlds.passers_by import answers
from bench.worlds.world import World

Scene = Callable[[World], None]

SIZES = (((150, 400), 30), ((400, 1500), 40), ((1500, 4500), 25), ((4500, 11_000), 5))
SPANS = (7, 10, 14, 21, 28)  # days


def _scenes(*modules: ModuleType) -> dict[str, Scene]:
    return {
        name: scene
        for module in modules
        for name, scene in vars(module).items()
        if callable(scene) and getattr(scene, "__module__", "") == module.__name__
        and not name.startswith("_")
    }  # fmt: skip


ORGANIC = _scenes(helpers, offices, crowds)
CAMPAIGNS = _scenes(copies, targets)
EMPTY = "organic"


def make_world(scenario: str, seed: int, leave_out: Sequence[str] = ()) -> World:
    """Make a world: a campaign kind with some communities; `organic`, or one organic kind alone.

    The same scenario and seed give the same world. `leave_out` names organic kinds not to use.
    Raises KeyError for an unknown scenario.
    """
    if scenario not in (EMPTY, *CAMPAIGNS, *ORGANIC):
        raise KeyError(scenario)
    world = _empty_world(scenario, seed)
    everyday(world)
    kinds = [kind for kind in ORGANIC if kind not in leave_out]
    if scenario in ORGANIC:
        chosen = [scenario]
    else:
        chosen = world.rng.sample(kinds, min(len(kinds), world.rng.randint(3, 8)))
    for kind in chosen:
        ORGANIC[kind](world)
    if scenario in CAMPAIGNS:
        CAMPAIGNS[scenario](world)
    answers(world)
    return world


def _empty_world(scenario: str, seed: int) -> World:
    sizing = World(f"size of {scenario}", seed, 1, 1).rng
    ((low, high),) = sizing.choices([span for span, _ in SIZES], [many for _, many in SIZES])
    return World(scenario, seed, sizing.randint(low, high), sizing.choice(SPANS))
