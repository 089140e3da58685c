"""Reading `config.yaml`: the one place where the configuration touches the file system."""

import errno
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from feedwright.config.checks import check
from feedwright.config.convert import convert
from feedwright.config.environment import Environment
from feedwright.config.finish import finish
from feedwright.config.report import Place, Report
from feedwright.config.schema import Config
from feedwright.errors import ConfigurationError
from feedwright.model import Problem
from feedwright.text.yamltree import Node, YamlError, parse

LARGEST = 1_000_000
"""Bytes: far more than a person writes."""


class Loaded(NamedTuple):
    """A configuration without mistakes, and where it came from."""

    config: Config
    root: Path
    """Absolute folder of the file: paths of the configuration are relative to it."""
    warnings: tuple[Problem, ...]
    variables: Mapping[str, str | None]
    """Variables of the environment that it uses; None: not set."""
    source: bytes
    """The file as it was read."""


def load(path: str | Path, environ: Mapping[str, str]) -> Loaded:
    """Read and check a configuration.

    Raises ConfigurationError with every mistake at once, each with file, line, key and cure. Values
    of secrets and of variables are never part of a message.
    """
    path = Path(path)
    report = Report(path.as_posix())
    source = _read(path, report)
    environment = Environment(environ)
    config = convert(_tree(source, report), environment, report)
    check(config, report)
    if report.errors:
        raise ConfigurationError(report.errors)
    return Loaded(
        config=finish(config),
        root=path.absolute().parent,
        warnings=report.warnings,
        variables=environment.used,
        source=source,
    )


def _read(path: Path, report: Report) -> bytes:
    try:
        with path.open("rb") as file:
            source = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        report.error("config-file", Place("", 0), *_why(path, error))
        raise ConfigurationError(report.errors) from error
    if len(source) > LARGEST:
        cure = "is it the right file?"
        report.error("config-file", Place("", 0), f"is larger than {LARGEST} bytes", cure)
        raise ConfigurationError(report.errors)
    return source


def _why(path: Path, error: OSError | ValueError) -> tuple[str, str]:
    code = error.errno if isinstance(error, OSError) else None
    if code == errno.ENOENT:
        twin = path.with_suffix(".yml" if path.suffix == ".yaml" else ".yaml")
        meant = f"did you mean {twin.as_posix()}? Or " if twin.is_file() else ""
        return "there is no such file", f"{meant}make one with: feedwright init"
    if code == errno.EISDIR:
        return "is a folder", f"write -c {(path / 'config.yaml').as_posix()}"
    if code in {errno.EACCES, errno.EPERM}:
        return "may not be read", "look at its permissions"
    reason = error.strerror if isinstance(error, OSError) else None
    return f"cannot be read ({reason or 'no path'})", "look at the path and at the disk"


def _tree(source: bytes, report: Report) -> Node:
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        what = "is UTF-16" if source[:2] in {b"\xff\xfe", b"\xfe\xff"} else "is no UTF-8 here"
        report.error("config-file", Place("", line), what, "save it as UTF-8")
        raise ConfigurationError(report.errors) from error
    try:
        return parse(text)
    except YamlError as error:
        report.error("config-syntax", Place("", error.line), error.what, error.cure)
        raise ConfigurationError(report.errors) from error
