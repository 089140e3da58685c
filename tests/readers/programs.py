"""The readers that are programs of Debian: newsboat, sfeed, rss2email and feed2exec."""

import email.policy
import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from tests.readers.shown import ALL_FIELDS, Reader, Shown, output_of, program


class Newsboat(Reader):
    """newsboat: the articles that it holds as unread, which are then marked as read."""

    def __init__(self, url: str, home: Path) -> None:
        self._home = home
        (home / "urls").write_text(f"{url}\n")
        (home / "config").write_text("")
        self._command = [program("newsboat"), "-C", "config", "-u", "urls", "-c", "cache.db"]

    def poll(self) -> list[Shown]:
        printed = output_of([*self._command, "-x", "reload", "print-unread"], self._home)
        columns = "guid, title, url, author, pubDate, content, enclosure_url"
        query = f"SELECT {columns} FROM rss_item WHERE unread AND NOT deleted ORDER BY pubDate DESC"
        with closing(sqlite3.connect(self._home / "cache.db")) as cache:
            rows = cache.execute(query).fetchall()
        assert printed.split()[0] == str(len(rows)), printed
        (self._home / "read").write_text("".join(f"{row[0]}\n" for row in rows))
        output_of([*self._command, "-I", "read"], self._home)
        return [_of_newsboat(row) for row in rows]


def _of_newsboat(row: tuple[Any, ...]) -> Shown:
    guid, title, url, author, seconds, content, enclosure = row
    published = datetime.fromtimestamp(seconds, UTC)
    return Shown(guid, title, url, (author,), published, content, enclosure or "")


class Sfeed(Reader):
    """sfeed_update: the lines that came into its file of the feed."""

    conditional = False
    keys_on_title_and_link = True

    def __init__(self, url: str, home: Path) -> None:
        self._home = home
        (home / "sfeedrc").write_text(
            f"sfeedpath={home}/feeds\nfeeds() {{\n\tfeed site '{url}'\n}}\n"
        )
        self._seen: set[tuple[str, str, str]] = set()

    def poll(self) -> list[Shown]:
        output_of([program("sfeed_update"), "sfeedrc"], self._home)
        lines = (self._home / "feeds/site").read_text().splitlines()
        held = sorted(map(_of_sfeed, lines), key=lambda shown: str(shown.published), reverse=True)
        new = [shown for shown in held if shown[:3] not in self._seen]
        self._seen |= {shown[:3] for shown in held}
        assert len(held) == len(self._seen)
        return new


def _of_sfeed(line: str) -> Shown:
    seconds, title, link, content, kind, guid, author, enclosure, _ = line.split("\t")
    assert kind == "html"
    for escaped, meant in (("\\n", "\n"), ("\\t", "\t"), ("\\\\", "\\")):
        content = content.replace(escaped, meant)
    published = datetime.fromtimestamp(int(seconds), UTC)
    return Shown(guid, title, link, (author,), published, content, enclosure)


class Rss2email(Reader):
    """r2e: the letters that it hands to sendmail."""

    shows = ALL_FIELDS - {"enclosure"}  # it mails the link of the article only

    _CONFIG = """\
[DEFAULT]
from = feeds@reader.example
to = reader@reader.example
sendmail = {home}/sendmail
name-format = {{author}}
html-mail = True
date-header = True
[feed.site]
url = {url}
"""

    def __init__(self, url: str, home: Path) -> None:
        self._home = home
        self._mails = home / "mails"
        self._mails.mkdir()
        sendmail = home / "sendmail"
        sendmail.write_text(f'#!/bin/sh\nexec cat >"{self._mails}/$(date +%s.%N)"\n')
        sendmail.chmod(0o755)
        (home / "r2e.cfg").write_text(self._CONFIG.format(home=home, url=url))

    def poll(self) -> list[Shown]:
        output_of([program("r2e"), "-c", "r2e.cfg", "-d", "r2e.json", "run"], self._home)
        # It sends the oldest first.
        mails = sorted(self._mails.iterdir(), reverse=True)
        shown = [_of_mail(mail.read_bytes()) for mail in mails]
        for mail in mails:
            mail.unlink()
        return shown


def _of_mail(data: bytes) -> Shown:
    mail = email.message_from_bytes(data, EmailMessage, policy=email.policy.default)
    assert isinstance(mail, EmailMessage)
    return Shown(
        str(mail["X-RSS-ID"]),
        str(mail["Subject"]),
        str(mail["X-RSS-URL"]),
        tuple(address.display_name for address in mail["From"].addresses),
        mail["Date"].datetime.replace(tzinfo=UTC),
        mail.get_content(),
    )


class Feed2exec(Reader):
    """feed2exec: the entries that it hands to its plugin."""

    def __init__(self, url: str, home: Path) -> None:
        self._home = home
        (home / "feed2exec.ini").write_text(
            f"[DEFAULT]\noutput = feed2exec.plugins.json\n[site]\nurl = {url}\n"
        )

    def poll(self) -> list[Shown]:
        options = ["--config", "feed2exec.ini", "--database", "feed2exec.db"]
        printed = output_of([program("feed2exec"), *options, "fetch"], self._home)
        return [_of_feed2exec(json.loads(line)) for line in printed.splitlines()]


def _of_feed2exec(item: dict[str, Any]) -> Shown:
    enclosures = [link["href"] for link in item["links"] if link["rel"] == "enclosure"]
    return Shown(
        item["id"],
        item["title"],
        item["link"],
        tuple(author["name"] for author in item["authors"]),
        datetime(*item["published_parsed"][:6], tzinfo=UTC),
        item["content"][0]["value"],
        enclosures[0] if enclosures else "",
    )
