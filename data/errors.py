"""What a person can put right, said in German and English: what was met, where, what to do next."""


class MonitorError(Exception):
    """An error with a sentence for people; `str()` of it is the German one.

    `lang` is the language that the settings ask for, None where they were not read.
    """

    lang: str | None = None

    def __init__(self, de: str, en: str) -> None:
        super().__init__(de)
        self.de = de
        self.en = en

    def __reduce__(self) -> tuple[type["MonitorError"], tuple[str, str]]:
        """Say how it is made anew by another process that it is handed to."""
        return type(self), (self.de, self.en)

    def text(self, lang: str) -> str:
        """Return the sentence in `lang` ("de" or "en")."""
        return self.en if lang == "en" else self.de


class ConfigError(MonitorError):
    """A setting that cannot work."""


class SourceError(MonitorError):
    """A network or file that refuses or cannot be read."""


class ModelError(MonitorError):
    """The tagger's reference data or model is missing or broken."""


class StoreError(MonitorError):
    """The database cannot be opened, or is of another version than the code."""


class RecordError(ValueError):
    """One item that is not a post: kept in quarantine with `code` and `detail`, never dropped.

    `code` is one of `data.quarantine.REASONS`; `detail` quotes what was met, cut at 200
    characters.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail[:200]
