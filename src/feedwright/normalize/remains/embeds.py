"""What other sites show within a page becomes a link to it; pictures and sounds stay what they are.

Readers drop most frames, so an address that works everywhere is shown in their place.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import unquote

from feedwright.normalize.remains.arguments import Arguments
from feedwright.normalize.remains.context import words
from feedwright.normalize.remains.outputs import (
    alone,
    figure,
    is_media,
    is_picture,
    is_web,
    link,
    media,
    plain,
)
from feedwright.normalize.remains.pairs import Block
from feedwright.text.patterns import lazy

_ADDRESSES: Mapping[str, str] = {
    "asciinema asciicast": "https://asciinema.org/a/{}",
    "bilibili bili bvideo": "https://www.bilibili.com/video/{}",
    "codepen": "https://codepen.io/{user}/pen/{}",
    "codesandbox": "https://codesandbox.io/s/{}",
    "dailymotion": "https://www.dailymotion.com/video/{}",
    "doi": "https://doi.org/{}",
    "gist githubgist": "https://gist.github.com/{}",
    "github githubrepo githubcard repo": "https://github.com/{}",
    "instagram instagramsimple ig": "https://www.instagram.com/p/{}/",
    "jsfiddle": "https://jsfiddle.net/{}/",
    "loom": "https://www.loom.com/share/{}",
    "niconico nicovideo": "https://www.nicovideo.jp/watch/{}",
    "reddit": "https://www.reddit.com/{}",
    "slideshare": "https://www.slideshare.net/slideshow/embed_code/key/{}",
    "soundcloud": "https://soundcloud.com/{}",
    "speakerdeck": "https://speakerdeck.com/player/{}",
    "spotify": "https://open.spotify.com/{type}/{}",
    "tiktok": "https://www.tiktok.com/embed/{}",
    "twitch": "https://www.twitch.tv/videos/{}",
    "twitter tweet twittersimple twitterembed": "https://twitter.com/{user}/status/{}",
    "vimeo vimeosimple vimeoplayer": "https://vimeo.com/{}",
    "x xsimple xtweet xpost": "https://x.com/{user}/status/{}",
    "youku": "https://v.youku.com/v_show/id_{}.html",
    "youtube yt ytb youtubelite liteyoutube liteyoutubeembed youtubeembed embedyoutube "
    "youtubeplayer youtubevideo youtubeenhanced videoyoutube youtubenocookie ytplayer": (
        "https://www.youtube.com/watch?v={}"
    ),
}
_SITES = {name: address for names, address in _ADDRESSES.items() for name in names.split()}
_DEFAULTS = {"user": "i", "type": "track"}
_ANYTHING = words(
    """
    bluesky bookmark card embed embedly facebook figma flickr frame googlemaps iframe
    linkcard linkpreview map maps mastodon media oembed pdf peertube rich threads toot
    """
)
"""Names of tags that show whatever an address names."""
_ID_NAMES = (
    *("id", "videoid", "video_id", "youtubeid", "vid", "v", "code", "key", "tweet", "status"),
    *("url", "src", "href", "link", "video", "postid", "gist", "repo", "value"),
)
_ID = lazy(r"[\w./@+-]{1,200}")
_NO_LETTERS = lazy(r"[\W_]+")
_SOURCES = (
    *("src", "image_path", "image_url", "imageurl", "imgurl", "image", "img", "url", "path"),
    *("file", "filename", "source", "name", "pic", "picture", "photo", "href", "link"),
)
_PICTURE = lazy(r"fig|ima?ge?|pic|photo|thumb|screenshot|illustration")
_SIZE = lazy(r"[\d.]+(?:px|%|em|rem|x[\d.]*|vw)?|auto|left|right|center|none", re.IGNORECASE)


@lru_cache(maxsize=1024)
def folded(name: str) -> str:
    """Give the form in which names of tags are compared: the last part, letters and digits."""
    name = name.rpartition("/")[2]
    name = re.sub(r"\.(?:html?|md|liquid|njk|svg|markdown|ext)$", "", name)
    return _NO_LETTERS.sub("", name).lower()


def embed(name: str, args: Arguments) -> Block | None:
    """Give a link to what a tag such as `youtube` would show; None when it is no such tag."""
    site = _SITES.get(folded(args.get("provider", "service")) or folded(name))
    value = args.get(*_ID_NAMES) or args.at(0)
    if site is None:
        if folded(name) in _ANYTHING and is_web(value):
            return alone(link(value, args.get("title", "caption", "text")))
        return None
    if value.startswith("//"):
        value = f"https:{value}"
    if is_web(value):
        return alone(link(value, args.get("title", "caption")))
    if value and _ID.fullmatch(value):
        return alone(link(_address(site, value, args), args.get("title", "caption")))
    return None


def _address(site: str, value: str, args: Arguments) -> str:
    user = args.get("user", "username", "author", "account", "slug_user")
    if "gist" in site or "github.com" in site:
        named = args.get("file")
        owner = user
        if not owner and "/" not in value and args.at(1) and "." not in args.at(1):
            owner, value = args.at(0), args.at(1)
        value = "/".join(part for part in (owner, value) if part)
        file = f"#file-{re.sub('[^a-z0-9]+', '-', named.lower())}" if named else ""
        return site.format(value) + file
    if "{user}" in site and not user and args.at(1) and not args.named:
        user, value = args.at(0), args.at(1)
    values = {**_DEFAULTS, "user": user or "i", "type": args.get("type") or "track"}
    return site.format(value, **values)


def picture(name: str, args: Arguments, *, inner: str = "", titled: bool = False) -> Block | None:
    """Give the picture, video or sound that a tag's values name; None when there is none.

    A caption is `inner` (Markdown), or a value of that name. With `titled` the title stands above
    it; else it is what a mouse would have shown, and describes the picture if nothing else does.
    """
    source, place = _source(name, args)
    if not source:
        return None
    caption = inner.strip() or args.get(
        *("caption", "figcaption", "description", "desc", "legend", "text", "cap")
    )
    title = args.get("title", "heading")
    alt = args.get("alt", "alttext", "alt_text") or _alt(folded(name), args, place)
    alt = alt or plain(caption or title)
    if is_media(source):
        return media(source, poster=args.get("poster"), caption=caption or title)
    credit = args.get("attr", "attribution", "credit", "copyright")
    if credit:
        where = args.get("attrlink", "attr_link", "crediturl", "credit_url")
        caption = " ".join(filter(None, (caption, f"({link(where, credit) if where else credit})")))
    target = args.get("link", "href", "target_url", "linkurl")
    return figure(
        source,
        alt=alt,
        title=title if titled else "",
        caption=caption,
        target="" if target == source or target in {"true", "false"} else target,
    )


def _source(name: str, args: Arguments) -> tuple[str, int]:
    """Give the address of the picture, and its place among the values in order (else -1)."""
    for key in _SOURCES:
        value = args.named.get(key)
        if value and (is_picture(value) or is_media(value)):
            return value, -1
    for place, value in enumerate(args.values):
        if is_picture(value) or is_media(value):
            return value, place
    if _PICTURE.search(folded(name)):
        value = args.get(*_SOURCES[:12])
        if _is_reference(value):
            return value, -1
        if args.values and _is_reference(args.values[0]):
            return args.values[0], 0
    return "", -1


def _is_reference(value: str) -> bool:
    return bool(value) and " " not in value and ("/" in value or "." in value)


def _alt(name: str, args: Arguments, place: int) -> str:
    """Give the last value in order that is a text, of those behind the source."""
    if place < 0:
        return ""
    behind = [value for value in args.values[place + 1 :] if not _SIZE.fullmatch(value)]
    texts = [value for value in behind if "vw" not in value and re.search(r"[^\W\d_]", value)]
    if name in {"img", "assetimg"} and '"' not in args.written and "'" not in args.written:
        return " ".join(texts)  # Hexo and Octopress: the words of a title need no quotes
    return unquote(texts[0]) if texts else ""
