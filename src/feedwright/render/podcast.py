"""Tags for podcast directories and apps, in RSS: iTunes and the podcast namespace.

https://podcasters.apple.com/support/823-podcast-requirements
https://github.com/Podcastindex-org/podcast-namespace
"""

from lxml.etree import SubElement, _Element

from feedwright.config.schema import Podcast
from feedwright.model import Episode
from feedwright.render.elements import add
from feedwright.render.namespaces import name
from feedwright.render.wire import legal, real_email

_TEXT_LIMIT = 255
"""Of iTunes texts, in characters."""


def episode_prefixes(episode: Episode | None) -> frozenset[str]:
    """Return the prefixes that an entry's episode needs."""
    if episode is None:
        return frozenset()
    has_podcast = episode.transcripts or episode.chapters or episode.persons
    return frozenset({"itunes", "podcast"} if has_podcast else {"itunes"})


def channel_prefixes(podcast: Podcast | None) -> frozenset[str]:
    """Return the prefixes that a feed's podcast settings need."""
    if podcast is None:
        return frozenset()
    has_podcast = podcast.guid or podcast.locked is not None or podcast.funding
    return frozenset({"itunes", "podcast"} if has_podcast else {"itunes"})


def extend_item(item: _Element, episode: Episode) -> None:
    """Add the tags of an episode."""
    if episode.title:
        add(item, name("itunes", "title"), episode.title)
    if episode.subtitle:
        add(item, name("itunes", "subtitle"), legal(episode.subtitle)[:_TEXT_LIMIT])
    if episode.duration:
        add(item, name("itunes", "duration"), str(episode.duration))
    if episode.number:
        add(item, name("itunes", "episode"), str(episode.number))
    if episode.season:
        add(item, name("itunes", "season"), str(episode.season))
    if episode.kind:
        add(item, name("itunes", "episodeType"), episode.kind)
    if episode.explicit is not None:
        add(item, name("itunes", "explicit"), _boolean(value=episode.explicit))
    if episode.image:
        add(item, name("itunes", "image"), href=episode.image)
    if episode.block:
        add(item, name("itunes", "block"), "Yes")
    _extend_item_podcast(item, episode)


def _extend_item_podcast(item: _Element, episode: Episode) -> None:
    for link in episode.transcripts:
        add(
            item,
            name("podcast", "transcript"),
            url=link.url,
            type=link.media_type,
            language=link.language,
        )
    if episode.chapters:
        chapters = episode.chapters
        add(item, name("podcast", "chapters"), url=chapters.url, type=chapters.media_type)
    for who, role, image, href in episode.persons:
        add(item, name("podcast", "person"), who, role=role, img=image, href=href)


def extend_channel(channel: _Element, podcast: Podcast, title: str) -> None:
    """Add the tags of a podcast; `title` of the feed names what is supported."""
    if podcast.author:
        add(channel, name("itunes", "author"), legal(podcast.author)[:_TEXT_LIMIT])
    for category in podcast.category:
        _category(channel, category)
    add(channel, name("itunes", "explicit"), _boolean(value=podcast.explicit))
    if podcast.image:
        add(channel, name("itunes", "image"), href=podcast.image)
    if podcast.owner and real_email(podcast.owner.email):
        owner = SubElement(channel, name("itunes", "owner"))
        add(owner, name("itunes", "name"), legal(podcast.owner.name)[:_TEXT_LIMIT])
        add(owner, name("itunes", "email"), podcast.owner.email)
    if podcast.type:
        add(channel, name("itunes", "type"), podcast.type)
    if podcast.block:
        add(channel, name("itunes", "block"), "Yes")
    if podcast.complete:
        add(channel, name("itunes", "complete"), "Yes")
    _extend_channel_podcast(channel, podcast, title)


def _extend_channel_podcast(channel: _Element, podcast: Podcast, title: str) -> None:
    if podcast.guid:
        add(channel, name("podcast", "guid"), podcast.guid)
    if podcast.locked is not None:
        owner = podcast.owner.email if podcast.owner else ""
        add(channel, name("podcast", "locked"), "yes" if podcast.locked else "no", owner=owner)
    if podcast.funding:
        add(channel, name("podcast", "funding"), title, url=podcast.funding)


def _category(channel: _Element, category: str) -> None:
    """Add `Arts > Books` as a category within a category."""
    parent = channel
    for part in category.split(">"):
        parent = SubElement(parent, name("itunes", "category"), {"text": legal(part.strip())})


def _boolean(*, value: bool) -> str:
    return "true" if value else "false"
