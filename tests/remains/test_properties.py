import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedwright.normalize.remains import applying
from feedwright.normalize.remains.context import Context
from feedwright.normalize.remains.families import FAMILIES
from feedwright.normalize.remains.reducing import reduced
from feedwright.text import markdown
from feedwright.text.markup import clean_text, plain, sanitize
from tests.patience import little_work

SITE = "https://example.org/"
MARKUPS = ("markdown", "mdx", "html", "wordpress")
SHOWN = [
    "{{< figure src='a.png' >}}",
    "{{% notice %}}x{{% /notice %}}",
    "{% include figure.html src='a.png' %}",
    "{% highlight ruby %}x{% endhighlight %}",
    "{% raw %}{{ x }}{% endraw %}",
    "{{ site.url }}",
    "{{ 'a' | relative_url }}",
    "{{ youtube(id='x') }}",
    "{% quote() %}x{% end %}",
    "import Tabs from '@theme/Tabs'",
    "export const x = { y: 1 }",
    "export default x",
    "<Tabs>{x}</Tabs>",
    "{/* comment */}",
    "{: .note #id}",
    "{.class}",
    "* TOC {:toc}",
    "[TOC]",
    "!!! note 'x'",
    ":::note x",
    "::youtube[x]{#y}",
    "> [!NOTE]",
    "[caption id='a']<img>[/caption]",
    "[gallery ids='1']",
    "$a_1 * b_1 * c$",
    "{# none #}",
]
WRAPPERS = {
    "fence": "```\nCODE\n```",
    "named fence": "~~~~liquid\nCODE\n\nCODE\n~~~~",
    "open fence": "```\nCODE",
    "indentation": "    CODE\n\n    more",
    "tab": "\tCODE",
    "code span": "say `CODE` so",
    "long code span": "say ``CODE ` x`` so",
    "pre": "<pre>\nCODE\n</pre>",
    "pre and code": "<pre><code class='x'>CODE</code></pre>",
    "code element": "say <code>CODE</code> so",
    "list": "- item\n\n  ```\n  CODE\n  ```\n- item",
    "numbered list": "1. item\n\n       CODE\n\n2. item",
    "quotation": "> ```\n> CODE\n> ```",
    "comment": "<!-- CODE -->",
}


@pytest.mark.parametrize("wrapper", WRAPPERS.values(), ids=WRAPPERS)
@pytest.mark.parametrize("code", SHOWN)
def test_code_that_merely_shows_a_template_stays_as_it_is(code, wrapper):
    text = f"Before.\n\n{wrapper.replace('CODE', code)}\n"
    if wrapper.endswith("```\nCODE"):
        text = text.rstrip()
    assert reduced(text, Context(site_url=SITE)) == (text, ())


@pytest.mark.parametrize("wrapper", ["<pre>\nCODE\n</pre>", "<code>CODE</code>", "<!-- CODE -->"])
@pytest.mark.parametrize("code", SHOWN)
@pytest.mark.parametrize("markup", ["html", "wordpress"])
def test_in_html_too(markup, code, wrapper):
    text = f"<p>a</p>{wrapper.replace('CODE', code)}<p>b</p>"
    assert reduced(text, Context(markup=markup, site_url=SITE)) == (text, ())


@pytest.mark.parametrize("wrapper", ["fence", "code span", "list"])
@pytest.mark.parametrize("code", SHOWN)
def test_in_mdx_too(code, wrapper):
    text = f"Before.\n\n{WRAPPERS[wrapper].replace('CODE', code)}\n\n{{/* x */}}after"
    expected = text.replace("{/* x */}after", "after")
    if "{/* comment */}" in code:
        expected = text[: text.rindex("{/* x")] + "after"
    assert reduced(text, Context(markup="mdx", site_url=SITE)).text == expected


WORDS = "abc ÄÖü 漢字 .,;'\"()-–1 2\n\t*_`#>+/&@%~^|\\-]"


@settings(deadline=None, max_examples=300)
@given(st.text(alphabet=WORDS, max_size=200), st.sampled_from(("markdown", "html", "wordpress")))
def test_text_without_templates_is_not_touched(text, markup):
    assert reduced(text, Context(markup=markup, site_url=SITE)) == (text, ())


@pytest.mark.parametrize(
    "text",
    [
        "Use {{ and }} around a name, {% and %} around a tag.",
        "A smile {: and the set {a, b} of {x}, f{y}.",
        "In Elixir it is {:ok, value}; in CSS .a{color:red}.",
        "He said [sic] and [update 2], see [1] or [note: x].",
        "Array<string> and a < b > c, <https://example.org/>",
        "!!! What a day !!!\n\n??? why not",
        "Time 12:30::45 and std::vector<int> and :::",
        "Heading\n===\n\nText\n---",
        "It costs $5, not $6; $PATH_A and ${VALUE_B}",
        "C# {0} and {1:d} in a format, %(name)s, {{0}}",
        "{{x}} in Vue, {{#if x}}y{{/if}} in Handlebars, {{{z}}} raw",
        "{{ .Title }} and {{ range .Pages }}x{{ end }} are Go",
        "import duties rose.\n\nexport figures fell.",
        "[!not an alert] and a\\_b \\{ \\}",
    ],
)
def test_prose_that_looks_like_it_stays(text):
    assert reduced(text, Context(site_url=SITE)) == (text, ())


def test_plain_text_and_finished_pages_are_never_touched():
    text = "{% include x.html %} {{< figure >}} {{ site.url }} [caption id='a']x[/caption]"
    for markup in ("text", "rst", ""):
        assert reduced(text, Context(markup=markup, site_url=SITE)) == (text, ())


PIECES = [
    *SHOWN,
    *("{{", "}}", "{%", "%}", "{{<", ">}}", "{{%", "%}}", "{%-", "-%}", "{#", "#}", "{:", "}", "{"),
    *("{% if x %}", "{% else %}", "{% endif %}", "{% for a in b %}", "{% endfor %}", "{% raw %}"),
    *("{% endraw %}", "{% highlight c %}", "{% endhighlight %}", "{% end %}", "{% x() %}"),
    *("{{< a >}}", "{{< /a >}}", "{{< b />}}", "{{< highlight >}}", "{{< /highlight >}}"),
    *("<A>", "</A>", "<A b={", "<A/>", "<>", "</>", "{`", "`}", "{'", "<a className=", "/*", "*/"),
    *(":::", ":::a\n", "!!! a\n", "    ", "\n", "\n\n", "> ", "- ", "`", "```\n", "$", "$$", "\\"),
    *("<!--", "-->", "<pre>", "</pre>", "<div>\n", "</div>", "[caption]", "[/caption]", "[code]"),
    *("text", " ", "é", "\u2028", "\ufdd0", "\ufffe", "\ud800", "\x00", '"', "'", "=", "|", "[x]("),
]


@settings(deadline=None, max_examples=300)
@given(
    st.lists(st.sampled_from(PIECES), max_size=14).map("".join),
    st.sampled_from(MARKUPS),
    st.booleans(),
)
def test_anything_gives_a_text_and_is_rendered(text, markup, sure):
    context = Context(markup=markup, site_url=SITE, is_template=sure, raw_first=sure)
    found = reduced(text, context)
    if found.text != text:
        assert not any("\ufdd0" <= character <= "\ufdef" for character in found.text)
        assert not set(found.text) & {"\ufffe", "\uffff", "\U0001fffe"}
    sanitize(markdown.to_html(clean_text(found.text)))
    assert reduced(text, context) == found


SINGLE = [
    "{{< mystery a=1 >}}",
    "{{< figure src='a.png' caption='c' >}}",
    "{% mystery %}",
    "{% include mystery.html %}",
    "{% include figure.html src='a.png' %}",
    "{{ page.mystery }}",
    "{{ mystery(a=1) }}",
    "{% assign x = 'y' %}",
    "{: .x}",
    "{{< mystery >}}kept{{< /mystery >}}",
    "{% mystery %}kept{% endmystery %}",
    "{% if x %}kept{% endif %}",
    "{{% note %}}kept{{% /note %}}",
    "{{< highlight c >}}kept{{< /highlight >}}",
    "{% mystery() %}kept{% end %}",
    "[gallery ids='1']",
]
AROUND = ["{} ", "**{}** ", "\n\n{}\n\n", "- {}\n- ", "> {}\n>\n> ", "# {}\n\n", "| {} | ", "{}\n"]


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("tag", SINGLE)
def test_the_text_around_is_never_eaten(tag, around):
    source = around.format("alpha") + tag + around.format("omega") + "last"
    html = sanitize(markdown.to_html(reduced(source, Context(site_url=SITE)).text))
    words = plain(html).split()
    for word in ("alpha", "omega", "last", *(["kept"] if "kept" in tag else [])):
        assert any(word in found for found in words), html
    assert "{{" not in html
    assert "{%" not in html


UNITS = [
    *("{{", "{%", "{{<", "{{< a ", '{{< a "', "{{< a >}}", "{{< /a >}}", "{% if x %}"),
    *("{{ x | a: ", "{% include x a='", "{{ 'x' | ", "{% raw %}", "{:", "{: .a ", "{.a}"),
    *("!!! a\n", "!!! a\n    b\n", "> [!a]\n", "::: a\n", ":::\n", "::a{", "[caption "),
    *('[a b="', "[code]", "import a\n", "{", "}", "export const a = {\n", "<A", "<A>", "<A b={"),
    *('<A b="', "$", "$$", "$a_b", "\\\\(", "`", "``` \n", "    {{< /a >}}\n", "<a markdown"),
    *('<div markdown="1">\n', "> ", "- ", "<pre>", "<!--", "{#", "{{ site.url }}", "{% else %}"),
    *("{{< figure src='a.png' >}}\n", "# x   ", '{{< \\"', "{{< a `", "](", "\n", "{{< ref x >}}"),
]


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("markup", ["markdown", "mdx", "wordpress"])
def test_nasty_text_takes_no_time(unit, markup):
    text = unit * (50_000 // len(unit))
    context = Context(markup=markup, site_url=SITE, is_template=True, raw_first=True)
    with little_work():
        reduced(text, context)


def test_every_family_has_its_reducer():
    assert [family.name for family in FAMILIES] == list(applying.REDUCERS)
