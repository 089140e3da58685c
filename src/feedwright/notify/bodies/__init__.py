"""What a message looks like on the wire: one mechanism for every body.

A renderer is a function of a `Telling` and gives a `Body`. `standard`, `slack` and `discord` are
ours; any other name in the configuration is the path of the user's own template.
"""

from collections.abc import Callable, Mapping

from feedwright.notify.bodies import discord, slack
from feedwright.notify.bodies.telling import Body, Telling
from feedwright.notify.payload import encode

Renderer = Callable[[Telling], Body]

__all__ = ["BODIES", "Body", "Renderer", "Telling", "renderer"]


def _standard(telling: Telling) -> Body:
    return Body(encode(telling.event), "application/json")


BODIES: Mapping[str, Renderer] = {
    "standard": _standard,
    "slack": slack.body,
    "discord": discord.body,
}


def renderer(name: str, template: str | None = None) -> Renderer:
    """Return what renders a body: one of ours, or the user's template, given as text.

    Raises TemplateError when the template cannot be used.
    """
    if template is None:
        return BODIES[name]
    from feedwright.notify.bodies.template import compiled  # noqa: PLC0415 - an extra

    return compiled(name, template)
