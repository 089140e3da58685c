"""Write a configuration for an existing site, read the site with it, and tell what came out."""

import os
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from feedwright.config.values import LANGUAGE, ZONE, Kind, ValueMistakeError
from feedwright.errors import ConfigurationError, WriteError
from feedwright.model import Article, Problem, Severity, State
from feedwright.operations.recognize.config_text import glob_of, text_of
from feedwright.operations.recognize.folder import SiteFolder
from feedwright.operations.recognize.found import Found
from feedwright.operations.recognize.table import recognize
from feedwright.site import Site
from feedwright.survey.identify import Identified, identify
from feedwright.text import markup
from feedwright.text.globs import matcher
from feedwright.text.patterns import lazy

_SAMPLES = 5
_MOST_UNDATED = 40
"""So many globs of undated pages are written; beyond that a person has to think."""
_DOMAIN = lazy(r"(?:[\w-]+\.)+[\w-]{2,}")
_UNKNOWN_URL = "https://example.org/"


def start_from(
    folder: str, source: str, title: str | None, url: str | None, now: datetime
) -> list[str]:
    """Write `config.yaml` into `folder` for the site in `source`; return what to tell.

    `source` is a folder, or an export as one file. Raises ConfigurationError when there is a
    configuration already, or nothing that could be read.
    """
    config = Path(folder) / "config.yaml"
    if config.exists():
        raise _taken(config, source)
    site = Path(source)
    if not site.exists():
        raise _mistake("usage", source, "there is no such folder or file", "name the site's folder")
    root, only = (site, "") if site.is_dir() else (site.parent, site.name)
    found = recognize(SiteFolder(root))
    if found is None or (only and only not in found.include):
        what = "no generator, no articles and no export were recognized"
        cure = "name the folder that holds the generator's own configuration"
        raise _mistake("usage", source, what, cure)
    found = _sound(replace(found, title=title or found.title, url=url or found.url), root)
    prefix = os.path.relpath(root, folder)
    _write(config, text_of(found, prefix))
    read = _read(config, now)
    globs = () if found.undated else _undated(read)
    if globs:
        found = replace(found, exclude=(*found.exclude, *globs))
        config.write_text(text_of(found, prefix), encoding="utf-8")
        read = _read(config, now)
    told = [f"recognized {found.generator} ({found.because})", f"wrote {config}"]
    told += _counts(read)
    checks = [*found.check, *_checks(read, found, globs)]
    if checks:
        told += ["please check", *(f"  - {each}" for each in checks)]
    told.append("next: feedwright check; feedwright ledger import FEED; feedwright build")
    return told


# ---------------------------------------------------------------- making it usable


def _sound(found: Found, root: Path) -> Found:
    """Take out what no configuration may have, and say so."""
    check = [*found.check]
    name = root.resolve().name.replace("-", " ").replace("_", " ").title() or "My site"
    if not found.title:
        check.append(f'its title was not found; "{name}" is written')
    url = _address(found.url) or _domain(root, found)
    if not url:
        check.append("its address was not found; set site.url: links and ids are made from it")
    zone = _usable(ZONE, found.timezone)
    language = _usable(LANGUAGE, found.language)
    if not zone:
        check.append("its time zone was not found: dates without one are read as UTC")
    if not language:
        check.append("its language was not found: en is taken")
    known = tuple(each for each in found.languages if _usable(LANGUAGE, each))
    rules = tuple(
        rule._replace(languages=tuple(e for e in rule.languages if _usable(LANGUAGE, e)))
        for rule in found.permalinks
        if not rule.languages or any(_usable(LANGUAGE, each) for each in rule.languages)
    )
    return replace(
        found,
        title=markup.title_text(found.title) or name,
        description=markup.one_line(markup.plain(found.description)).strip(),
        url=url or _UNKNOWN_URL,
        timezone=zone,
        language=language,
        languages=known if len(known) > 1 else (),
        permalinks=rules,
        static=tuple(each for each in found.static if (root / each).is_dir()),
        path=tuple(each for each in found.path if (root / each).is_dir()) or (".",),
        check=tuple(dict.fromkeys(check)),
    )


def _usable(kind: Kind, text: str) -> str:
    try:
        return str(kind.read(text)) if text else ""
    except ValueMistakeError:
        return ""


def _address(text: str) -> str:
    """Return an address of a site with its slash; empty when it is none."""
    text = "https:" + text if text.startswith("//") else text
    if not text.startswith(("http://", "https://")) or "localhost" in text:
        return ""
    if any(sign in text for sign in " ?#"):
        return ""  # of a picture or a search, and no configuration may have it
    return text if text.endswith("/") else text + "/"


def _domain(root: Path, found: Found) -> str:
    """Return the address in a file `CNAME`, with which GitHub and Codeberg Pages have a domain."""
    site = SiteFolder(root)
    folders = dict.fromkeys(("", *found.static, *found.path, "source", "docs", "public"))
    paths = [f"{folder}/{name}" for folder in folders for name in ("CNAME", "extra/CNAME")]
    lines = site.text(site.first(*(path.lstrip("/") for path in paths))).split()
    name = lines[0].lower() if lines else ""
    return f"https://{name}/" if _DOMAIN.fullmatch(name) else ""


def _undated(read: Identified) -> tuple[str, ...]:
    """Return globs of pages without a date, when they are few beside the articles with one."""
    candidates = read.gathered.candidates
    undated = [each for each in candidates if each.published is None and not each.draft]
    others = [each.below for each in candidates if each.published is not None or each.draft]
    if not undated or len(undated) > len(others):
        return ()
    folders = {below.rpartition("/")[0] for below in others}
    alone = [each.below for each in undated if each.below.rpartition("/")[0] not in folders]
    globs = sorted({_glob(below, folders) for below in alone})
    if len(globs) > _MOST_UNDATED:
        return ()
    return tuple(each for each in globs if not any(map(matcher((each,)), others)))


def _glob(below: str, dated: set[str]) -> str:
    """Return a glob for an undated page: of the highest folder without dated articles, or of it."""
    names = below.split("/")
    for number in range(1, len(names)):
        folder = "/".join(names[:number])
        if not any(each == folder or each.startswith(f"{folder}/") for each in dated):
            return f"{glob_of(folder)}/**"
    return glob_of(below)


# ---------------------------------------------------------------- telling


def _read(config: Path, now: datetime) -> Identified:
    return identify(Site(config, {}), now)


def _counts(read: Identified) -> list[str]:
    live, others = read.resolution.articles, read.resolution.others
    held = len(read.gathered.broken) + len(read.resolution.held)
    states = [
        (len(live), "live"),
        *((sum(each.state is state for each in others), str(state)) for state in _WAITING),
        (held, "held by an error"),
        (len(read.gathered.left_out), "left out, no articles"),
    ]
    told = ", ".join(f"{number:,} {word}" for number, word in states if number)
    lines = [f"articles: {told or 'none'}"]
    for article in _spread(live):
        day = article.published.astimezone(read.gathered.rules.zone)
        lines.append(f"  {article.path}")
        lines.append(f"    {day:%Y-%m-%d}  {article.title}")
        lines.append(f"    {article.permalink}")
    return lines


_WAITING = (State.DRAFT, State.FUTURE, State.EXPIRED)


def _spread(articles: Iterable[Article]) -> list[Article]:
    """Return a few articles from all ages."""
    ordered = sorted(articles, key=lambda each: (each.published, each.path), reverse=True)
    if len(ordered) <= _SAMPLES:
        return ordered
    last = len(ordered) - 1
    return [ordered[last * number // (_SAMPLES - 1)] for number in range(_SAMPLES)]


def _checks(read: Identified, found: Found, globs: tuple[str, ...]) -> list[str]:
    checks = [check(read, found) for check in _QUESTIONS]
    if globs:
        names = ", ".join(globs[:4]) + (", …" if len(globs) > 4 else "")
        checks.append(f"pages without a date were put into content.exclude: {names}")
    return [each for each in checks if each]


def _no_articles(read: Identified, _: Found) -> str:
    if read.gathered.candidates:
        return ""
    return "no article was read: correct content.path"


def _held(read: Identified, _: Found) -> str:
    errors = [each for each in read.problems if each.severity is Severity.ERROR]
    if not errors:
        return ""
    return f"{len(errors)} problems keep articles out, the first: {errors[0]}"


def _dateless(read: Identified, found: Found) -> str:
    number = sum(each.published is None and not each.draft for each in read.gathered.candidates)
    if not number or found.undated:
        return ""
    return f"{number} articles have no date: they get that of the first build"


def _addresses(read: Identified, _: Found) -> str:
    if not read.resolution.articles:
        return ""
    return "compare the addresses above with those of your site; correct content.permalink"


_QUESTIONS: tuple[Callable[[Identified, Found], str], ...] = (
    _no_articles,
    _held,
    _dateless,
    _addresses,
)


# ---------------------------------------------------------------- files


def _write(config: Path, text: str) -> None:
    try:
        config.parent.mkdir(parents=True, exist_ok=True)
        with config.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise WriteError(
            f"{config}: cannot be written ({error.strerror}); choose another folder"
        ) from error


def _taken(config: Path, source: str) -> ConfigurationError:
    """Refuse to overwrite; Hugo's own configuration may have our name."""
    if "site" in SiteFolder(config.parent).values(config.name):
        what, cure = "there is a site here already", "edit it, or give another folder"
    else:
        what = "is no configuration of Feedwright, so it stays"
        cure = f"give another folder for ours: feedwright init publish --from {source}"
    return _mistake("exists", str(config), what, cure)


def _mistake(name: str, path: str, what: str, cure: str) -> ConfigurationError:
    return ConfigurationError((Problem(Severity.ERROR, name, path, 0, "", what, cure),))
