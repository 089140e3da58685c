import subprocess
import sys

import pytest

from feedwright.sources import headline


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("Author:", [("author", "")]),
        ("Author: Ana Prieto", [("author", "Ana Prieto")]),
        ("**Author:** Ana", [("author", "Ana")]),
        ("BYLINE: Ana", [("author", "Ana")]),
        ("Written by: Ana", [("author", "Ana")]),
        ("Written by Ana de la Cruz", [("author", "Ana de la Cruz")]),
        ("By ANA PRIETO, Staff Writer", [("author", "ANA PRIETO, Staff Writer")]),
        ("By John Smith Jr.", [("author", "John Smith Jr.")]),
        ("*By Ana*", [("author", "Ana")]),
        ("By جين دو", [("author", "جين دو")]),
        ("By design we close early.", []),
        ("By Monday the harbour was full", []),
        ("By Ana | 5 January 2024", [("author", "Ana"), ("date", "5 January 2024")]),
        ("By Ana | The Log | Jan 5, 2024", [("author", "Ana, The Log"), ("date", "Jan 5, 2024")]),
        ("Author: Ana | Date: 2024-01-05", [("author", "Ana"), ("date", "2024-01-05")]),
        ("Date:", [("date", "")]),
        ("Date: soon", [("date", "soon")]),
        ("Published on: 5 January 2024", [("date", "5 January 2024")]),
        ("Published 5 January 2024", [("date", "5 January 2024")]),
        ("Published in the harbour", []),
        ("Last updated: 2024-01-05 10:20", [("updated", "2024-01-05 10:20")]),
        ("Updated January 5, 2024", [("updated", "January 5, 2024")]),
        ("2024-01-05", [("date", "2024-01-05")]),
        (
            "Friday, January 5, 2024 at 3:45 PM EST",
            [("date", "Friday, January 5, 2024 at 3:45 PM EST")],
        ),
        ("Publié le 5 janvier 2024 à 10h20", [("date", "2024-01-05 10:20")]),
        ("05.01.2024, 10:20 Uhr", [("date", "2024-01-05 10:20")]),
        ("Zuletzt aktualisiert am 5. Januar 2024", [("updated", "2024-01-05")]),
        ("Am 5. Januar 2024 kam der Kran", []),
        ("Autor: Ana", [("author", "Ana")]),
        ("作者：李明", [("author", "李明")]),
        (
            "Published: Jan. 5, 2024 at 10:20 a.m. EST | Updated: Jan. 6, 2024",
            [("date", "Jan. 5, 2024 at 10:20 a.m. EST"), ("updated", "Jan. 6, 2024")],
        ),
        ("2024", []),
        ("January 2024", []),
        ("Sunday", []),
        ("In 2024 the crane came back", []),
        ("Breaking: mayor resigns", []),
        ("Date: " + "a long story, " * 30 + "told", []),
    ],
)
def test_a_line_below_the_headline(line: str, fields: list[tuple[str, str]]) -> None:
    head = headline.read(f"A headline\n\n{line}\n\nBody\n\nMore")
    assert [(field.key, field.value) for field in head.fields[1:]] == fields
    assert head.rest == ("Body\n\nMore" if fields else f"{line}\n\nBody\n\nMore")
    assert head.line == (5 if fields else 3)


@pytest.mark.parametrize("rule", ["***", "=====", "---", "___"])
def test_rules_around_a_headline_are_no_headline(rule: str) -> None:
    head = headline.read(f"{rule}\nA headline\n{rule}\n\nBody")
    assert [field.value for field in head.fields] == ["A headline"]
    assert head.rest == "Body"
    assert headline.read(f"{rule}\nA headline\n\nBody").rest == "Body"


def test_a_headline_alone_is_an_article_without_body() -> None:
    assert headline.read("\n A headline \n").fields[0].value == "A headline"
    assert headline.read("\n A headline \n").rest == ""
    assert headline.read("A headline\nAuthor:\n\n").rest == ""


def test_reading_markdown_and_text_does_not_import_the_html_parser() -> None:
    code = (
        "import sys, feedwright.sources.reading, feedwright.sources.files\n"
        "print([name for name in ('lxml', 'dateutil', 'requests', 'nh3') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
