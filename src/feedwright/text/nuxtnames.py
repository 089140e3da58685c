"""Names of files and folders as Nuxt Content makes addresses of them.

`generatePath` of @nuxt/content takes the number off that orders files, and the name of an index,
and gives the rest to the npm package `slugify`, whose tables are not those of Unidecode.
"""

import re
import unicodedata

from feedwright.text.romanize import romanize

_VERSION = re.compile(r"\d+(?:\.\d+)*(?:\.x)?")
_NUMBER = re.compile(r"\d+\.")
_INDEX = re.compile(r"index(?:\.draft)?")
_OTHERS = str.maketrans(
    {
        "$": "dollar", "%": "percent", "&": "and", "<": "less", ">": "greater", "|": "or",
        "£": "pound", "€": "euro", "¢": "cent", "¥": "yen", "©": "(c)", "®": "(r)", "Đ": "DJ",
        "đ": "dj", "Þ": "TH", "…": "...", "•": "*", "†": "+", "–": "-", "—": "", "Ё": "Yo",
        "ё": "yo", "Й": "J", "й": "j", "Х": "H", "х": "h", "Ц": "C", "ц": "c", "Щ": "Sh",
        "щ": "sh", "Ъ": "U", "ъ": "u", "Ю": "Yu", "ю": "yu", "Я": "Ya", "я": "ya", "Є": "Ye",
        "є": "ye", "Ђ": "DJ", "ђ": "dj", "Ћ": "C", "ћ": "c", "Џ": "DZ", "џ": "dz", "ή": "h",
        "η": "h", "Η": "H", "Ή": "H", "θ": "8", "Θ": "8", "ξ": "3", "Ξ": "3", "υ": "y", "ύ": "y",
        "ϋ": "y", "ΰ": "y", "Υ": "Y", "Ύ": "Y", "Ϋ": "Y", "φ": "f", "Φ": "F", "χ": "x", "Χ": "X",
        "ω": "w", "ώ": "w", "Ω": "W", "Ώ": "W",
        **dict.fromkeys("§¦¬°±²³·¹×«»", ""),
    }
)  # fmt: skip
"""What `slugify` writes for letters and signs that Unidecode writes in another way."""
_NOT_KEPT = re.compile(r"[^\w\s$*+~.()'\"!\-:@]+", re.ASCII)
_GAPS = re.compile(r"[\s-]+")


def cased(name: str) -> str:
    """Write a name without its number, with its case; an index has an empty one.

    >>> cased("2.Get & go"), cased("1.2.x"), cased("1.index")
    ('Get-and-go', '1.2.x', '')
    """
    if not _VERSION.fullmatch(name):
        name = _NUMBER.sub("", name, count=1) if _NUMBER.match(name) else name
        name = "" if _INDEX.fullmatch(name) else name.removesuffix(".draft")
    words = romanize(unicodedata.normalize("NFC", name).translate(_OTHERS))
    return _GAPS.sub("-", _NOT_KEPT.sub("", words)).strip("-")
