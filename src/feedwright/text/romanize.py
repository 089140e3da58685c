"""Letters of Latin, Greek and Cyrillic alphabets as ASCII, as Unidecode writes them.

Generators that make slugs of ASCII use Unidecode or one of its ports. Its tables of other scripts
(Han as Pinyin, …) are large and the results doubtful; letters of those stay as they are.
"""

import unicodedata

_LATIN = {
    "ß": "ss", "ẞ": "Ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O",
    "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ł": "l", "Ł": "L",
    "ħ": "h", "Ħ": "H", "ı": "i", "ĸ": "k", "ŋ": "ng", "Ŋ": "NG", "ŧ": "t", "Ŧ": "T",
    "ə": "e", "Ə": "E", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ƒ": "f",
}  # fmt: skip
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "io", "ж": "zh", "з": "z",
    "и": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh",
    "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "iu", "я": "ia",
    "ђ": "dj", "ѓ": "gj", "є": "ie", "ѕ": "dz", "і": "i", "ї": "yi", "ј": "j", "љ": "lj",
    "њ": "nj", "ћ": "tsh", "ќ": "kj", "ў": "u", "џ": "dzh", "ґ": "g",
}  # fmt: skip
_GREEK = {
    "α": "a", "β": "b", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "e", "θ": "th", "ι": "i",
    "κ": "k", "λ": "l", "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s",
    "ς": "s", "τ": "t", "υ": "u", "φ": "ph", "χ": "kh", "ψ": "ps", "ω": "o",
}  # fmt: skip
_PUNCTUATION = {
    "‘": "'", "’": "'", "‚": ",", "“": '"', "”": '"', "„": '"', "«": "<<", "»": ">>",
    "–": "-", "—": "--", "―": "--", "‐": "-", "‑": "-", "−": "-", "…": "...", "·": "*",
    "×": "x", "°": "deg", "№": "No", "€": "EUR", "£": "PS", "™": "tm", "©": "(c)", "®": "(r)",
    "\xa0": " ",
}  # fmt: skip


def _with_capitals(letters: dict[str, str]) -> dict[str, str]:
    capitals = {
        letter.upper(): ascii_.capitalize()
        for letter, ascii_ in letters.items()
        if len(letter.upper()) == 1
    }
    return {**capitals, **letters}


_TABLE = str.maketrans(
    {**_with_capitals(_CYRILLIC), **_with_capitals(_GREEK), **_LATIN, **_PUNCTUATION}
)


def romanize(text: str) -> str:
    """Write letters of the three alphabets in ASCII; everything else stays.

    >>> romanize("Čeština, Straße, щука")
    'Cestina, Strasse, shchuka'
    """
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", text).translate(_TABLE)
    if text.isascii():
        return text
    return "".join(map(_base, text)).translate(_TABLE)


def _base(character: str) -> str:
    """Give the letter below accents; a mark on a letter of another script stays."""
    if character.isascii():
        return character
    split = unicodedata.normalize("NFKD", character)
    base = "".join(each for each in split if not unicodedata.combining(each))
    is_ours = base.isascii() or base.translate(_TABLE).isascii()
    return base if base and is_ours else character
