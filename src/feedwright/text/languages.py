"""Language tags (BCP 47, RFC 5646)."""

import re

from feedwright.text.patterns import lazy

_CODES = """
    aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu
    cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi
    ho hr ht hu hy hz ia id ie ig ii ik in io is it iu iw ja ji jv ka kg ki kj kk kl km kn
    ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd
    ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg
    sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug
    uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
"""ISO 639-1, and the old codes iw, in, ji."""
CODES = frozenset(_CODES.split())
_LONGER_SUFFIXES = frozenset(("ast", "ckb", "dsb", "fil", "gsw", "haw", "hsb", "kab", "nds", "yue"))
"""Three-letter codes that sites use as suffixes; all of ISO 639-3 would take any word."""

_TAG = lazy(
    r"(?P<language>[a-z]{2,3})(?:-[a-z]{3}){0,3}"
    r"(?:-(?P<script>[a-z]{4}))?"
    r"(?:-(?P<region>[a-z]{2}|[0-9]{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"  # variants
    r"(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*"  # extensions
    r"(?:-x(?:-[a-z0-9]{1,8})+)?"
)
_POSIX = lazy(r"[.@].*")
_SUFFIX = lazy(r"[a-z]{2,3}(?:[-_](?:[A-Za-z]{4}|[A-Za-z]{2}|[0-9]{3})){0,2}")

_SCRIPTS = """
    adlm arab aran armi avst hebr hung mand mani mend nbat nkoo palm phnx prti rohg samr sogd syrc
    thaa yezi
"""
_LANGUAGES = """
    ae aii aeb ajp apc ar arc ars ary arz azb bal bgn bqi ckb dv fa glk hbo he iw ji kmz ks lrc luz
    mzn nqo pnb prd prs ps rhg sd skr syr ug ur yi ydd
"""
_RIGHT_TO_LEFT_SCRIPTS = frozenset(_SCRIPTS.split())
_RIGHT_TO_LEFT_LANGUAGES = frozenset(_LANGUAGES.split())


def normalize(tag: str) -> str:
    """Write a language tag as RFC 5646, section 2.1.1 does: `zh_tw` is `zh-TW`; else empty.

    What a POSIX locale adds (`de_DE.UTF-8`) goes. Anything not formed like a tag, such as
    `english`, gives the empty string.
    """
    lowered = _POSIX.sub("", tag.strip()).replace("_", "-").lower()
    match = _TAG.fullmatch(lowered)
    if not match:
        return ""
    script, region = match.span("script"), match.span("region")
    parts = list(lowered)
    if script[0] >= 0:
        parts[script[0]] = parts[script[0]].upper()
    for index in range(*region) if region[0] >= 0 else ():
        parts[index] = parts[index].upper()
    return "".join(parts)


def direction(tag: str) -> str:
    """Tell how a language is written: `rtl` or `ltr`. A script in the tag decides."""
    match = _TAG.fullmatch(tag.strip().replace("_", "-").lower())
    if not match:
        return "ltr"
    if match["script"]:
        return "rtl" if match["script"] in _RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if match["language"] in _RIGHT_TO_LEFT_LANGUAGES else "ltr"


def is_suffix(text: str) -> bool:
    """Tell whether the `fr` or `pt-br` of `x.fr.md` is a language.

    The language is in lower case, and a roman number is none: `part.ii.md` is not in Yi.
    """
    if not _SUFFIX.fullmatch(text) or text == "ii":
        return False
    language = re.split("[-_]", text, maxsplit=1)[0]
    return language in CODES or language in _LONGER_SUFFIXES
