from importlib.resources import files
from pathlib import Path

import pytest

from data.config import SECTIONS, AboutConfig, Config, mastodon_token, read_config, secret
from data.errors import ConfigError

_OIDC = "[oidc]\nissuer = 'https://a.example'\nclient_id = 'x'\n"


def settings(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "hhhilft.toml"
    path.write_text(text, "utf-8")
    return path


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HHHILFT_STORE_URL", "HHHILFT_LANG"):
        monkeypatch.delenv(name, raising=False)


def test_without_a_file_the_defaults_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert read_config() == Config(folder=tmp_path)


def test_the_commented_settings_say_every_default(tmp_path: Path) -> None:
    template = files("data").joinpath("settings.toml").read_text("utf-8")
    path = settings(tmp_path, template)
    assert read_config(path) == Config(folder=tmp_path, path=path)
    for section, kind in SECTIONS.items():
        assert f"[{section}]" in template
        for key in kind.__dataclass_fields__:
            assert f"\n{key} = " in template


@pytest.mark.parametrize(
    ("text", "line", "fix"),
    [
        ("[mastodon]\n\ninterval_minutes = 0\n", "line 3", "interval_minutes = 10"),
        ("[mastodon]\ninterval_minutes = '10'\n", "line 2", "interval_minutes = 10"),
        ("[mastodon]\ninstances = ['norden.social']\n", "line 2", "https://norden.social"),
        ("[watch]\nhashtag = ['HHhilft']\n", "line 2", "Did you mean hashtags?"),
        ("[watch]\nhashtags = ['#HHhilft']\n", "line 2", 'hashtags = ["HHhilft"]'),
        ("[watch]\ntimezone = 'Hamburg'\n", "line 2", "Europe/Berlin"),
        ("[mastodn]\n", "line 1", "Did you mean mastodon?"),
        ("[digest]\nhour = 2\n", "line 2", "hour = 7"),
        ("[store]\nurl = 'mysql://x'\n", "line 2", "sqlite:///"),
        ("[dashboard]\nport = true\n", "line 2", "port = 8050"),
        ("[detect]\ninstitutions = ['amt']\n", "line 2", "@amt@norden.social"),
        ("[instagram]\nuser = '@amt'\n", "line 2", 'user = "17841405309211844"'),
        ("[instagram]\ninterval_minutes = 1440\n", "line 2", "interval_minutes = 60"),
        ("[instagram]\nversion = '24'\n", "line 2", 'version = "v24.0"'),
        ("[facebook]\npages = ['amt']\n", "line 2", 'pages = ["102030405060708"]'),
        ("[pinterest]\nboards = ['decken']\n", "line 2", 'boards = ["549755885175"]'),
        ("[pinterest]\nserver = 'pinterest'\n", "line 2", "https://api.pinterest.com"),
        ("[x]\nmonthly_posts = 500\n", "line 2", "monthly_posts = 10000"),
        ("[x]\ncheck_percent = 0\n", "line 2", "check_percent = 50"),
        ("[x]\nbilling_day = 31\n", "line 2", "billing_day = 1"),
        ("[x]\nfirst_days = 30\n", "line 2", "first_days = 7"),
        ("[x]\nserver = 'x.com'\n", "line 2", "https://api.x.com"),
        ("[oidc]\nissuer = 'http://login.amt.example'\n", "line 2", "https://login.amt.example"),
        ("[oidc]\nissuer = 'https://a.example/?x=1'\n", "line 2", "https://login.amt.example"),
        ("[oidc]\nclient_id = 'x'\nissuer = ''\n", "line 3", "https://login.amt.example"),
        (
            "[oidc]\nclient_id = ''\nissuer = 'https://a.example'\n",
            "line 2",
            'client_id = "hhhilft"',
        ),
        (_OIDC + "name = ''\nroles = { a = 'press' }\n", "line 4", 'name = "Behördenkonto"'),
        (_OIDC + "name = 'Amt'\nroles = {}\n", "line 5", '"hhhilft-presse" = "press"'),
        (_OIDC + "name = 'Amt'\n[oidc.roles]\na = 'chief'\n", "line 5", "viewer, coordinator"),
        (_OIDC + "name = 'Amt'\nroles = { a = 1 }\n", "line 5", "roles = {}"),
        (_OIDC + "name = 'Amt'\nroles = 'press'\n", "line 5", "roles = {}"),
        ("[oidc]\nscopes = ['profile']\n", "line 2", '"openid"'),
        ("[oidc]\ngroups_claim = ''\n", "line 2", 'groups_claim = "groups"'),
        ("[oidc]\ntimeout_seconds = 0\n", "line 2", "timeout_seconds = 5"),
        ("[instagram]\nserver = 'graph'\n", "line 2", "https://graph.facebook.com"),
    ],
)
def test_a_wrong_setting_is_refused_with_its_line_and_the_fix(
    tmp_path: Path, text: str, line: str, fix: str
) -> None:
    with pytest.raises(ConfigError) as refused:
        read_config(settings(tmp_path, text))
    assert line in refused.value.en
    assert fix in refused.value.en
    assert line.replace("line", "Zeile") in refused.value.de


def test_broken_toml_and_a_missing_file_are_told_with_the_next_step(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="TOML"):
        read_config(settings(tmp_path, "[watch\n"))
    with pytest.raises(ConfigError, match="hhhilft init"):
        read_config(tmp_path / "elsewhere.toml")


def test_the_environment_goes_before_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HHHILFT_STORE_URL", "postgresql+psycopg://localhost/x")
    monkeypatch.setenv("HHHILFT_MASTODON_TOKEN_NORDEN_SOCIAL", "geheim")
    assert read_config(settings(tmp_path, "")).store.url == "postgresql+psycopg://localhost/x"
    assert mastodon_token("https://norden.social") == "geheim"


def test_relative_paths_start_at_the_settings_file(tmp_path: Path) -> None:
    config = read_config(settings(tmp_path, ""))
    assert config.store_url == f"sqlite:///{tmp_path}/var/hhhilft.db"
    assert config.digest_folder == tmp_path / "var/digest"


def test_a_secret_may_stand_in_a_file_that_nobody_else_can_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HHHILFT_X_TOKEN", raising=False)
    assert secret("HHHILFT_X_TOKEN") is None
    path = tmp_path / "token"
    path.write_text("geheim\n", "utf-8")
    monkeypatch.setenv("HHHILFT_X_TOKEN_FILE", str(path))
    path.chmod(0o600)
    assert secret("HHHILFT_X_TOKEN") == "geheim"
    path.chmod(0o640)
    with pytest.raises(ConfigError) as refused:
        secret("HHHILFT_X_TOKEN")
    assert f"chmod 600 {path}" in refused.value.de
    assert "geheim" not in f"{refused.value.de}{refused.value.en}"
    path.unlink()
    with pytest.raises(ConfigError, match="lässt sich nicht lesen"):
        secret("HHHILFT_X_TOKEN")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('mail = "niemand"', r"\[about\] mail"),
        ('operator = "a\\nb"', r"\[about\] operator"),
        ('address = ["' + "x" * 301 + '"]', r"\[about\] address"),
    ],
)
def test_who_runs_it_is_said_in_plain_lines(tmp_path: Path, line: str, told: str) -> None:
    path = tmp_path / "hhhilft.toml"
    path.write_text(f"[about]\n{line}\n", "utf-8")
    with pytest.raises(ConfigError, match=told):
        read_config(path)


def test_what_is_not_named_yet_is_known_and_a_telephone_is_not_needed() -> None:
    assert "phone" not in AboutConfig().missing
    assert AboutConfig(operator="Amt").missing[0] == "address"
