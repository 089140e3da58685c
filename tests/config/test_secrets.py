"""Values of secrets and of variables never stand in a message."""

import base64

import pytest

from feedwright.config.loading import load
from feedwright.errors import ConfigurationError

KEY = "hunter2hunter2"
WEBHOOK = "notify:\n  webhooks:\n    - {{name: a, url: 'https://h.org', {}}}"

WRONG = {
    "no prefix": KEY,
    "no base64": f"whsec_{KEY}!!",
    "too short": f"whsec_{base64.b64encode(KEY.encode()).decode()}",
    "too long": f"whsec_{base64.b64encode(KEY.encode() * 9).decode()}",
    "padding": "whsec_" + base64.b64encode((KEY * 2).encode()).decode().rstrip("=") + "=",
    "asymmetric": f"whsk_{KEY}",
    "script": "whsec_кириллица" + KEY,
}


@pytest.mark.parametrize("how", WRONG)
def test_a_wrong_secret_is_told_but_not_shown(mistakes, how):
    secret = WRONG[how]
    for problems in (
        mistakes(WEBHOOK.format(f"secret: '{secret}'")),
        mistakes(WEBHOOK.format("secret: ['${KEY}']"), KEY=secret),
    ):
        (problem,) = problems
        assert problem.field.startswith("notify.webhooks[0].secret")
        assert "openssl rand" in problem.cure
        assert secret.removeprefix("whsec_").rstrip("=") not in str(problem)
        assert KEY not in str(problem)


@pytest.mark.parametrize(
    "text",
    [
        WEBHOOK.format(f"proxy: 'nonsense {KEY}'"),
        WEBHOOK.format(f"proxy: 'ftp://u:{KEY}@proxy'"),
        WEBHOOK.format(f"proxy: 'socks5h://u:{KEY}@proxy:1080'"),
        WEBHOOK.format(f"secret: {{a: {KEY}}}"),
        WEBHOOK.format(f"secret: [[{KEY}]]"),
        WEBHOOK.format(f"secret: 'a, {KEY}'"),
        WEBHOOK.format(f"secret:whsec_{KEY}"),
        WEBHOOK.format(f"'whsec_{KEY}': x"),
        WEBHOOK.format(f"timeout: whsec_{KEY}"),
        f"notify:\n  webhooks: [{{name: a, url: 'ftp://h.org/{KEY}'}}]",
        f"notify:\n  webhooks: [{{name: a, url: 'http://h.org/{KEY}'}}]",
        f"notify:\n  webhooks: [{{name: a, url: 'https://u:{KEY}@h.org/'}}]",
        f"notify:\n  webhooks: ['whsec_{KEY}']",
        f"notify:\n  webhooks:\n    - name: a\n      url: https://h.org\n      key:whsec_{KEY}\n",
        f"notify:\n  webhooks:\n    - name: a\n      secret: 'whsec_{KEY}\n",
    ],
)
def test_what_may_be_a_secret_is_not_shown(mistakes, text):
    for problem in mistakes(text):
        assert KEY not in str(problem)


@pytest.mark.parametrize(
    "text",
    [
        "state: 'feeds/a'\nledger: '${KEY}://'",
        "feeds: [{name: a, limit: '${KEY}', formats: '${KEY}', max_bytes: '${KEY}'}]",
        "feeds: [{name: a, per: '${KEY}', where: {newer_than: '${KEY}'}, content: '${KEY}'}]",
        "publish: {max_removed: '${KEY}'}",
        "content: {max_bytes: '${KEY}', slug_from: '${KEY}', split_authors: '${KEY}'}",
        "site: {title: a, url: '${KEY}', timezone: '${KEY}', author: '${KEY}@x'}",
        "notify: {send_within: '${KEY}', websub: {hubs: '${KEY}'}}",
    ],
)
def test_what_a_variable_holds_is_not_shown(mistakes, text):
    problems = mistakes(text, KEY=KEY)
    assert problems
    assert any("${KEY}" in str(problem) for problem in problems)
    for problem in problems:
        assert KEY not in str(problem)


def test_secrets_are_not_in_the_chain_of_the_error(write):
    path = write(WEBHOOK.format(f"secret: 'whsec_{KEY}!!'"))
    with pytest.raises(ConfigurationError) as caught:
        load(path, {})
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


def test_a_webhook_shows_no_secret_in_repr(read):
    secret = "whsec_" + base64.b64encode(b"x" * 32).decode()
    text = WEBHOOK.format("secret: '${KEY}', proxy: 'http://u:pass@proxy:1'")
    config = read(text, KEY=secret).config
    assert config.notify.webhooks[0].secret == (secret,)
    assert secret not in repr(config)
    assert "pass" not in repr(config.notify)
