"""docs/configuration.md says what the code does."""

import pickle
import re
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from feedwright.config import schema
from feedwright.config.jsonschema import default_of, json_schema
from feedwright.config.keys import KEYS
from feedwright.config.patterns import PERMALINK_PLACEHOLDERS
from feedwright.config.report import NAMES

PAGE = Path(__file__).parents[2] / "docs" / "configuration.md"
TEXT = PAGE.read_text(encoding="utf-8")
SECTIONS = {
    "The top level": schema.Config,
    "`site`": schema.Site,
    "`site.author`": schema.Author,
    "`content`": schema.Content,
    "Permalinks": schema.PermalinkRule,
    "Defaults": schema.Default,
    "`feeds`": schema.FeedSpec,
    "`feeds[].where`": schema.Where,
    "`feeds[].podcast`": schema.Podcast,
    "`feeds[].podcast.owner`": schema.Owner,
    "`notify`": schema.Notify,
    "`notify.webhooks[]`": schema.Webhook,
    "`notify.websub`": schema.WebSub,
    "`notify.websub.hubs[]`": schema.Hub,
    "`publish`": schema.Publish,
}
EXAMPLES = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
IN_WORDS = {"none", "defaults", "everything", "from the site"}


def rows(heading: str) -> dict[str, str]:
    """Return the defaults of a section's table by key, as written."""
    section = re.split(rf"\n##+ {re.escape(heading)}\n", TEXT)[1].split("\n#")[0]
    return {
        match[1]: match[2]
        for match in re.finditer(r"^\| `(\w+)` \| [^|]+ \| ([^|]+) \| [^|]+ \|$", section, re.M)
    }


def test_every_mapping_has_a_section():
    assert set(SECTIONS.values()) == set(KEYS)


@pytest.mark.parametrize("heading", SECTIONS)
def test_every_key_has_a_row_in_order(heading):
    assert list(rows(heading)) == list(KEYS[SECTIONS[heading]])


@pytest.mark.parametrize("heading", SECTIONS)
def test_every_default_is_as_written(heading):
    record = SECTIONS[heading]
    for key, written in rows(heading).items():
        default = default_of(record, key)
        required = json_schema()["$defs"].get(record.__name__, json_schema())["required"]
        assert (written == "needed") == (key in required), key
        code = re.fullmatch("`([^`]*)`", written)
        if code is None:
            assert written in IN_WORDS or default in (None, ""), key
            continue
        if isinstance(default, int) and not isinstance(default, bool) and "MB" in code[1]:
            assert default == int(code[1].removesuffix("MB")) * 1_000_000
            continue
        value = yaml.safe_load(code[1])
        assert value == (default if default is not None else type(value)()), key


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_loads_without_warnings(read, example):
    names = ("NEWSLETTER_SECRET", "NEWSLETTER_OLD_SECRET", "BESIDE_SECRET")
    environ = dict.fromkeys(names, "whsec_" + "A" * 32)
    loaded = read(example, CHAT_WEBHOOK="https://chat.example.net/x", **environ)
    assert loaded.warnings == ()
    assert pickle.loads(pickle.dumps(loaded.config)) == loaded.config  # it is kept between runs


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_is_valid_for_editors(example):
    config = {"site": {"title": "a", "url": "https://e.org/"}} | yaml.safe_load(example)
    Draft202012Validator(json_schema()).validate(config)


def test_every_key_stands_in_an_example():
    examples = "\n".join(EXAMPLES)
    shown = set(re.findall(r"(\w+):", examples))
    rare = {key for key in KEYS[schema.Where] if key.startswith(("all_", "not_", "any_"))}
    rare |= {"block", "complete", "publish_emails"}
    names = {name for keys in KEYS.values() for name in keys}
    assert names - shown <= rare


def test_every_problem_has_a_row():
    written = dict(re.findall(r"^\| `([a-z]+(?:-[a-z]+)+)` \| (.*) \|$", TEXT, re.M))
    assert written == NAMES


def test_every_placeholder_and_field_is_named():
    for placeholder in PERMALINK_PLACEHOLDERS:
        assert f"`{{{placeholder}}}`" in TEXT
    for field in schema.FIELDS:
        assert f"`{field}`" in TEXT


def test_messages_are_as_the_page_shows_them(mistakes):
    """The mistakes of the page, made again."""
    problems = mistakes(
        "content:\n  permalink: '/:year/:title/'\nfeeds:\n"
        "  - {name: main}\n"
        "  - {name: a, limit: -1, formats: [rsss], where: {newer_than: 3 weeks}}\n"
    )
    shown = re.findall(r"^config\.yaml:\d+: (.*)$", TEXT, re.M)
    assert [str(problem).split(": ", 1)[1] for problem in problems] == shown
