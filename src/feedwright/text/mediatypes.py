"""Media types by file name: an own table, since `mimetypes` reads what the host happens to have."""

import re

from feedwright.text.patterns import lazy

DEFAULT = "application/octet-stream"

TYPES = {
    # images
    "apng": "image/apng",
    "avif": "image/avif",
    "bmp": "image/bmp",
    "gif": "image/gif",
    "heic": "image/heic",
    "heif": "image/heif",
    "ico": "image/vnd.microsoft.icon",
    "jfif": "image/jpeg",
    "jpe": "image/jpeg",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "jxl": "image/jxl",
    "png": "image/png",
    "svg": "image/svg+xml",
    "svgz": "image/svg+xml",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "webp": "image/webp",
    # audio
    "aac": "audio/aac",
    "aif": "audio/x-aiff",
    "aiff": "audio/x-aiff",
    "flac": "audio/flac",
    "m4a": "audio/mp4",
    "m4b": "audio/mp4",
    "mid": "audio/midi",
    "midi": "audio/midi",
    "mp3": "audio/mpeg",
    "oga": "audio/ogg",
    "ogg": "audio/ogg",
    "opus": "audio/ogg",
    "wav": "audio/wav",
    "weba": "audio/webm",
    "wma": "audio/x-ms-wma",
    # video
    "3gp": "video/3gpp",
    "avi": "video/x-msvideo",
    "m4v": "video/x-m4v",
    "mkv": "video/x-matroska",
    "mov": "video/quicktime",
    "mp4": "video/mp4",
    "mpeg": "video/mpeg",
    "mpg": "video/mpeg",
    "ogv": "video/ogg",
    "webm": "video/webm",
    "wmv": "video/x-ms-wmv",
    # subtitles and chapters of episodes
    "srt": "application/x-subrip",
    "vtt": "text/vtt",
    # documents
    "atom": "application/atom+xml",
    "css": "text/css",
    "csv": "text/csv",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "epub": "application/epub+zip",
    "htm": "text/html",
    "html": "text/html",
    "ics": "text/calendar",
    "js": "text/javascript",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "kml": "application/vnd.google-earth.kml+xml",
    "md": "text/markdown",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "opml": "text/x-opml",
    "pdf": "application/pdf",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "rss": "application/rss+xml",
    "rtf": "application/rtf",
    "txt": "text/plain",
    "xhtml": "application/xhtml+xml",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xml": "application/xml",
    # packed and other files
    "7z": "application/x-7z-compressed",
    "bz2": "application/x-bzip2",
    "gz": "application/gzip",
    "tar": "application/x-tar",
    "torrent": "application/x-bittorrent",
    "ttf": "font/ttf",
    "wasm": "application/wasm",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "xz": "application/x-xz",
    "zip": "application/zip",
}
"""Extension in lower case, without the dot -> media type."""

_DATA = lazy(r"data:([a-z0-9.+-]+/[a-z0-9.+-]+)[;,]", re.IGNORECASE)


def media_type(path_or_url: str) -> str:
    """Tell the media type of a path or an address by its extension; else `DEFAULT`."""
    name = path_or_url.strip()
    if name[:5].lower() == "data:":
        match = _DATA.match(name)
        return match[1].lower() if match else DEFAULT
    if "://" not in name:
        known = TYPES.get(_extension(name))  # a file may be called `Song #1.mp3`
        if known:
            return known
    name = name.partition("#")[0].partition("?")[0]
    scheme, slashes, rest = name.partition("://")
    if slashes and "/" not in rest:  # `https://example.zip` is a host
        return DEFAULT
    return TYPES.get(_extension(rest if slashes else scheme), DEFAULT)


def _extension(name: str) -> str:
    _, dot, extension = name.rpartition("/")[2].rpartition(".")
    return extension.lower() if dot else ""


def is_image(media_type: str) -> bool:
    """Tell whether a media type is an image's."""
    return media_type.lower().startswith("image/")


def is_audio(media_type: str) -> bool:
    """Tell whether a media type is a sound's."""
    return media_type.lower().startswith("audio/")


def is_video(media_type: str) -> bool:
    """Tell whether a media type is a film's."""
    return media_type.lower().startswith("video/")
