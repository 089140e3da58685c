import json
import re
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedwright.errors import TemplateError
from feedwright.notify.bodies import Telling, bounded, growth, renderer
from feedwright.notify.payload import Event
from tests.notify.facts import NOW, SITE, feed, full_entry, removed


def telling(*feeds):
    return Telling(Event("feed.updated", NOW, {"sequence": 1, "feeds": list(feeds)}), SITE)


def of_entry(kind, facts):
    return Telling(Event(kind, NOW, {"sequence": 1, "entry": facts}), SITE)


def body(name, told, template=None):
    return json.loads(renderer(name, template)(told).data)


def slack_text(value):
    return "\n".join(block["text"]["text"] for block in value["blocks"])


def test_slack_gets_a_line_with_a_link_for_each_entry():
    value = body("slack", telling(feed(added=["a", "b"], updated=["c"], gone=["d"])))
    text = slack_text(value)
    assert value["text"] == "Harbour Light: 2 new, 1 updated, 1 removed"
    assert "<https://example.org/a/|Title of a>" in text
    assert "_removed:_ Title of d" in text
    assert text.index("Title of a") < text.index("Title of c") < text.index("Title of d")


def test_an_entry_of_several_feeds_is_told_once():
    told = telling(feed("main", added=["a"]), feed("category/sea", added=["a"]))
    assert slack_text(body("slack", told)).count("Title of a") == 1
    assert len(body("discord", told)["embeds"]) == 1


def test_no_title_calls_a_channel_or_everyone():
    facts = full_entry("a", title="<!channel> & @everyone *bold*", summary="<@U1>")
    told = of_entry("entry.published", facts)
    assert "<!" not in slack_text(body("slack", told))
    assert "<@" not in slack_text(body("slack", told))
    value = body("discord", told)
    assert value["allowed_mentions"] == {"parse": []}
    assert value["embeds"][0]["title"] == r"<!channel\> & @everyone \*bold\*"


def test_many_entries_are_cut_and_the_rest_is_counted():
    names = [str(number) for number in range(50)]
    told = telling(feed(added=names))
    assert "|30 more>" in slack_text(body("slack", told))
    value = body("discord", told)
    assert len(value["embeds"]) == 10
    assert "40 more" in value["content"]


def test_counts_without_lists_are_told():
    told = telling(feed(added=["a", "b"], lists=False))
    assert body("slack", told)["text"] == "Harbour Light: 2 new"
    assert body("discord", told)["content"].startswith("Harbour Light: 2 new")


def test_a_removed_entry_is_no_link():
    told = of_entry("entry.removed", removed("a"))
    assert "http" not in slack_text(body("slack", told))
    assert "url" not in body("discord", told)["embeds"][0]


def test_a_test_message_is_shown():
    told = Telling(Event("webhook.test", NOW, {"sequence": 1, "message": "x"}), SITE)
    assert body("slack", told)["text"] == "Harbour Light: a test message"
    assert body("discord", told)["embeds"] == []


WORDS = st.text(min_size=1, max_size=3_000)


@st.composite
def wild(draw):
    number = draw(st.integers(0, 60))
    facts = feed(added=[str(each) for each in range(number)])
    title, url = draw(WORDS), "https://example.org/" + draw(st.text("&|<>xé", max_size=900))
    for each in facts["entries"]["added"]:
        each |= {"title": title, "url": url, "summary": draw(st.just("")) or title}
    return telling(facts)


@settings(deadline=None, max_examples=60)
@given(wild())
def test_slack_keeps_its_documented_limits(told):
    value = body("slack", told)
    assert 1 <= len(value["blocks"]) <= 50
    assert all(1 <= len(block["text"]["text"]) <= 3_000 for block in value["blocks"])
    assert len(value["text"]) <= 4_000
    text = slack_text(value)
    link = re.compile(r"<https?://[^|<>]*\|[^<>]*>")
    assert all(link.fullmatch(each) for each in re.findall(r"<[^>]*>", text))


@settings(deadline=None, max_examples=60)
@given(wild())
def test_discord_keeps_its_documented_limits(told):
    value = body("discord", told)
    assert len(value["content"]) <= 2_000
    assert len(value["embeds"]) <= 10
    assert all(1 <= len(each["title"]) <= 256 for each in value["embeds"])
    assert all(len(each.get("description", "")) <= 4_096 for each in value["embeds"])
    total = sum(len(each["title"]) + len(each.get("description", "")) for each in value["embeds"])
    assert total <= 6_000


# ---------------------------------------------------------------- templates of the user's own

OWN = """\
{"what": {{ type | tojson }}, "count": {{ counts.added }}, "home": {{ site.url | tojson }},
 "titles": [{% for each in entries.added %}{{ each.title | shorten(12) | tojson }}
 {%- if not loop.last %}, {% endif %}{% endfor %}]}
"""


def test_an_own_template_sees_the_payload():
    value = body("hook.json.j2", telling(feed(added=["a", "b"])), OWN)
    assert value == {
        "what": "feed.updated",
        "count": 2,
        "home": "https://example.org/",
        "titles": ["Title of a", "Title of b"],
    }


@pytest.mark.parametrize(
    ("name", "source", "expected"),
    [
        ("hook.json.j2", "{}", "application/json"),
        ("hook.j2", '{"a": 1}', "application/json"),
        ("hook.j2", "a text", "text/plain; charset=utf-8"),
        ("hook.txt.jinja", "{}", "text/plain; charset=utf-8"),
        ("hook.xml.jinja2", "<a/>", "application/xml"),
    ],
)
def test_the_type_is_that_of_the_templates_name_or_of_what_came_out(name, source, expected):
    assert renderer(name, source)(telling(feed(added=["a"]))).content_type == expected


def test_a_template_with_a_mistake_is_told_with_its_line():
    with pytest.raises(TemplateError, match=r"own\.j2:2: .*; mend it"):
        renderer("own.j2", "{}\n{% if %}")


@pytest.mark.parametrize("source", ["{{ data.no.such }}", "{{ 1 / 0 }}", "{{ [].append(1) }}"])
def test_a_template_that_fails_names_itself(source):
    with pytest.raises(TemplateError, match=r"own\.j2: .*mend it"):
        renderer("own.j2", source)(telling(feed(added=["a"])))


def test_a_template_reaches_nothing_of_the_program():
    source = "{{ type.__class__.__mro__[1].__subclasses__() }}"
    with pytest.raises(TemplateError, match="SecurityError"):
        renderer("own.j2", source)(telling(feed(added=["a"])))


@pytest.mark.parametrize(
    "source",
    [
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{% macro f(n) %}{% if n %}{{ f(n-1) }}{{ f(n-1) }}{% endif %}{% endmacro %}{{ f(60) }}",
        "{% macro f(n) %}{{ f(n) }}{% endmacro %}{{ f(1) }}",
        "{{ 'x' * 10 ** 9 }}",
        "{{ 10 ** 9 * [headline] }}",
        "{{ 9 ** (9 ** 9) }}",
        "{% for a in range(99999) %}{{ headline * 10 }}{% endfor %}",
        (
            "{% set n = namespace(s='x') %}"
            "{% for a in range(99) %}{% set n.s = n.s ~ n.s %}{% endfor %}"
        ),
        (
            "{% set n = namespace(s='x') %}"
            "{% for a in range(99) %}{% set n.s = n.s + n.s %}{% endfor %}"
        ),
        "{{ lipsum(100000) }}",
    ],
)
def test_no_template_takes_all_the_time_or_all_the_memory(source):
    with pytest.raises(TemplateError, match="mend it"):
        renderer("own.txt.j2", source)(telling(feed(added=["a"])))


HUNDRED_TIMES = "{% set n = namespace(l=['x' * 900000]) %}{% for a in range(99) %}"


@pytest.mark.parametrize(
    "source",
    [
        "{{ 'x'|center(10 ** 10) }}",
        "{{ 'x'.center(10 ** 10) }}",
        "{% filter center(10 ** 10) %}x{% endfilter %}",
        "{{ ['x']|map('center', 10 ** 10)|list }}",
        "{{ 'x'.ljust(10 ** 10) }}",
        "{{ 'x'.rjust(width=10 ** 10) }}",
        "{{ 'x'.zfill(10 ** 10) }}",
        "{{ 'x\t'.expandtabs(10 ** 10) }}",
        "{{ 'x'.translate({120: 'x' * 900000}) }}",
        "{{ 1 .to_bytes(10 ** 10) }}",
        "{{ '{:>9999999999}'.format(1) }}",
        "{{ ('{:>9999999999}'|attr('format'))(1) }}",
        "{{ '{x:>9999999999}'.format_map({'x': 1}) }}",
        "{{ '%9999999999d' % 1 }}",
        "{{ '%*d' % (9999999999, 1) }}",
        "{{ '%.9999999999f' % 1 }}",
        "{{ '%(x)9999999999s' % {'x': 1} }}",
        "{{ '%9999999999s'|format(1) }}",
        "{{ ('%s' * 9999) % (('x' * 900000,) * 9999) }}",
        "{{ 'x'|indent(10 ** 10, first=true) }}",
        "{{ ('x\n' * 9999)|indent('x' * 900000) }}",
        "{{ {'x': 1}|tojson(indent=10 ** 10) }}",
        "{{ ('x' * 9999)|replace('x', 'y' * 900000) }}",
        "{{ ('x' * 9999).replace('', 'y' * 900000) }}",
        "{{ ('x' * 9999)|wordwrap(1, wrapstring='y' * 900000) }}",
        "{{ ('x.org ' * 9999)|urlize(target='y' * 900000) }}",
        "{{ range(9999)|join('x' * 900000) }}",
        "{{ ('x' * 900000).join(range(9999)|map('string')) }}",
        "{{ (['x' * 900000] * 9999)|join }}",
        "{{ ([{'a': 'x' * 900000}] * 9999)|join(',', attribute='a') }}",
        "{{ ['x' * 900000] * 9999 }}",
        "{{ (['x' * 900000] * 9999)|string|length }}",
        "{{ (['x' * 900000] * 9999)|tojson }}",
        "{{ ['x' * 900000] * 9999 ~ '' }}",
        "{{ {'x': ['x' * 900000] * 9999}.values() }}",
        "{{ namespace(l=['x' * 900000] * 9999) }}",
        "{{ '%s' % [['x' * 900000] * 9999] }}",
        "{{ [1]|batch(10 ** 10, 0)|list }}",
        "{{ [1]|batch(linecount=10 ** 10, fill_with=0)|list }}",
        "{{ [1]|slice(10 ** 10)|list }}",
        "{{ ([[1] * 99999] * 99999)|sum(start=[])|length }}",
        "{{ 1|round(10 ** 10, 'ceil') }}",
        "{% set n = namespace(x=7) %}{% for a in range(60) %}{% set n.x = n.x * n.x %}{% endfor %}",
        HUNDRED_TIMES + "{% set n.l = n.l + [n.l[0][1:]] %}{% endfor %}",
        HUNDRED_TIMES + "{% set n.l = n.l + [n.l[0]|upper] %}{% endfor %}",
        HUNDRED_TIMES + "{% set n.l = n.l + [n.l[0].upper()] %}{% endfor %}",
        HUNDRED_TIMES + "{% set n.l = n.l + ['y' * 900000] %}{% endfor %}",
        "{% set x %}{% for a in range(99999) %}{{ 'x' * 99 }}{% endfor %}{% endset %}",
        "{% set x %}" + HUNDRED_TIMES + "{{ n.l[0] }}{% endfor %}{% endset %}",
        "{{ range(99999)|map('center', 999)|list|length }}",
    ],
)
def test_what_a_template_asks_for_in_one_word_is_refused_before_it_is_made(source):
    tracemalloc.start()
    try:
        with pytest.raises(TemplateError, match=r"^own\.txt\.j2: SecurityError: .*; mend it$"):
            renderer("own.txt.j2", source)(telling(feed(added=["a"])))
        assert tracemalloc.get_traced_memory()[1] < 100_000_000
    finally:
        tracemalloc.stop()


def test_filters_that_grow_take_the_names_that_jinja2_has():
    source = """\
{{ 'a'|center(width=3) }}|{{ 'a'|indent(width=2, first=true, blank=true) }}
{{ 'aa'|replace(old='a', new='b', count=1) }}|{{ [1, 2, 3]|slice(slices=2, fill_with=0)|list }}
{{ 2.38|round(precision=1, method='floor') }}|{{ [1]|tojson(indent=none) }}
{{ 'a b'|wordwrap(width=1, break_long_words=true, wrapstring='/', break_on_hyphens=true) }}
{{ 'https://e.org'|urlize(trim_url_limit=5, nofollow=true, target='_top', rel='x') }}"""
    body = renderer("own.txt.j2", source)(telling(feed(added=["a"])))
    assert body.data.decode().split("\n") == [
        " a |  a",
        "ba|[[1, 2], [3, 0]]",
        "2.3|[1]",
        "a/b",
        '<a href="https://e.org" rel="nofollow noopener x" target="_top">https...</a>',
    ]


def test_every_filter_is_counted_as_one_that_writes_or_not():
    filters = set(bounded.BoundedEnvironment().filters)
    assert filters >= growth.UNWRITTEN
    assert filters >= set(growth.GROWTH)


def test_a_template_that_is_nested_too_deeply_is_a_mistake_in_it():
    with pytest.raises(TemplateError, match="nested too deeply"):
        renderer("own.txt.j2", "{{ " + "(" * 9000 + "1" + ")" * 9000 + " }}")


def test_what_is_counted_in_a_template_behaves_as_ever():
    source = """\
{%- for e in entries.added -%}
{{ loop.index }}/{{ loop.length }}{{ ',' if not loop.last }}{%- endfor %}
{% for name, n in counts.items() if n %}{{ name ~ '=' ~ n }}{% else %}nothing{% endfor %}
{% for each in [] %}{% else %}none{% endfor %}
{% for each in [1, [2, [3]]] recursive -%}
{{ loop(each) if each is iterable else each + 1 }}{%- endfor %}
{{ 2 ** 3 * 2 }} {{ 'ab' * 2 + 'c' }}
{{ 'a'|center(5) }}|{{ 'a'.center(3, '-') }}|{{ '%5.1f%%' % 2 }}|{{ '%s=%s'|format('a', [1]) }}
{{ 'a, b'|replace(', ', '+') }} {{ 'a b'.split()|join('-') }} {{ '-'.join(['a', 'b']) }}
{{ entries.added|join(', ', attribute='title') }} {{ [1, 2, 3]|sum }} {{ 'abc'[1:] }}
{{ [1, 2, 3]|batch(linecount=2)|list }} {{ 2.345|round(precision=1) }} {{ {'a': [1]}|tojson }}
{% set x %}a{{ 1 }}{% endset %}{{ x|upper }}{% filter upper %}b{% endfilter %}
{{- ['a', 'b']|map('upper')|list }}"""
    body = renderer("own.txt.j2", source)(telling(feed(added=["a", "b"])))
    assert body.data.decode().split("\n") == [
        "1/2,2/2",
        "added=2",
        "none",
        "234",
        "16 ababc",
        "  a  |-a-|  2.0%|a=[1]",
        "a+b a-b a-b",
        "Title of a, Title of b 6 bc",
        '[[1, 2], [3]] 2.3 {"a": [1]}',
        "A1B['A', 'B']",
    ]


def test_long_texts_that_become_short_are_no_mistake():
    change = telling(feed(added=["a"]))
    body = renderer("own.txt.j2", "{{ site.title|striptags|upper|shorten(9) }}")(
        change._replace(site=change.site._replace(title="<b>word</b> " * 200_000))
    )
    assert body.data.startswith(b"WORD")
    assert len(body.data) < 20


def test_without_jinja2_the_cure_is_named(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "jinja2", None)
    with pytest.raises(TemplateError, match=r"pip install 'feedwright\[templates\]'"):
        renderer("own.j2", "{}")
