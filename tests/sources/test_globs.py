import pytest

from feedwright.text.globs import matcher


@pytest.mark.parametrize(
    ("pattern", "fits", "fits_not"),
    [
        ("**", ["a", "a/b"], []),
        ("**/*", ["a", "a/b"], []),
        ("*.md", ["a.md", "x/a.md"], ["a.txt", "a.mdx"]),
        ("README.md", ["README.md", "x/README.md"], ["README.mdx", "xREADME.md", "README-md"]),
        ("opinion/**", ["opinion/a", "opinion/a/b"], ["opinion", "x/opinion/a", "opinions/a"]),
        ("opinion/", ["opinion/a", "x/opinion/a", "opinion"], ["opinions"]),
        ("/opinion", ["opinion/a", "opinion"], ["x/opinion"]),
        ("a/**/b", ["a/b", "a/x/b", "a/x/y/b", "a/b/c"], ["b", "a/xb"]),
        ("**/b/*.md", ["b/x.md", "a/b/x.md"], ["b/c/x.md", "x.md"]),
        ("a/*/c", ["a/b/c", "a/b/c/d"], ["a/b/b/c", "a/c"]),
        ("a?c", ["abc", "x/abc"], ["a/c", "ac"]),
        ("[a-c].md", ["b.md"], ["d.md", "-.md"]),
        ("[!a-c].md", ["d.md"], ["b.md"]),
        ("[].md", ["[].md"], ["a.md"]),
        ("a.b+c(d)", ["a.b+c(d)"], ["aab+c(d)"]),
        ("**/**/x", ["x", "a/x", "a/b/x"], ["ax"]),
        ("*x*", ["x", "axb", "a/x"], ["a"]),
    ],
)
def test_patterns(pattern: str, fits: list[str], fits_not: list[str]) -> None:
    match = matcher([pattern])
    assert [path for path in fits if not match(path)] == []
    assert [path for path in fits_not if match(path)] == []


def test_several_patterns_and_none() -> None:
    assert not matcher([])("a")
    match = matcher(["a/*", "*.txt"])
    assert match("a/x")
    assert match("b.txt")
    assert not match("b.md")
