"""Which HTML may stand in a feed: elements, attributes, schemes, hosts of embeds. Only data."""

_TEXT = """
    a abbr acronym address area article aside audio b bdi bdo big blockquote br caption center cite
    code col colgroup data dd del details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5
    h6 header hgroup hr i img ins kbd li main map mark menu meter nav ol p picture pre progress q
    rb rp rt rtc ruby s samp section small source span strike strong sub summary sup table tbody td
    tfoot th thead time tr track tt u ul var video wbr
"""
_MATH = """
    annotation maction math menclose merror mfrac mi mmultiscripts mn mo mover mpadded mphantom
    mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder
    munderover none semantics
"""
_DROPPED = """
    button head noembed noframes noscript script select style svg template textarea title xmp
"""

TAGS = frozenset((_TEXT + _MATH).split())
"""Elements that stay. Others go and leave their content: `form`, `font`, `label`."""
DROPPED = frozenset(_DROPPED.split())
"""Elements that go with all that is in them."""
EMBEDS = frozenset(("iframe", "object", "embed", "input"))
"""Elements that are let through once, to be made something better: see `sanitizing`."""

_COMMON = "dir hidden id lang title translate"
_MATH_ATTRIBUTES = """
    accent accentunder columnalign columnlines columnspacing columnspan depth display displaystyle
    encoding fence form height linethickness lspace mathvariant maxsize minsize movablelimits
    notation rowalign rowlines rowspacing rowspan rspace scriptlevel separator stretchy symmetric
    voffset width xmlns
"""
_ATTRIBUTES = {
    "*": _COMMON,
    "a": "href hreflang rel type",
    "area": "alt coords href rel shape",
    "audio": "controls loop muted preload src",
    "bdo": "dir",
    "col": "span",
    "colgroup": "span",
    "data": "value",
    "del": "datetime",
    "details": "open",
    "img": "alt height ismap sizes src usemap width",
    "ins": "datetime",
    "li": "value",
    "map": "name",
    "meter": "high low max min optimum value",
    "ol": "reversed start type",
    "progress": "max value",
    "source": "height media sizes src type width",
    "table": "summary",
    "td": "abbr align colspan headers rowspan valign",
    "th": "abbr align colspan headers rowspan scope valign",
    "time": "datetime",
    "tr": "align valign",
    "track": "default kind label src srclang",
    "ul": "type",
    "video": "controls height loop muted playsinline preload src width",
}
ATTRIBUTES = {tag: frozenset(names.split()) for tag, names in _ATTRIBUTES.items()} | {
    tag: frozenset(_MATH_ATTRIBUTES.split()) for tag in _MATH.split()
}
"""Attributes that need no look at their value, or are addresses that the sanitizer looks at."""

LAZY_ADDRESSES = ("data-src", "data-lazy-src", "data-original", "data-lazy", "data-url")
LAZY_LISTS = ("data-srcset", "data-lazy-srcset")
LAZY = (("src", LAZY_ADDRESSES), ("srcset", LAZY_LISTS))
"""Where scripts look for the address of an image that is loaded late."""
_LAZY = " ".join(LAZY_ADDRESSES + LAZY_LISTS)

_WATCHED = {
    "blockquote": "cite",
    "code": "class",
    "del": "cite",
    "embed": "src title type",
    "iframe": f"allowfullscreen height src title width {_LAZY}",
    "img": f"longdesc srcset {_LAZY}",
    "input": "checked type",
    "ins": "cite",
    "object": "data title type",
    "pre": "class",
    "q": "cite",
    "source": f"srcset {_LAZY}",
    "video": f"poster {_LAZY}",
    "audio": _LAZY,
}
WATCHED = {tag: frozenset(names.split()) for tag, names in _WATCHED.items()}
"""Attributes whose values `sanitizing.attribute` judges."""

_SCHEMES = """
    ftp ftps gemini geo http https irc ircs magnet mailto matrix sip sms tel xmpp
"""
SCHEMES = frozenset(_SCHEMES.split())
"""Schemes of addresses that stay; `data:` in images only."""

EMBED_HOSTS = {
    "archive.org": "/embed/",
    "bandcamp.com": "/EmbeddedPlayer/",
    "codepen.io": "/",
    "datawrapper.dwcdn.net": "/",
    "embed.acast.com": "/",
    "embed.music.apple.com": "/",
    "embed.podcasts.apple.com": "/",
    "embed.ted.com": "/",
    "flo.uri.sh": "/",
    "maps.google.com": "/maps",
    "open.spotify.com": "/embed",
    "player.twitch.tv": "/",
    "player.vimeo.com": "/video/",
    "public.tableau.com": "/",
    "w.soundcloud.com": "/player",
    "www.bbc.co.uk": "/",
    "www.dailymotion.com": "/embed/",
    "www.google.com": "/maps/",
    "www.openstreetmap.org": "/export/embed",
    "www.youtube.com": "/embed/",
    "www.youtube-nocookie.com": "/embed/",
    "youtube.com": "/embed/",
}
"""Hosts whose frames stay, and how their paths begin; every other frame becomes a link."""
