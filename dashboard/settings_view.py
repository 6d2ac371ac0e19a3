"""The settings in force as tables, and which secrets are set."""

from dash import html

from dashboard.here import Here
from dashboard.tables import Cell, Column, table
from data.plain import plain
from data.settings_shown import Secret, Setting, secrets_in_force, settings_in_force


def settings_part(at: Here) -> html.Section:
    """Show each section's settings, closed until somebody opens it."""
    where = at.config.path
    return html.Section(
        [
            html.H2(at.say("manage.settings")),
            html.P(
                at.say("manage.from_file", path=str(where))
                if where
                else at.say("manage.from_defaults"),
                className="quiet",
            ),
            *(
                _section(at, name, settings)
                for name, settings in settings_in_force(at.config).items()
            ),
        ],
        className="card settings",
    )


def secrets_part(at: Here) -> html.Section:
    """Say which secrets are set, never what they are."""
    rows = [[each.name, _state(at, each)] for each in secrets_in_force(at.config)]
    columns = [Column(at.say("manage.secret")), Column(at.say("manage.state"))]
    return html.Section(
        [
            html.H2(at.say("manage.secrets")),
            html.P(at.say("manage.secrets_explain"), className="quiet"),
            table(at, at.say("manage.secrets"), columns, rows),
        ],
        className="card",
    )


def _section(at: Here, name: str, settings: list[Setting]) -> html.Details:
    changed = sum(1 for each in settings if not each.usual)
    title = [f"[{name}]"]
    if changed:
        title.append(f" – {at.count('manage.changed', changed)}")
    rows = [
        [
            each.key,
            Cell(html.Code(plain(each.value)), each.value),
            at.say("manage.usual" if each.usual else "manage.own"),
        ]
        for each in settings
    ]
    columns = [
        Column(at.say("manage.key")),
        Column(at.say("manage.value")),
        Column(at.say("manage.whence")),
    ]
    return html.Details([html.Summary(title), table(at, f"[{name}]", columns, rows)])


def _state(at: Here, found: Secret) -> str:
    if found.trouble is not None:
        return found.trouble.text(at.lang)
    return at.say("manage.set" if found.is_set else "manage.not_set")
