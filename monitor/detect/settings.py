"""What detection does step by step, so that each step can be left out and its use be measured."""

from dataclasses import dataclass
from datetime import timedelta

from monitor.detect.actions import KINDS
from monitor.detect.meetings import WINDOW


@dataclass(frozen=True, slots=True)
class Steps:
    """All of it, as the program runs."""

    kinds: tuple[str, ...] = KINDS  # of objects
    window: timedelta = WINDOW  # longest gap of a meeting
    spans: bool = True  # an object on another day counts anew
    parting: bool = True  # who meets far more often than the rest of a group is a group of its own
    floods: bool = True  # hashtags that many young accounts bring along at once
    guards: bool = True  # what has an explanation is no alert, whatever the weights say


ALL_STEPS = Steps()
