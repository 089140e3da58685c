"""reStructuredText becomes HTML for feeds, and can do no harm on the way."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedwright.text.rst import to_html
from feedwright.text.sanitizing import sanitize
from tests.patience import little_work

VIDEO = "https://www.youtube.com/watch?v=abc"
NOTE = '<aside class="admonition note"> <p><strong>Note</strong></p>'


def flat(source: str) -> str:
    return " ".join(to_html(source).split())


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("Text with *emphasis*.", "<p>Text with <em>emphasis</em>.</p>"),
        ("``a < b``", "<p><code>a &lt; b</code></p>"),
        (
            "`Title <https://x.org>`_",
            '<p><a class="reference external" href="https://x.org">Title</a></p>',
        ),
        (
            "`b <{filename}/b.rst>`_",
            '<p><a class="reference external" href="{filename}/b.rst">b</a></p>',
        ),
        ("::\n\n  a < b", '<pre class="literal-block">a &lt; b</pre>'),
        (
            ".. code-block:: python\n   :linenos: table\n\n   a < b",
            '<pre><code class="language-python">a &lt; b</code></pre>',
        ),
        (".. note:: Take care.", f"{NOTE} <p>Take care.</p> </aside>"),
        (".. image:: a.png\n   :alt: A", '<img alt="A" src="a.png" />'),
        (
            ".. image:: a.png\n   :alt: A\n   :odd: b\n   :width: wide",
            '<img alt="A" src="a.png" />',
        ),
        (".. thumbnail:: a.png", '<figure> <img alt="a.png" src="a.png" /> </figure>'),
        (".. raw:: html\n\n   <b>x</b>", "<b>x</b>"),
        (".. role:: raw-html(raw)\n   :format: html\n\nA :raw-html:`<br>` b", "<p>A <br> b</p>"),
        (".. youtube:: abc", f'<p><a class="reference external" href="{VIDEO}">{VIDEO}</a></p>'),
    ],
)
def test_what_readers_see(source: str, html: str) -> None:
    assert flat(source) == html


@pytest.mark.parametrize(
    ("source", "html"),
    [
        (
            ".. tab:: Python\n   :key: x\n\n   Text *x*.",
            "<p><strong>Python</strong></p> <p>Text <em>x</em>.</p>",
        ),
        (".. only:: html\n\n   Text.", "<p>Text.</p>"),
        (".. toctree::\n\n   a\n   b\n\nText.", "<p>Text.</p>"),
        (".. unknown-thing::\n\nText.", "<p>Text.</p>"),
        (":ref:`The harbour <harbour>` and :doc:`a`", "<p>The harbour and a</p>"),
        (":py:func:`~a.b` and :kbd:`Ctrl`", "<p><code>b</code> and <code>Ctrl</code></p>"),
        ("A |gap|, a missing_ and *an end", "<p>A |gap|, a missing_ and *an end</p>"),
        ("{{% thumbnail a.png %}}\n\nText.", "<p>Text.</p>"),
    ],
)
def test_what_docutils_does_not_know_is_reduced_to_its_text(source: str, html: str) -> None:
    assert flat(source) == html


def test_complaints_are_not_shown() -> None:
    source = "Title\n==\n\n- a\nb\n\n.. figure::\n\n.. code:: x\n   y\n\n`a`:no:\n\n*a\n\n====\n\n"
    shown = sanitize(to_html(source))
    for word in ("System Message", "WARNING", "ERROR", "problematic", "Unknown", "docutils"):
        assert word not in shown


def test_nothing_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_text("<svg>TOPSECRET</svg>")
    (tmp_path / "docutils.conf").write_text("[general]\nraw_enabled: yes\n")
    monkeypatch.chdir(tmp_path)
    source = f"""
.. include:: {secret}
.. include:: secret.svg
   :literal:
.. raw:: html
   :file: {secret}
.. raw:: html
   :url: file://{secret}
.. csv-table:: x
   :file: {secret}
.. csv-table:: x
   :url: file://{secret}
.. image:: {secret}
   :loading: embed
.. figure:: secret.svg
   :loading: embed
   :figwidth: image
.. thumbnail:: secret.svg
   :loading: embed
.. |x| image:: {secret}
   :loading: embed

|x|

.. code:: x
   :include: {secret}
.. literalinclude:: {secret}
.. math::
   :file: {secret}
"""
    assert "TOPSECRET" not in to_html(source)


def test_the_time_is_not_asked_for() -> None:
    assert flat(".. |now| date::\n\nIt is |now|.") == "<p>It is |now|.</p>"
    assert to_html(".. date::") == ""


def test_one_text_does_not_change_another() -> None:
    before = to_html("A :special:`word`.")
    to_html(".. role:: special(code)\n.. default-role:: special\n\n`a` :special:`b`")
    assert to_html("A :special:`word`.") == before == "<p>A word.</p>"
    assert flat("`a`") == "<p><cite>a</cite></p>"


PIECES = (
    "a |*|**|`|``|_|__|:|::|.. |.. note::|.. image:: |.. figure:: x\n   |\n|\n\n|   |- |1. |====|"
    "----|+--+|[1]_|.. [1] |.. _a: |:a: |.. math:: |\\|$x^2$|.. role:: a(b)\n|.. raw:: html|é|<|&|"
    ".. table:: |.. list-table::\n\n   * - |.. x:: y\n   :z: |:math:`\\frac"
)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.sampled_from([*PIECES.split("|"), "|"]), max_size=25).map("".join))
def test_any_text_gives_html(source: str) -> None:
    sanitize(to_html(source)).encode()


@pytest.mark.parametrize(
    "source",
    [
        "a_ " * 50_000,
        "*a " * 50_000,
        "`a " * 50_000,
        "|a| " * 40_000,
        ".. _a:\n" * 20_000,
        "- " * 10_000,
        "".join("  " * depth + "- a\n\n" for depth in range(200)),
        "> " * 50_000,
        ".. note:: " * 5_000,
        "a\n\n" * 60_000,
    ],
)
def test_nasty_texts_take_little_time(source: str) -> None:
    with little_work():
        assert to_html(source)


def test_a_long_article_is_rendered() -> None:
    section = "Section {}\n==========\n\nText with *emphasis*, ``code`` and `a link <https://x.org>`_.\n\n"
    source = "".join(section.format(number) for number in range(400))
    assert to_html(source).count("<h2>") == 400
