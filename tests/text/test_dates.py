import re
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedwright.text.dates import DateError, from_epoch, of_value, parse, rfc822, rfc3339
from feedwright.text.months import MONTHS

LONDON = ZoneInfo("Europe/London")
NEW_YORK = ZoneInfo("America/New_York")


def read(text, zone=UTC):
    return parse(text, zone)


@pytest.mark.parametrize(
    "text",
    [
        "2024-01-02",
        "2024-1-2",
        "2024/01/02",
        "2024.1.2",
        "20240102",
        "2024年1月2日",
        "2024년 1월 2일",
        "٢٠٢٤-٠١-٠٢",
        "2. Januar 2024",
        "2 de enero de 2024",
        "2 января 2024 г.",
        "le 2 janvier 2024",
        "2nd of January 2024",
        "January 2, 2024",
        "Tuesday, Jan. 2nd, 2024",
        "2-Jan-2024",
        "2024-Jan-02",
        "2.1.2024",
        '"2024-01-02"',
        "2024-01-02 # when it was written",
        "2024-01-02 (first draft)",
        " 2024-01-02\xa0",
    ],
)
def test_a_day_in_many_forms(text):
    parsed = read(text)
    assert parsed.day == date(2024, 1, 2)
    assert parsed.instant == datetime(2024, 1, 2, tzinfo=UTC)
    assert (parsed.has_time, parsed.has_zone, parsed.doubt) == (False, False, "")


@pytest.mark.parametrize(
    "text",
    [
        "2024-01-02T10:00:00Z",
        "2024-01-02 10:00:00 UTC",
        "2024-01-02 10:00:00 +0000",
        "2024-01-02 5:00 -5",
        "2024-01-02T15:30:00.123456+05:30",
        "2024-01-02T11:00:00+01:00[Europe/Paris]",
        "2024-01-02 11:00 Europe/Paris",
        "2024-01-02 05:00:00 AM EST",
        "20240102T100000Z",
        "2024-01-02, 10:00 GMT",
        "Tue, 02 Jan 2024 10:00:00 +0000",
        "Tue, 2 Jan 2024 05:00:00 EST",
        "Tue Jan  2 10:00:00 UTC 2024",
        "Tue Jan 02 2024 11:00:00 GMT+0100 (Central European Standard Time)",
        "January 2, 2024 at 5 am EST",
        "2024-01-02 10:30:00 UTC+0:30",
        "2024-01-02 09:00:00 −01:00",
    ],
)
def test_an_instant_in_many_forms(text):
    parsed = read(text, NEW_YORK)
    assert parsed.instant == datetime(2024, 1, 2, 10, tzinfo=UTC)
    assert (parsed.day, parsed.has_time, parsed.has_zone) == (date(2024, 1, 2), True, True)
    assert parsed.doubt == ""


@pytest.mark.parametrize(
    "text",
    [
        "2024-07-02 10:00",
        "2024-07-02 10:00:00",
        "2024-7-2 10:00:00.5",
        "2024-07-02-10:00",
        "Tue Jul  2 10:00:00 2024",
        "July 2, 2024 - 10:00 a.m.",
        "2. Juli 2024, 10:00 Uhr",
        "le 2 juillet 2024 à 10h00",
        "2024年7月2日（火） 10:00",
        "10:00, 2 July 2024",
    ],
)
def test_a_time_without_zone_is_the_sites(text):
    parsed = read(text, LONDON)
    assert parsed.instant == datetime(2024, 7, 2, 9, tzinfo=UTC)
    assert (parsed.has_time, parsed.has_zone, parsed.doubt) == (True, False, "")


@pytest.mark.parametrize(
    "text",
    [
        "2024",
        "May",
        "12",
        "10:00",
        "Jan 5",
        "May 2024",
        "2024-05",
        "05/2024",
        "Sunday",
        "Sunday 2024",
        "tomorrow",
        "now",
        "Last Modified",
        "git Created",
        "1704189600",
        "1704189600000",
        "2024-032",
        "2024-13-01",
        "2017-02-29",
        "31 June 2024",
        "2024-01-02 25:00",
        "2024-01-02 10:00 Mars/Phobos",
        "2024-01-02 10:00 +25:00",
        "01/02/24",
        "10-10-10",
        "0001-01-01T00:00:00Z",
        "0999-12-31",
        "12024-01-01",
        "2024-01-02 and more",
        "Published on 2 January 2024 in London",
        "",
        "-",
        "🎉",
    ],
)
def test_what_is_no_full_day_is_refused(text):
    with pytest.raises(DateError) as caught:
        read(text)
    assert caught.value.what
    assert "YYYY-MM-DD" in caught.value.cure
    assert len(str(caught.value)) < 200


def test_an_enormous_text_is_refused_shortly():
    with pytest.raises(DateError) as caught:
        read("2024 " * 100_000)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    ("text", "zone", "day", "doubt"),
    [
        ("01/02/2024", LONDON, date(2024, 2, 1), "day first"),
        ("01/02/2024", NEW_YORK, date(2024, 1, 2), "month first"),
        ("01-02-2024", UTC, date(2024, 2, 1), "day first"),
        ("13/02/2024", NEW_YORK, date(2024, 2, 13), ""),
        ("02/13/2024", LONDON, date(2024, 2, 13), ""),
        ("02/02/2024", LONDON, date(2024, 2, 2), ""),
        ("02 Jan 24", UTC, date(2024, 1, 2), "two digits"),
        ("2024-01-02 10:00 CST", UTC, date(2024, 1, 2), "CST"),
        ("2024-01-02 10:00 CST", ZoneInfo("Asia/Shanghai"), date(2024, 1, 2), ""),
        ("2024-07-02 10:00 CST", ZoneInfo("America/Chicago"), date(2024, 7, 2), ""),
    ],
)
def test_two_meanings_are_told(text, zone, day, doubt):
    parsed = read(text, zone)
    assert parsed.day == day
    assert doubt in parsed.doubt
    assert bool(parsed.doubt) == bool(doubt)


def test_a_zone_name_of_the_site_is_the_sites():
    shanghai = ZoneInfo("Asia/Shanghai")
    assert read("2024-01-02 18:00 CST", shanghai).instant == datetime(2024, 1, 2, 10, tzinfo=UTC)


def test_clock_changes_are_defined():
    assert read("2024-03-31 01:30", LONDON).instant == datetime(2024, 3, 31, 1, 30, tzinfo=UTC)
    assert read("2024-10-27 01:30", LONDON).instant == datetime(2024, 10, 27, 0, 30, tzinfo=UTC)


def test_midnight_may_be_twenty_four_hours():
    parsed = read("2024-12-31T24:00:00")
    assert parsed.instant == datetime(2025, 1, 1, tzinfo=UTC)
    assert parsed.day == date(2024, 12, 31)


def test_forms_that_only_dateutil_knows_are_in_doubt():
    parsed = read("22 01 2024 10h 30m")
    assert parsed.instant == datetime(2024, 1, 22, 10, 30, tzinfo=UTC)
    assert "is read as 2024-01-22 10:30:00" in parsed.doubt
    assert not read("22 01 2024").has_time
    with pytest.raises(DateError):
        parse("22 01 2024", UTC, loose=False)
    with pytest.raises(DateError):
        read("10 01 2024")


def test_values_of_other_syntaxes():
    tokyo = timezone(timedelta(hours=9))
    at_one = datetime(2024, 1, 2, 1, tzinfo=UTC)
    assert of_value(datetime(2024, 1, 2, 10, 0, 0, 5, tokyo), UTC).instant == at_one
    assert of_value(datetime(2024, 1, 2, 10), tokyo).instant == at_one  # noqa: DTZ001 - meant
    assert of_value(date(2024, 1, 2), tokyo).instant == datetime(2024, 1, 1, 15, tzinfo=UTC)
    assert of_value(1704157200, tokyo).instant == at_one
    assert of_value(1704157200000, tokyo).instant == at_one
    assert of_value("1704157200000", tokyo).instant == at_one
    assert of_value(1704157200.5, tokyo).instant == at_one
    assert of_value(20240102, UTC).day == date(2024, 1, 2)
    assert from_epoch(1704157200).has_zone


@pytest.mark.parametrize("value", [None, True, [], {}, 2024, -5, 10**20, float("nan"), 5.0])
def test_values_that_are_no_date_are_refused(value):
    with pytest.raises(DateError):
        of_value(value, UTC)


def test_dates_do_not_load_dateutil_unless_a_form_is_strange():
    code = (
        "import sys; from datetime import UTC; from feedwright.text.dates import parse;"
        "parse('2024-01-02', UTC); parse('Tue, 02 Jan 2024 10:00:00 +0000', UTC);"
        "sys.exit('dateutil' in sys.modules or 'email' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


instants = st.datetimes(
    datetime(1000, 1, 2),  # noqa: DTZ001 - Hypothesis wants its bounds naive
    datetime(9999, 12, 30),  # noqa: DTZ001 - likewise
    timezones=st.just(UTC),
).map(lambda at: at.replace(microsecond=0))


@given(instants)
@settings(deadline=None)
def test_written_dates_read_back(at):
    assert datetime.fromisoformat(rfc3339(at)) == at
    assert read(rfc3339(at)).instant == at
    assert read(rfc822(at)).instant == at
    if at.year >= 1900:
        assert parsedate_to_datetime(rfc822(at)) == at


words = st.sampled_from(
    [
        *[
            "2024",
            "1",
            "02",
            "12",
            "31",
            "24",
            ":",
            "-",
            "/",
            ".",
            ",",
            "T",
            "Z",
            "+",
            "am",
            "pm",
            "10:00",
            "10:00:00",
            "+0100",
            "20240102",
            "May",
        ],
        "Jan",
        "January",
        "mai",
        "Sunday",
        "UTC",
        "EST",
        "of",
        "at",
        "th",
        "h",
        " ",
        "  ",
        "年",
        "月",
        "W",
        "BC",
        "'",
        "_",
        "x",
        "١",
        "²",
    ]
)


@given(
    st.lists(words, max_size=9).flatmap(
        lambda ws: st.sampled_from(["", " "]).map(lambda glue: glue.join(ws))
    )
    | st.text(max_size=30)
)
@settings(deadline=None, max_examples=400)
def test_no_part_of_a_date_comes_from_elsewhere(text):
    try:
        parsed = read(text, LONDON)
    except DateError:
        return
    digits = "".join(str(int(c)) if c.isdecimal() else c for c in text).replace("²", "2")
    day = parsed.day
    numbers = {int(n) for n in re.findall(r"\d{1,2}", digits)} | {
        int(n[-2:]) for n in re.findall(r"\d{8}", digits)
    }
    assert f"{day.year:04}" in digits or parsed.doubt
    assert "W" in text or day.day in numbers
    assert parsed.instant.tzinfo is UTC
    assert parsed.instant.microsecond == 0
    assert abs(parsed.instant.date() - day) <= timedelta(days=1)


def test_month_names_agree_with_unicode_lower_case():
    assert all(name == name.lower() and name.isalpha() for name in MONTHS)
    assert set(MONTHS.values()) == set(range(1, 13))
