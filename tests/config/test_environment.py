import pytest

from feedwright.config.environment import Environment


def expanded(text: str, **environ: str) -> str:
    return Environment(environ).expand(text).text


def test_variables_are_replaced():
    assert expanded("a ${X} b ${Y}", X="1", Y="2") == "a 1 b 2"


def test_a_default_stands_in_for_what_is_not_set_or_empty():
    assert expanded("${X:-d e}") == "d e"
    assert expanded("${X:-d}", X="") == "d"
    assert expanded("${X:-d}", X="x") == "x"
    assert expanded("${X:-}") == ""


def test_two_dollars_are_the_text_itself():
    assert expanded("$${X} $X $ {X}", X="1") == "${X} $X $ {X}"


def test_what_a_variable_holds_is_not_expanded_again():
    assert expanded("${X}", X="${Y}", Y="1") == "${Y}"


def test_variables_that_were_asked_for_are_known():
    environment = Environment({"X": "1"})
    assert environment.expand("${X} ${Y:-2} ${Z}").missing == ("Z",)
    assert environment.used == {"X": "1", "Y": None, "Z": None}


@pytest.mark.parametrize("text", ["${", "${X", "${}", "${a b}", "${1}", "${X:+y}", "a ${X:-b"])
def test_a_malformed_reference_is_told(text):
    assert Environment({}).expand(text).is_malformed


def test_a_variable_cannot_bring_keys(read):
    value = "a\n  language: de"
    site = read("site: {title: '${T}', url: https://e.org}", T=value).config.site
    assert site.title == "a language: de"
    assert site.language == "en"


def test_a_variable_that_is_not_set_is_a_mistake(mistakes):
    problem = mistakes("state: ${NOWHERE}")[0]
    assert (problem.line, problem.field, problem.name) == (1, "state", "config-variable")
    assert "NOWHERE is not set; set it, or write ${NOWHERE:-default}" in str(problem)


WEBHOOK = "notify:\n  webhooks:\n    - {name: a, url: 'https://h.org/${P:-x}', secret: '${KEY}'}"


@pytest.mark.parametrize("environ", [{}, {"KEY": ""}, {"KEY": " "}])
def test_a_webhook_without_its_variable_waits(read, environ):
    loaded = read(WEBHOOK, **environ)
    (webhook,) = loaded.config.notify.webhooks
    assert webhook.disabled == "KEY is not set"
    assert webhook.secret == ()
    (warning,) = loaded.warnings
    assert (warning.name, warning.field) == ("webhook-disabled", "notify.webhooks[0]")
    assert warning.line == 3
    assert "KEY is not set, so this webhook is off" in warning.what


def test_other_webhooks_go_on(read):
    key = "whsec_" + "A" * 32
    text = WEBHOOK + "\n    - {name: b, url: https://h.org, secret: '${B}'}"
    webhooks = read(text, B=key).config.notify.webhooks
    assert [bool(webhook.disabled) for webhook in webhooks] == [True, False]


def test_the_address_of_a_hub_has_to_be_known(mistakes):
    """It stands in the documents: they would change with the environment."""
    assert mistakes("notify: {websub: {hubs: ['${HUB}']}}")[0].name == "config-variable"


def test_a_webhook_has_to_have_a_name(mistakes):
    problems = mistakes("notify: {webhooks: [{name: '${N}', url: '${U}'}]}")
    assert [problem.field for problem in problems] == ["notify.webhooks[0].name"]
