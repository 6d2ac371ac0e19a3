"""A source that does not deliver: its state, in words, and when to ask again."""

from data.errors import SourceError


class Refused(SourceError):  # noqa: N818 - a state of the other side, not a fault of ours
    """Ends a round at one origin.

    `state` is one of `data.reads.STATES`; `said` is what the server said, in its own words;
    `wait` are the seconds after which it wants to be asked again, None where it said nothing.
    """

    def __init__(
        self, state: str, de: str, en: str, said: str | None = None, wait: float | None = None
    ) -> None:
        super().__init__(de, en)
        self.state = state
        self.said = said
        self.wait = wait
