# ruff: noqa: E501 - a table of cases reads better in long rows

import errno

import pytest

from feedwright.config.loading import LARGEST, load
from feedwright.errors import ConfigurationError
from feedwright.model import Severity

KEY = "whsec_" + "A" * 32

# text (lines from 1; a site is added at its end), line, field, parts of the message
MISTAKES = [
    # unknown keys
    ("sitee: x", 1, "sitee", "there is no such key; did you mean site? allowed: site, content"),
    ("content:\n  permlink: x", 2, "content.permlink", "did you mean permalink?"),
    ("content:\n  max-bytes: x", 2, "content.max-bytes", "did you mean max_bytes?"),
    ("permalink: /x", 1, "permalink", "it belongs to content; allowed: site"),
    ("title: x", 1, "title", "it belongs to site or a feed of feeds"),
    ("feeds:\n- {name: a, where: {tags: x}}", 2, "feeds[0].where.tags", "did you mean any_tags?"),
    ("feeds:\n- {name: a, any_tags: x}", 2, "feeds[0].any_tags", "it belongs to where of a feed"),
    ("feeds:\n- {name: a, zzz: x}", 2, "feeds[0].zzz", "no such key; allowed: name, per, path"),
    ("'': x", 1, "", "there is no such key; allowed"),
    # types
    ("site: https://example.org", 1, "site", "is text, not a mapping; write its keys below it"),
    ("feeds: main", 1, "feeds", "is text, not a list"),
    ("feeds: {name: main}", 1, "feeds", 'is a mapping, not a list; begin each with "- "'),
    ("feeds: [main]", 1, "feeds[0]", "is text, not a mapping"),
    ("feeds: []", 1, "feeds", "is an empty list; write at least one, or leave the key out"),
    ("feeds:\n-\n", 2, "feeds[0]", "is empty, not a mapping"),
    ("feeds:\n- name: [a]", 2, "feeds[0].name", "is a list, not one value"),
    ("content:\n  permalink: {a: b}", 2, "content.permalink", "is a mapping, not one value"),
    ("content:\n  static: a, b", 2, "content.static", "write [a, b]"),
    ("content:\n  include: []", 2, "content.include", "is an empty list"),
    ("content:\n  include:\n    - a\n    -\n", 4, "content.include[1]", "is empty"),
    ("content:\n  fields: [a]", 2, "content.fields", "is a list, not a mapping"),
    ("content:\n  fields: {title: {a: b}}", 2, "content.fields.title", "is a mapping, not a list"),
    ("content:\n  defaults: {match: x}", 2, "content.defaults", "is a mapping, not a list"),
    ("notify:\n  webhooks: [https://x.org]", 2, "notify.webhooks[0]", "is text, not a mapping"),
    ("notify:\n  websub: https://x.org", 2, "notify.websub", "is text, not a mapping"),
    # required and empty
    ("feeds:\n- limit: 3", 2, "feeds[0].name", "is missing; add it: name of the feed"),
    ("feeds:\n- {name: ''}", 2, "feeds[0].name", "is empty"),
    ("content:\n  defaults:\n  - match: x", 3, "content.defaults[0].values", "is missing"),
    ("content:\n  permalink: ''", 2, "content.permalink", "is empty"),
    ("feeds:\n- {name: a, podcast: {owner: {name: x}}}", 2, "feeds[0].podcast.owner.email", "missing"),
    # duplicates
    ("content: {}\nstate: x\ncontent: {}", 3, "content", "stands twice: also in line 1"),
    ("feeds:\n- name: a\n  limit: 1\n  limit: 2", 4, "feeds[0].limit", "also in line 3"),
    ("content:\n  defaults:\n  - {match: x, values: {a: b, a: c}}", 3, "content.defaults[0].values.a", "twice"),
    # scalars
    ("content:\n  split_authors: maybe", 2, "content.split_authors", '"maybe" is neither true nor false'),
    ("feeds:\n- {name: a, limit: -1}", 2, "feeds[0].limit", '"-1" is below 0; write a whole number from 0 (no limit)'),
    ("feeds:\n- {name: a, limit: 1e3}", 2, "feeds[0].limit", "is not a whole number"),
    ("feeds:\n- {name: a, limit: all}", 2, "feeds[0].limit", "did you mean 0?"),
    ("feeds:\n- {name: a, limit: 9999999}", 2, "feeds[0].limit", "is above 1000000"),
    ("feeds:\n- {name: a, limit: " + "9" * 5000 + "}", 2, "feeds[0].limit", "is not a whole number"),
    ("feeds:\n- {name: a, formats: [rsss]}", 2, "feeds[0].formats[0]", "did you mean rss? allowed: rss, atom, json"),
    ("feeds:\n- {name: a, formats: jsonfeed}", 2, "feeds[0].formats", "did you mean json?"),
    ("feeds:\n- {name: a, content: ful}", 2, "feeds[0].content", "did you mean full?"),
    ("feeds:\n- {name: a, max_bytes: 1}", 2, "feeds[0].max_bytes", "did you mean 1MB?"),
    ("content:\n  max_bytes: 20 megs", 2, "content.max_bytes", "is not a size; write a size from 1kB to 1GB"),
    ("content:\n  max_bytes: 2000GB", 2, "content.max_bytes", "is more than 1GB"),
    ("feeds:\n- {name: a, where: {newer_than: 3 weeks}}", 2, "feeds[0].where.newer_than", "did you mean 21d?"),
    ("feeds:\n- {name: a, where: {newer_than: a year}}", 2, "feeds[0].where.newer_than", "did you mean 365d?"),
    ("feeds:\n- {name: a, where: {newer_than: 30}}", 2, "feeds[0].where.newer_than", "has no unit; did you mean 30d?"),
    ("feeds:\n- {name: a, where: {newer_than: 0d}}", 2, "feeds[0].where.newer_than", "is less than 1s"),
    ("feeds:\n- {name: a, where: {newer_than: 999999999d}}", 2, "feeds[0].where.newer_than", "is more than 36500d"),
    ("publish:\n  max_removed: 120%", 2, "publish.max_removed", "is more than 100%"),
    ("publish:\n  max_removed: 0.2", 2, "publish.max_removed", "did you mean 20%?"),
    ("publish:\n  max_removed: some", 2, "publish.max_removed", "is neither a share nor a number"),
    ("content:\n  accept: Bad Date", 2, "content.accept", "is no name of a warning"),
    # permalinks
    ("content:\n  permalink: /{yaer}/{slug}", 2, "content.permalink", "has {yaer}, which is unknown; did you mean {year}? allowed: {year}"),
    ("content:\n  permalink: /{filename}", 2, "content.permalink", "did you mean {stem}?"),
    ("content:\n  permalink: '/:year/:title/'", 2, "content.permalink", "did you mean /{year}/{title}/?"),
    ("content:\n  permalink: '/%Y/{slug}/'", 2, "content.permalink", "placeholders of another program"),
    ("content:\n  permalink: /{year}/", 2, "content.permalink", "gives every article the same address; add {slug}"),
    ("content:\n  permalinks: [slug]", 2, "content.permalinks[0]", "is text, not a mapping"),
    ("content:\n  permalinks: [{match: a}]", 2, "content.permalinks[0].pattern", "is missing"),
    ("content:\n  permalinks: [{pattern: '/{year}/'}]", 2, "content.permalinks[0].pattern", "gives every article the same address"),
    ("content:\n  permalinks: [{pattern: '/{slug}/', languages: english}]", 2, "content.permalinks[0].languages", "did you mean en?"),
    ("content:\n  permalink_style: 11ty", 2, "content.permalink_style", "did you mean eleventy?"),
    ("content:\n  permalink: /{slug", 2, "content.permalink", "has a { or } without its partner"),
    ("content:\n  permalink: /{{slug}}", 2, "content.permalink", "has a { or } without its partner"),
    ("content:\n  permalink: 'https://e.org/{slug}'", 2, "content.permalink", "is a whole address"),
    ("content:\n  permalink: /../{slug}", 2, "content.permalink", "has . or .. as a folder"),
    ("content:\n  permalink_slug: /a b/{slug}", 2, "content.permalink_slug", "has a blank"),
    ("content:\n  permalink_date: gmt", 2, "content.permalink_date", "allowed: utc, local, as-written, filename"),
    # fields, globs, folders
    ("content:\n  fields: {titel: x}", 2, "content.fields.titel", "did you mean title?"),
    ("content:\n  fields: {date: x}", 2, "content.fields.date", "did you mean published?"),
    ("content:\n  exclude: ['[a']", 2, "content.exclude[0]", "has a [ without ]"),
    ("content:\n  exclude: ['*.{md,txt}']", 2, "content.exclude[0]", "write one glob for each"),
    ("content:\n  exclude: ['a\\b']", 2, "content.exclude[0]", "did you mean a/b?"),
    ("content:\n  exclude: ['/drafts/**']", 2, "content.exclude[0]", "did you mean drafts/**?"),
    ("content:\n  include: ['!a']", 2, "content.include[0]", "write it in exclude without the !"),
    ("content:\n  include: ['../**']", 2, "content.include[0]", "leaves the content folder"),
    ("content:\n  path: ~/articles", 2, "content.path", "did you mean ${HOME}/articles"),
    ("content:\n  path: feeds", 2, "content.path", "is where documents are written"),
    ("content:\n  path: [a, a/b]", 2, "content.path[1]", "overlap, so articles would be read twice"),
    ("content:\n  path: .feedwright/x", 2, "content.path", "within the state folder"),
    ("state: feeds/.state", 1, "state", "is within feeds/, which is for the world to read"),
    ("state: .", 1, "state", "is the folder of config.yaml itself"),
    ("state: ~/x", 1, "state", "has a ~, which is not replaced; did you mean ${HOME}/x?"),
    ("ledger: .feedwright/ledger.jsonl", 1, "ledger", "is within the state folder, which may be deleted"),
    # feeds
    ("feeds:\n- name: a/b", 2, "feeds[0].name", "has a slash; did you mean a-b? write a name here, and the folder in path"),
    ("feeds:\n- name: My Feed", 2, "feeds[0].name", "has ' ', which is not safe in a path; did you mean my-feed?"),
    ("feeds:\n- name: ..", 2, "feeds[0].name", 'has ".." as a folder'),
    ("feeds:\n- name: .hidden", 2, "feeds[0].name", "begins with ."),
    ("feeds:\n- name: rss.xml", 2, "feeds[0].name", "looks like a document"),
    ("feeds:\n- name: a?b", 2, "feeds[0].name", "has '?', which is not safe in a path"),
    ("feeds:\n- name: " + "a" * 101, 2, "feeds[0].name", "is longer than 100 bytes"),
    ("feeds:\n- {name: a, path: ../x}", 2, "feeds[0].path", "leaves feeds/"),
    ("feeds:\n- {name: a, path: a/../../x}", 2, "feeds[0].path", "leaves feeds/"),
    ("feeds:\n- {name: a, path: /x}", 2, "feeds[0].path", "is absolute; did you mean x?"),
    ("feeds:\n- {name: a, path: 'C:/x'}", 2, "feeds[0].path", "is absolute"),
    ("feeds:\n- {name: a, path: 'x\\y'}", 2, "feeds[0].path", "has a backslash"),
    ("feeds:\n- {name: a, path: a//b}", 2, "feeds[0].path", "has an empty folder"),
    ("feeds:\n- {name: a, path: a/feed.json}", 2, "feeds[0].path", "looks like a document"),
    ("feeds:\n- {name: a, path: 'a/{label}', per: tag}", 2, "feeds[0].path", "did you mean {slug}?"),
    ("feeds:\n- {name: a, path: x, per: tag}", 2, "feeds[0].path", "lacks {slug}, but there is one feed for each tag; write x/{slug}"),
    ("feeds:\n- {name: a, path: '', per: tag}", 2, "feeds[0].path", "write a/{slug}"),
    ("feeds:\n- {name: a, path: 'x/{slug}'}", 2, "feeds[0].path", "has {slug}, but the feed has no per; add per: category"),
    ("feeds:\n- {name: a, title: 'x {label}'}", 2, "feeds[0].title", "has {label}, but the feed has no per"),
    ("feeds:\n- {name: a, per: tag, title: 'x {lable}'}", 2, "feeds[0].title", "did you mean {label}?"),
    ("feeds:\n- {name: a, per: categories}", 2, "feeds[0].per", "did you mean category?"),
    ("feeds:\n- {name: a, path: x}\n- {name: A, path: y}", 3, "feeds[1].name", 'another feed has the name "a" already, in line 2'),
    ("feeds:\n- {name: a, path: x}\n- {name: b, path: X}", 3, "feeds[1].path", 'holds the documents of feed "a" (line 2) too'),
    ("feeds:\n- {name: a}\n- {name: b, path: a}", 3, "feeds[1].path", "give it another path"),
    ("feeds:\n- {name: a, per: tag}\n- {name: b, path: a/sea}", 3, "feeds[1].path", "could hold"),
    ("feeds:\n- {name: b, path: sea}\n- {name: a, per: tag, path: '{slug}'}", 3, "feeds[1].path", "could hold"),
    ("feeds:\n- {name: a, per: tag, path: 't-{slug}'}\n- {name: b, per: author, path: '{slug}'}", 3, "feeds[1].path", "could hold"),
    ("feeds:\n- {name: a, where: {any_tags: [x], not_tags: [X, y]}}", 2, "feeds[0].where.not_tags", "the feed stays empty"),
    ("feeds:\n- {name: a, where: {all_languages: [en, fr]}}", 2, "feeds[0].where.all_languages", "write any_languages"),
    ("feeds:\n- {name: a, where: {any_sections: a/b}}", 2, "feeds[0].where.any_sections", "did you mean a?"),
    ("feeds:\n- {name: a, where: {any_tags: 'sea, ships'}}", 2, "feeds[0].where.any_tags", "write [a, b]"),
    ("feeds:\n- {name: a, where: {any_languages: english}}", 2, "feeds[0].where.any_languages", "did you mean en?"),
    ("feeds:\n- {name: a, home: www.e.org}", 2, "feeds[0].home", "did you mean https://www.e.org?"),
    ("feeds:\n- {name: a, podcast: {category: 'A > B > C'}}", 2, "feeds[0].podcast.category", "is no category"),
    ("feeds:\n- {name: a, podcast: {guid: x}}", 2, "feeds[0].podcast.guid", "is not a UUID"),
    ("feeds:\n- {name: a, podcast: {type: serie}}", 2, "feeds[0].podcast.type", "did you mean serial?"),
    ("feeds:\n- {name: a, podcast: {owner: {name: x, email: x}}}", 2, "feeds[0].podcast.owner.email", "is not an email"),
    # notify
    ("notify:\n  send_within: 10", 2, "notify.send_within", "did you mean 10s?"),
    ("notify:\n  webhooks:\n  - {name: a, url: 'http://h.org/x'}", 3, "notify.webhooks[0].url", "add allow_http: true"),
    ("notify:\n  webhooks:\n  - {name: a, url: 'https://10.0.0.1/'}", 3, "notify.webhooks[0].url", "add allow_private: true"),
    ("notify:\n  webhooks:\n  - {name: a, url: 'https://[::1]/'}", 3, "notify.webhooks[0].url", "is in a private network"),
    ("notify:\n  webhooks:\n  - {name: a, url: 'https://localhost/'}", 3, "notify.webhooks[0].url", "is in a private network"),
    ("notify:\n  webhooks:\n  - {name: a, url: /x}", 3, "notify.webhooks[0].url", "is not an absolute http or https address"),
    ("notify:\n  webhooks:\n  - {name: a, url: 'https://h.org/#x'}", 3, "notify.webhooks[0].url", "has a #"),
    ("notify:\n  webhooks:\n  - {name: a, url: 'https://h.org', feeds: mian}", 3, "notify.webhooks[0].feeds", 'no feed is called "mian"; did you mean main? allowed: main, *'),
    ("feeds: [{name: c, per: tag}]\nnotify:\n  webhooks:\n  - {name: a, url: 'https://h.org', feeds: c}", 4, "notify.webhooks[0].feeds", "did you mean c/*?"),
    ("notify:\n  webhooks:\n  - {name: a, url: 'https://h.org', events: [entry.publishd]}", 3, "notify.webhooks[0].events[0]", "did you mean entry.published?"),
    ("notify:\n  webhooks:\n  - {name: a, url: 'https://h.org', events: []}", 3, "notify.webhooks[0].events", "is an empty list"),
    ("notify:\n  webhooks:\n  - {name: a, url: 'https://h.org', body: slak}", 3, "notify.webhooks[0].body", "did you mean slack?"),
    ("notify:\n  webhooks:\n  - {name: a, url: 'https://h.org', body: ../x.j2}", 3, "notify.webhooks[0].body", "leaves the folder"),
    ("notify:\n  webhooks:\n  - {name: a, url: 'https://h.org', timeout: 1h}", 3, "notify.webhooks[0].timeout", "is more than 5m"),
    ("notify:\n  webhooks:\n  - {name: a, url: 'https://h.org'}\n  - {name: a, url: 'https://i.org'}", 4, "notify.webhooks[1].name", "in line 3"),
    ("notify:\n  websub: {hubs: [http://h.org]}", 2, "notify.websub.hubs[0].url", "is http"),
    ("notify:\n  websub: {hubs: [https://h.org, {url: 'https://h.org'}]}", 2, "notify.websub.hubs[1]", "stands twice"),
    ("state: ${X", 1, "state", 'has a "${" that is no variable; write ${NAME}, or $${ for the text'),
]  # fmt: skip


@pytest.mark.parametrize("case", MISTAKES)
def test_a_mistake_is_told_with_its_place_and_a_cure(mistakes, tmp_path, case):
    text, line, field, message = case
    problems = mistakes(text)
    assert [(problem.line, problem.field) for problem in problems] == [(line, field)]
    (problem,) = problems
    assert message in str(problem)
    assert problem.cure
    assert problem.severity is Severity.ERROR
    assert str(problem).startswith(f"{tmp_path}/config.yaml:{line}: ")


SITES = [
    ("url: example.org", "is not an absolute http or https address; did you mean https://example.org?"),
    ("url: //example.org/", "did you mean https://example.org/?"),
    ("url: /", "is not an absolute"),
    ("url: ftp://example.org/", "is not an absolute http or https address"),
    ("url: 'https://'", "has no host"),
    ("url: https://exa mple.org/", "has a blank"),
    ("url: 'https://a..b/'", "has a host that cannot be"),
    ("url: 'http://['", "has a host that cannot be"),
    ("url: https://u:p@e.org/", "has a user name or password; take it out"),
    ("url: https://e.org:99999/", "has a port that does not exist"),
    ("url: https://e.org/?x=y", "has a ? or a #"),
    ("url: https://e.org/index.html", "is a page"),
    ("url: [https://e.org]", "is a list, not one value"),
    ("url: ''", "is empty"),
    ("url: ~", "is missing; add it: home page of the site"),
    ("url: https://e.org\n  language: english", "did you mean en?"),
    ("url: https://e.org\n  language: ''", "is empty"),
    ("url: https://e.org\n  timezone: London", "did you mean Europe/London?"),
    ("url: https://e.org\n  timezone: europe/london", "did you mean Europe/London?"),
    ("url: https://e.org\n  timezone: Europe", "is not a known time zone"),
    ("url: https://e.org\n  timezone: ../../etc/passwd", "is not a known time zone"),
    ("url: https://e.org\n  timezone: /etc/localtime", "is not a known time zone"),
    ("url: https://e.org\n  timezone: '+02:00'", "did you mean Etc/GMT-2?"),
    ("url: https://e.org\n  timezone: UTC-5", "did you mean Etc/GMT+5?"),
    ("url: https://e.org\n  timezone: right/UTC", "is not a time zone to build on"),
    ("url: https://e.org\n  author: j@e.org", "write a name too"),
    ("url: https://e.org\n  author: <j@e.org>", "has no name"),
    ("url: https://e.org\n  author: J <j>", "is not an email address"),
    ("url: https://e.org\n  author: {email: j@e.org}", "is missing; add it: name of the person"),
    ("url: https://e.org\n  author: [J]", "is a list, not a mapping or text"),
    ("url: https://e.org\n  icon: data:image/png;base64,x", "is no http or https address"),
    ("url: https://e.org\n  icon: 'img\\a.png'", "has a backslash; write /"),
    ("url: https://e.org\n  feeds_url: /feeds/?x", "has a ? or a #"),
    ("url: https://e.org\n  publish_emails: 1", "write true or false"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message"), SITES)
def test_a_mistake_of_the_site_is_told(mistakes, text, message):
    (problem,) = mistakes(f"site:\n  title: x\n  {text}\n")
    assert message in str(problem)
    assert problem.cure
    assert 1 <= problem.line <= 4
    assert problem.field.startswith("site.")


def test_all_mistakes_are_told_at_once_in_the_order_of_lines(mistakes):
    problems = mistakes(
        "site:\n  titel: x\nfeeds:\n  - {name: a, limit: -1, formats: [rsss]}\n"
        "  - {name: a/b, path: ../x}\n  - main\n  - {name: c, path: d}\n  - {name: d}\nstate: feeds\n"
    )
    assert [(problem.line, problem.field) for problem in problems] == [
        (1, "site.title"),
        (1, "site.url"),
        (2, "site.titel"),
        (4, "feeds[0].limit"),
        (4, "feeds[0].formats[0]"),
        (5, "feeds[1].name"),
        (5, "feeds[1].path"),
        (6, "feeds[2]"),
        (8, "feeds[4].path"),
        (9, "state"),
    ]


@pytest.mark.parametrize("source", [b"", b"# nothing\n", b"---\n", b"{}", b"~"])
def test_an_empty_file_lacks_title_and_url(mistakes, source):
    assert [problem.field for problem in mistakes(source)] == ["site", "site.title", "site.url"]


@pytest.mark.parametrize(
    ("source", "name", "line", "message"),
    [
        (b"- a\n- b\n", "config-type", 1, "is a list, not a mapping of keys to values"),
        (b"hello\n", "config-type", 1, "is text, not a mapping"),
        (b"site:\n\ttitle: x\n", "config-syntax", 2, "is indented with a tab; use spaces"),
        (b"site:\n  title: 'x\n", "config-syntax", 2, "a quote that opens here is never closed"),
        (b"site: {title: x\n", "config-syntax", 2, "a { of line 1 is not closed"),
        (b"site:\n  title: a: b\n", "config-syntax", 2, "put the value in quotes"),
        (b"site:\n  title: caf\xe9\n", "config-file", 2, "is no UTF-8 here; save it as UTF-8"),
        ("site: {}".encode("utf-16"), "config-file", 1, "is UTF-16; save it as UTF-8"),
        (b"site: \x00\n", "config-syntax", 1, "a character that YAML does not allow"),
        (b"a: &a [x]\n" * 3 + b"---\nb: c", "config-syntax", 4, "a second document begins here"),
        (b"x" * (LARGEST + 1), "config-file", 0, "is larger than 1000000 bytes"),
        (b"[" * 1000, "config-syntax", 1, "is nested deeper than 100 levels"),
        (b"secret: [${A}, ${B}]", "config-syntax", 1, "in quotes within [ ] and { }"),
    ],
)
def test_a_file_that_is_no_configuration_is_told(mistakes, source, name, line, message):
    (problem,) = mistakes(source)
    assert (problem.name, problem.line) == (name, line)
    assert message in str(problem)


def test_a_bomb_of_aliases_is_refused(mistakes):
    rows = ["a0: &a0 [x,x,x,x,x,x,x,x,x]"]
    rows += [f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 20)]
    assert "more than 50000 values" in str(mistakes("\n".join(rows))[0])


def test_a_missing_file_says_how_to_make_one(tmp_path):
    with pytest.raises(ConfigurationError, match="no such file; make one with: feedwright init"):
        load(tmp_path / "config.yaml", {})


def test_another_ending_is_found(tmp_path):
    (tmp_path / "config.yml").write_text("site: {}")
    with pytest.raises(ConfigurationError, match=r"did you mean .*config\.yml\?"):
        load(tmp_path / "config.yaml", {})


def test_a_folder_is_no_configuration(tmp_path):
    with pytest.raises(ConfigurationError, match=r"is a folder; write -c .*/config\.yaml"):
        load(tmp_path, {})


@pytest.mark.parametrize("path", ["a\0b", "x" * 5000, "/dev/null/config.yaml"])
def test_an_impossible_path_is_told(path):
    with pytest.raises(ConfigurationError, match="cannot be read"):
        load(path, {})


def test_a_file_that_may_not_be_read_is_told(write, monkeypatch):
    path = write("")

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", refuse)
    with pytest.raises(ConfigurationError, match="may not be read; look at its permissions"):
        load(path, {})


WARNINGS = [
    ("feeds:\n- {name: a, path: feeds/a}", "feed-path-doubled", "feeds[0].path"),
    ("feeds:\n- {name: a, archive: true, limit: 0}", "feed-key-unused", "feeds[0].archive"),
    ("feeds:\n- {name: a, formats: atom, podcast: {}}", "feed-key-unused", "feeds[0].podcast"),
    ("feeds:\n- {name: a, podcast: {category: [Arts > Books, arts > book]}}", "podcast-category", "feeds[0].podcast.category[1]"),
    ("feeds:\n- {name: a, per: tag, title: Tags}", "feed-title-alike", "feeds[0].title"),
    ("notify:\n  webhooks: [{name: a, url: 'https://h.org'}]", "webhook-unsigned", "notify.webhooks[0]"),
    (f"notify:\n  webhooks: [{{name: a, url: 'https://h.org', secret: {KEY}}}]", "secret-in-file", "notify.webhooks[0].secret"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "field"), WARNINGS)
def test_what_works_but_hardly_as_meant_is_a_warning(read, text, name, field):
    (warning,) = read(text).warnings
    assert (warning.name, warning.field, warning.line) == (name, field, 2)
    assert warning.severity is Severity.WARNING
    assert warning.cure
