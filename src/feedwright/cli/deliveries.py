"""`feedwright deliveries`: look at deliveries, replay them, give them up."""

import argparse
from typing import TYPE_CHECKING

from feedwright.cli import common
from feedwright.model import DeliveryState

if TYPE_CHECKING:
    from feedwright.operations.deliveries import Choice

HELP = "list messages and their deliveries, replay them, give them up"
EXAMPLE = "feedwright deliveries list --state dead"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the subcommands of deliveries."""
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    listing = _add(commands, "list", "list deliveries, the newest first", "list --endpoint chat")
    _add_filters(listing)
    listing.add_argument("--limit", metavar="N", type=int, default=0, help="at most so many")
    common.add_json(listing)
    listing.set_defaults(deliveries_run=_list)
    one = _add(commands, "show", "show one delivery, its attempts and its body", "show 12")
    one.add_argument("id", metavar="ID", help="its number, or the id of its message")
    common.add_json(one)
    one.set_defaults(deliveries_run=_show)
    again = _add(
        commands,
        "retry",
        "make deliveries due: those named, or those that fit (default: dead and refused ones)",
        "retry --endpoint newsletter --since 2026-01-31T12:00:00Z",
    )
    _add_ids(again)
    again.set_defaults(deliveries_run=_retry)
    away = _add(commands, "discard", "give deliveries up for good", "discard 12")
    _add_ids(away)
    away.set_defaults(deliveries_run=_discard)


def run(chosen: argparse.Namespace) -> int:
    """Run the chosen subcommand."""
    code: int = chosen.deliveries_run(chosen)
    return code


def _add(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    help_text: str,
    example: str,
) -> argparse.ArgumentParser:
    return commands.add_parser(
        name,
        help=help_text,
        description=help_text[0].upper() + help_text[1:] + ".",
        epilog=f"example: feedwright deliveries {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def _add_filters(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--endpoint", metavar="NAME", default="", help="of this endpoint alone")
    parser.add_argument(
        "--state",
        action="append",
        default=[],
        choices=[str(state) for state in DeliveryState],
        help="in this state (several: give it several times)",
    )
    parser.add_argument(
        "--since", metavar="ISO", type=common.instant, help="made at this time or later"
    )


def _add_ids(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", nargs="*", help="numbers, or ids of messages")
    _add_filters(parser)


def _choice(chosen: argparse.Namespace) -> "Choice":
    from feedwright.operations.deliveries import Choice  # noqa: PLC0415 - heavy; `--help` needs none

    names = tuple(getattr(chosen, "id", ()))
    choice = Choice(names, chosen.endpoint, tuple(map(DeliveryState, chosen.state)), chosen.since)
    if names and any(choice[1:]):
        raise common.usage_error("ids and filters exclude each other", "give one or the other")
    return choice


def _list(chosen: argparse.Namespace) -> int:
    from feedwright.operations import deliveries  # noqa: PLC0415 - heavy; `--help` needs none

    choice = _choice(chosen)
    found = deliveries.find(common.open_site(chosen), choice, common.clock(), chosen.limit)
    if chosen.json:
        common.print_json([deliveries.as_json(each) for each in found])
    else:
        for each in found:
            print(deliveries.as_line(each))
    return 0


def _show(chosen: argparse.Namespace) -> int:
    from feedwright.operations import deliveries  # noqa: PLC0415 - heavy; `--help` needs none

    shown = deliveries.show(common.open_site(chosen), chosen.id, common.clock())
    if chosen.json:
        common.print_json(deliveries.shown_json(shown))
    else:
        print(deliveries.shown_text(shown))
    return 0


def _retry(chosen: argparse.Namespace) -> int:
    from feedwright.operations import deliveries  # noqa: PLC0415 - heavy; `--help` needs none

    choice = _choice(chosen)
    _need_something(choice)
    if not choice.names and not choice.states:
        states = deliveries.UNDONE if choice.since is None else deliveries.REPLAYED
        choice = choice._replace(states=states)
    number = deliveries.retry(common.open_site(chosen), choice, common.exact_clock())
    print(f"{_messages(number)} due; the next build sends {_them(number)}, or: feedwright deliver")
    return 0


def _discard(chosen: argparse.Namespace) -> int:
    from feedwright.operations import deliveries  # noqa: PLC0415 - heavy; `--help` needs none

    choice = _choice(chosen)
    _need_something(choice)
    number = deliveries.discard(common.open_site(chosen), choice, common.exact_clock())
    print(f"{_messages(number)} discarded")
    return 0


def _need_something(choice: "Choice") -> None:
    if not choice.says_something:
        raise common.usage_error(
            "nothing says which deliveries are meant",
            "give ids (`feedwright deliveries list` has them), --endpoint, --state or --since",
        )


def _messages(number: int) -> str:
    return "1 message is" if number == 1 else f"{number} messages are"


def _them(number: int) -> str:
    return "it" if number == 1 else "them"
