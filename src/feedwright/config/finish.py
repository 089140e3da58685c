"""The last step of reading: addresses become absolute, and defaults that depend on others. Pure."""

from feedwright.config.addresses import absolute, absolute_labelled
from feedwright.config.checks import FEEDS_FOLDER, is_within
from feedwright.config.schema import Author, Config, Content, FeedSpec, Podcast, Site


def finish(config: Config) -> Config:
    """Complete a configuration without mistakes."""
    base = config.site.url
    return config._replace(
        site=_site(config.site),
        content=_content(config.content, config.state, config.ledger),
        feeds=tuple(_feed(spec, base) for spec in config.feeds),
    )


def _site(site: Site) -> Site:
    return site._replace(
        feeds_url=absolute(site.url, site.feeds_url or f"{FEEDS_FOLDER}/"),
        author=_author(site.author, site.url),
        icon=absolute(site.url, site.icon),
        logo=absolute(site.url, site.logo),
    )


def _author(author: Author | None, base: str) -> Author | None:
    return author and author._replace(url=absolute(base, author.url))


def _content(content: Content, state: str, ledger: str) -> Content:
    """Keep what we write ourselves out of a content folder that holds it."""
    ours = [
        path if folder == "." else path.removeprefix(f"{folder}/")
        for folder in content.path
        for path in (FEEDS_FOLDER, state, ledger)
        if is_within(path, folder) and path != folder
    ]
    globs = tuple(f"{path}/**" for path in ours)
    return content._replace(exclude=(*content.exclude, *globs)) if globs else content


def _feed(spec: FeedSpec, base: str) -> FeedSpec:
    return spec._replace(
        home=absolute_labelled(base, spec.home), podcast=_podcast(spec.podcast, base)
    )


def _podcast(podcast: Podcast | None, base: str) -> Podcast | None:
    return podcast and podcast._replace(
        image=absolute(base, podcast.image), funding=absolute(base, podcast.funding)
    )
