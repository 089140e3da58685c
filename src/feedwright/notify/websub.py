"""WebSub, the publisher's side: telling a hub that a document changed (section 7). Pure.

WebSub leaves the form of the ping to the hub; both names that hubs know are sent.
"""

from urllib.parse import urlencode

TYPE = "websub.publish"
CONTENT_TYPE = "application/x-www-form-urlencoded"


def ping(topic: str) -> bytes:
    """Return the body that tells a hub of one topic, the address of a document."""
    fields = (("hub.mode", "publish"), ("hub.url", topic), ("hub.topic", topic))
    return urlencode(fields).encode("ascii")
