"""`feedwright webhook`: test an endpoint; print the schema of payloads."""

import argparse

from feedwright.cli import common, log

HELP = "send a test message to an endpoint, or print the schema of payloads"
EXAMPLE = "feedwright webhook test newsletter"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the subcommands of webhook."""
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    test = commands.add_parser(
        "test",
        help="send a signed test message; a 2xx enables a disabled endpoint",
        description="Send a signed test message. An answer of 2xx enables a disabled endpoint.",
        epilog="example: feedwright webhook test newsletter",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    test.add_argument("name", metavar="NAME", help="of the webhook, or the address of a hub")
    log.add_log(test)
    common.add_json(test)
    test.set_defaults(webhook_run=_test)
    schema = commands.add_parser(
        "schema",
        help="print the JSON Schema of payloads",
        description="Print the JSON Schema of payloads.",
        epilog="example: feedwright webhook schema > payload.schema.json",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    schema.set_defaults(webhook_run=_schema)


def run(chosen: argparse.Namespace) -> int:
    """Run the chosen subcommand."""
    code: int = chosen.webhook_run(chosen)
    return code


def _test(chosen: argparse.Namespace) -> int:
    from feedwright.operations.trial import try_endpoint  # noqa: PLC0415 - heavy; `--help` needs none

    teller = log.log_of(chosen.log, notices_only=True)
    tested = try_endpoint(common.open_site(chosen), chosen.name, teller)
    if chosen.json:
        common.print_json(tested.as_json())
    else:
        print(tested.as_text())
    return 0 if tested.is_delivered else 1


def _schema(chosen: argparse.Namespace) -> int:
    del chosen
    from importlib import resources  # noqa: PLC0415 - heavy, and no other command needs it

    path = resources.files("feedwright.notify") / "payload.schema.json"
    print(path.read_text(encoding="utf-8"), end="")
    return 0
