"""Dates within a line are found in many languages; what may mean two days is none."""

import pytest

from feedwright.text.datesearch import ordered, search, search_short


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Posted on 3 March 2014 by Ana", "2014-03-03"),
        ("Publié le 12 mai 2019 à 10h20", "2019-05-12 10:20"),
        ("Erstellt am Donnerstag, 03. Mai 2012 um 10:20 Uhr", "2012-05-03 10:20"),
        ("July 12th, 2016", "2016-07-12"),
        ("Mar. 5, 2014 9:05 a.m. ET", "2014-03-05 9:05 a.m."),
        ("Tue 2 Jul 2019 06.00 BST", "2019-07-02 06:00 BST"),
        ("8 de marzo de 2019", "2019-03-08"),
        ("d'abril 2019, 12 d'abril de 2019", "2019-04-12"),
        ("12 августа 2019, 10:33", "2019-08-12 10:33"),
        ("20 Μαΐου 2018", "2018-05-20"),
        ("2018. május 3.", "2018-05-03"),
        ("2012年5月8日 10:00", "2012-05-08 10:00"),
        ("입력 2014.03.03 10:20", "2014-03-03 10:20"),
        ("(18.01.2018) The pigs", "2018-01-18"),
        ("Mon, 05/07/2012 - 10:20", "2012-05-07 10:20"),
        ("Thu, 05/07/2012", "2012-07-05"),
        ("13/4/2018", "2018-04-13"),
        ("31 February 2018 and 1 March 2018", "2018-03-01"),
    ],
)
def test_a_date_is_found_in_a_line(text, value):
    assert [each.value for each in search(text)] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "1.2.3.2018",
        "10.1.2018.3",
        "March 2018",
        "12 of them, 2018",
        "3 March",
        "03/04/2018",
        "2018",
    ],
)
def test_what_is_no_certain_day_is_none(text):
    assert not list(search(text))


@pytest.mark.parametrize(
    ("language", "day"),
    [("en-US", "2018-03-04"), ("en-GB", "2018-04-03"), ("fr", "2018-04-03"), ("en", None)],
)
def test_the_language_tells_the_order_of_digits(language, day):
    assert next((each.value for each in search("03/04/2018", language)), None) == day
    assert ordered("03/04/2018 10:20", language) == (f"{day} 10:20" if day else "03/04/2018 10:20")


def test_short_years_are_read_only_when_asked():
    assert not list(search("am 1.9.17"))
    found = search_short("am 1.9.17")
    assert found is not None
    assert found.value == "2017-09-01"
    assert search_short("5/6/20", "en") is None
    assert search_short("version 1.2.3.4") is None
