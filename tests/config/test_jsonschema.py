import json

import pytest
import yaml
from jsonschema import Draft202012Validator

from feedwright.config import schema
from feedwright.config.jsonschema import SHIPPED, json_schema, text
from feedwright.config.keys import KEYS
from feedwright.config.schema import Webhook


def is_valid(config: str) -> bool:
    return Draft202012Validator(json_schema()).is_valid(yaml.safe_load(config))


def test_the_shipped_schema_is_in_step():
    """Renew it with: python -m feedwright.config.jsonschema."""
    assert SHIPPED.read_text(encoding="utf-8") == text()
    assert json.loads(text()) == json_schema()


def test_it_is_a_json_schema():
    Draft202012Validator.check_schema(json_schema())


def test_every_field_has_a_key_and_every_key_a_field():
    derived = {(Webhook, "disabled")}
    for record, keys in KEYS.items():
        names = {each for each in record._fields if (record, each) not in derived}
        assert set(keys) == names, record
    records = {
        each
        for each in vars(schema).values()
        if isinstance(each, type) and hasattr(each, "_fields")
    }
    assert records - set(KEYS) == {schema.MaxRemoved}


SITE = "site: {title: a, url: https://e.org/}\n"


@pytest.mark.parametrize(
    "config",
    [
        SITE,
        "site: {title: 2024, url: '${URL}'}",
        SITE + "content:\nfeeds:\n",
        SITE + "feeds: [{name: a, limit: 0, formats: rss, where: {newer_than: 365d}}]",
        SITE + "feeds: [{name: a, limit: '${LIMIT:-5}', archive: yes}]",
        SITE + "content: {fields: {title: [a.b]}, max_bytes: 20MB, authors: ''}",
        SITE + "notify: {websub: {hubs: ['https://h.org', {url: 'https://i.org'}]}}",
        SITE + "publish: {max_removed: 5}",
        "site: {title: true, url: https://e.org/}",
        SITE + "content: {path: [2023, 2024], exclude: 2025, authors: ''}",
        SITE + "feeds: [{name: é-1.b_c, path: 'a/{slug}', home: '/{slug}/', per: tag}]",
        SITE + "feeds: [{name: '${NAME}', path: a/b}]",
    ],
)
def test_what_is_right_is_valid(read, config):
    assert is_valid(config)
    read(config, URL="https://e.org/", NAME="main")


@pytest.mark.parametrize(
    "config",
    [
        "site: {title: a}",
        SITE + "feed: []",
        SITE + "feeds: [{name: a, limit: -1}]",
        SITE + "feeds: [{name: a, formats: [rsss]}]",
        SITE + "feeds: [{name: a, formats: []}]",
        SITE + "feeds: [{limit: 1}]",
        SITE + "feeds: [{name: a, where: {newer_than: 3 weeks}}]",
        SITE + "content: {permalink: /x/}",
        SITE + "content: {fields: {titel: x}}",
        SITE + "publish: {max_removed: lots}",
        "site: {title: '', url: https://e.org/}",
        SITE + "feeds: [{name: a b}]",
        SITE + "feeds: [{name: a/b}]",
        SITE + "feeds: [{name: .a}]",
        SITE + "feeds: [{name: a, path: /b}]",
        SITE + "feeds: [{name: a, path: b c}]",
        SITE + "feeds: [{name: a, home: b c}]",
        SITE + "feeds: [{name: a, podcast: {guid: x}}]",
        SITE + "notify: {webhooks: [{name: a, url: 'https://h.org', proxy: x}]}",
    ],
)
def test_what_is_wrong_is_not_valid(mistakes, config):
    assert not is_valid(config)
    mistakes(config)
