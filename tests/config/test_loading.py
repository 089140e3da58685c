from datetime import timedelta
from pathlib import Path

import pytest

from feedwright.config.loading import load
from feedwright.config.schema import (
    Author,
    Config,
    FeedSpec,
    Hub,
    MaxRemoved,
    Notify,
    PermalinkRule,
    Site,
)


def test_title_and_url_are_enough(read):
    config = read("site: {title: Harbour Light, url: https://example.org}").config
    assert config == Config(
        site=Site(
            title="Harbour Light",
            url="https://example.org/",
            feeds_url="https://example.org/feeds/",
        )
    )
    assert config.feeds == (FeedSpec(name="main", path=""),)


def test_the_root_is_the_folder_of_the_file_and_absolute(write, tmp_path, monkeypatch):
    write("")
    monkeypatch.chdir(tmp_path)
    loaded = load("config.yaml", {})
    assert loaded.root == tmp_path
    assert loaded.root.is_absolute()
    assert loaded.source == Path("config.yaml").read_bytes()


@pytest.mark.parametrize("title", ["2024", "no", "yes", "1e3", "2024-01-02", "0x10", "true"])
def test_scalars_are_text(read, title):
    assert read(f"site: {{title: {title}, url: https://e.org}}").config.site.title == title


def test_norwegian_is_a_language(read):
    assert read("site: {title: a, url: https://e.org, language: no}").config.site.language == "no"


@pytest.mark.parametrize("word", ["true", "yes", "on", "True", "YES", "'yes'"])
def test_true_is_written_in_many_ways(read, word):
    assert read(f"content: {{split_authors: {word}}}").config.content.split_authors is True


@pytest.mark.parametrize("word", ["false", "no", "off", "OFF"])
def test_false_is_written_in_many_ways(read, word):
    assert read(f"feeds: [{{name: a, archive: {word}}}]").config.feeds[0].archive is False


def test_permalinks_have_rules(read):
    text = "content: {permalinks: [{pattern: '/{title}/', match: a/, languages: pt_br}]}"
    rule = PermalinkRule("/{title}/", match="a/**", languages=("pt-BR",))
    assert read(text).config.content.permalinks == (rule,)


def test_one_value_is_a_list_of_one(read):
    content = read("content: {path: posts, static: public/, exclude: drafts/}").config.content
    assert content.path == ("posts",)
    assert content.static == ("public",)
    assert content.exclude == ("drafts/**",)


@pytest.mark.parametrize("nothing", ["", "~", "null"])
def test_a_key_without_a_value_is_the_default(read, nothing):
    text = f"content: {nothing}\nfeeds: {nothing}\nnotify:\n  webhooks: {nothing}\nstate: {nothing}"
    assert read(text).config == read("").config


def test_relative_addresses_resolve_against_the_site(read):
    config = read(
        "site:\n  title: a\n  url: https://Example.org/blog\n  feeds_url: /feeds\n"
        "  icon: /i.png\n  logo: logo.png\n  author: {name: x, url: about/}\n"
        "feeds:\n"
        "  - {name: a, home: ä/, podcast: {image: //cdn.org/x.png, funding: /give}}"
    ).config
    assert config.site.url == "https://example.org/blog/"
    assert config.site.feeds_url == "https://example.org/feeds/"
    assert config.site.icon == "https://example.org/i.png"
    assert config.site.logo == "https://example.org/blog/logo.png"
    assert config.site.author == Author("x", "", "https://example.org/blog/about/")
    assert config.feeds[0].home == "https://example.org/blog/%C3%A4/"
    assert config.feeds[0].podcast is not None
    assert config.feeds[0].podcast.image == "https://cdn.org/x.png"
    assert config.feeds[0].podcast.funding == "https://example.org/give"


def test_a_host_of_any_script_becomes_ascii(read):
    assert read("site: {title: a, url: https://bücher.example/}").config.site.url == (
        "https://xn--bcher-kva.example/"
    )


def test_the_path_of_a_feed_is_its_name_unless_given(read):
    feeds = read(
        "feeds:\n  - name: main\n    path: ''\n  - name: long\n  - {name: tag, per: tag}\n"
        "  - {name: other, path: ~}\n  - {name: x, path: a/b/}"
    ).config.feeds
    assert [feed.path for feed in feeds] == ["", "long", "tag/{slug}", "other", "a/b"]


def test_placeholders_of_a_home_page_stay(read):
    feeds = read("feeds: [{name: tag, per: tag, home: '/tag/{slug}/?q={label}'}]").config.feeds
    assert feeds[0].home == "https://example.org/tag/{slug}/?q={label}"


def test_an_author_may_be_one_text(read):
    site = "site: {title: a, url: https://e.org, author: Jane  Doe <j@e.org>}"
    assert read(site).config.site.author == Author("Jane Doe", "j@e.org")
    site = "site: {title: a, url: https://e.org, author: Jane Doe}"
    assert read(site).config.site.author == Author("Jane Doe")


def test_fields_take_dotted_names_and_lists(read):
    fields = read(
        "content: {fields: {title: [params.newstitle, t], id: code}}"
    ).config.content.fields
    assert fields == {"title": ("params.newstitle", "t"), "id": ("code",)}


def test_values_of_defaults_are_as_written(read):
    default = read(
        "content:\n  defaults:\n    - match: opinion/**\n      values:\n"
        "        categories: [Opinion]\n        date: 2024-01-02\n        draft: ~\n"
        "        a: {b: '${X}'}",
        X="y",
    ).config.content.defaults[0]
    assert default.values == {
        "categories": ["Opinion"],
        "date": "2024-01-02",
        "draft": None,
        "a": {"b": "y"},
    }


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("20MB", 20_000_000),
        ("500 kB", 500_000),
        ("1.5mb", 1_500_000),
        ("1MiB", 1_048_576),
        ("2000", 2000),
        ("1G", 1_000_000_000),
        ("3000b", 3000),
    ],
)
def test_sizes(read, text, number):
    assert read(f"content: {{max_bytes: {text}}}").config.content.max_bytes == number


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("10s", timedelta(seconds=10)),
        ("5m", timedelta(minutes=5)),
        ("2h", timedelta(hours=2)),
        ("365d", timedelta(days=365)),
        ("1.5 h", timedelta(minutes=90)),
    ],
)
def test_lengths_of_time(read, text, length):
    feeds = read(f"feeds: [{{name: a, where: {{newer_than: {text}}}}}]").config.feeds
    assert feeds[0].where.newer_than == length


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("20%", MaxRemoved(0.2, None)),
        ("5", MaxRemoved(None, 5)),
        ("0", MaxRemoved(None, 0)),
        ("12.5 %", MaxRemoved(0.125, None)),
        ("100%", MaxRemoved(1.0, None)),
    ],
)
def test_the_limit_of_removals_is_a_share_or_a_number(read, text, limit):
    assert read(f"publish: {{max_removed: {text}}}").config.publish.max_removed == limit


def test_a_notify_section_is_fully_typed(read):
    secret = "whsec_" + "A" * 32
    loaded = read(
        "notify:\n  send_within: 0s\n  keep_attempts: 90d\n  webhooks:\n"
        "    - name: a\n      url: https://hooks.example.net/x?y=z\n"
        "      secret: ['${OLD}', '${NEW}']\n      feeds: main\n      events: [entry.published]\n"
        "      proxy: http://u:p@proxy:3128\n      timeout: 30s\n"
        "  websub:\n    hubs: [https://hub.example.net/, {url: 'http://h.org', allow_http: on}]\n"
        "feeds: [{name: main}]",
        OLD=secret,
        NEW=secret + "AAAA",
    )
    notify = loaded.config.notify
    assert notify.send_within == timedelta(0)
    assert notify.webhooks[0].secret == (secret, secret + "AAAA")
    assert notify.webhooks[0].feeds == ("main",)
    assert notify.webhooks[0].events == ("entry.published",)
    assert notify.webhooks[0].timeout == timedelta(seconds=30)
    assert notify.webhooks[0].disabled == ""
    assert [hub.url for hub in notify.websub.hubs] == ["https://hub.example.net/", "http://h.org"]
    assert notify.websub.hubs[1] == Hub("http://h.org", allow_http=True)
    assert loaded.warnings == ()
    assert loaded.variables == {"OLD": secret, "NEW": secret + "AAAA"}
    assert secret not in repr(loaded.config)


def test_a_site_may_lie_beside_its_configuration(read):
    content = read("content: {path: .}\nledger: data/ledger.jsonl").config.content
    assert content.path == (".",)
    assert content.exclude == (
        "README.md",
        "feeds/**",
        ".feedwright/**",
        "data/ledger.jsonl/**",
    )


def test_state_and_ledger_may_be_elsewhere(read):
    config = read("state: /var/lib/feedwright/\nledger: ../ledger.jsonl").config
    assert (config.state, config.ledger) == ("/var/lib/feedwright", "../ledger.jsonl")


def test_a_byte_order_mark_and_windows_lines_are_taken(read):
    source = b"\xef\xbb\xbfsite:\r\n  title: a\r\n  url: https://e.org/\r\n"
    assert read(source).config.site.title == "a"


def test_anchors_and_merge_keys_work(read):
    feeds = read(
        "feeds:\n  - &base {name: a, limit: 7, formats: [rss]}\n  - {<<: *base, name: b}"
    ).config.feeds
    assert [(feed.name, feed.limit, feed.path) for feed in feeds] == [("a", 7, "a"), ("b", 7, "b")]


def test_zones_have_names(read):
    for name, zone in (("Europe/London", "Europe/London"), ("UTC", "UTC"), ("Z", "UTC")):
        site = f"site: {{title: a, url: https://e.org, timezone: {name}}}"
        assert read(site).config.site.timezone == zone


def test_no_notify_is_the_default(read):
    assert read("").config.notify == Notify()


def test_names_of_any_script_are_taken(read):
    feeds = read("feeds: [{name: новости}, {name: 2024}, {name: हिन्दी}]").config.feeds
    assert [feed.name for feed in feeds] == ["новости", "2024", "हिन्दी"]
