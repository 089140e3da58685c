"""What to do about a key that does not exist: another name, another place, the ones that do."""

from feedwright.config import schema
from feedwright.config.keys import KEYS
from feedwright.config.suggest import nearest, one_of

_HOMES = {
    schema.Site: "site",
    schema.Content: "content",
    schema.FeedSpec: "a feed of feeds",
    schema.Where: "where of a feed",
    schema.Podcast: "podcast of a feed",
    schema.Notify: "notify",
    schema.Webhook: "a webhook of notify.webhooks",
    schema.WebSub: "notify.websub",
    schema.Publish: "publish",
    schema.Config: "the top level",
}
_MEANT = {
    "baseurl": "url",
    "base_url": "url",
    "siteurl": "url",
    "link": "url",
    "homepage": "home",
    "lang": "language",
    "tz": "timezone",
    "copyright": "rights",
    "items": "limit",
    "max_items": "limit",
    "count": "limit",
    "filter": "where",
    "filters": "where",
    "categories": "any_categories",
    "tags": "any_tags",
    "authors": "any_authors",
    "languages": "any_languages",
    "sections": "any_sections",
    "since": "newer_than",
    "folder": "path",
    "dir": "path",
    "directory": "path",
    "ignore": "exclude",
    "permalinks": "permalink",
    "token": "secret",
    "glob": "match",
}


def unknown_key_cure(name: str, record: type) -> str:
    """Say what was probably meant by a key that a record does not have, and what it has."""
    keys = KEYS[record]
    allowed = one_of(keys)
    meant = _MEANT.get(name.casefold().replace("-", "_"), "")
    if meant not in keys:
        meant = nearest(name, keys)
    homes = [home for other, home in _HOMES.items() if other is not record and name in KEYS[other]]
    exact = bool(homes) and meant.casefold() != name.casefold().replace("-", "_")
    if exact and not (meant and name in meant):
        return f"it belongs to {' or '.join(homes)}; {allowed}"
    return f"did you mean {meant}? {allowed}" if meant else allowed
