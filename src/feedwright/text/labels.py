"""Labels of articles and feeds: when two spellings are one label."""

import unicodedata


def label_key(label: str) -> str:
    """Return what tells labels apart: case, white space and composition do not.

    >>> label_key(" Long  Read") == label_key("long read")
    True
    """
    if label.isascii():
        return " ".join(label.lower().split())
    folded = unicodedata.normalize("NFC", label).casefold()
    return " ".join(unicodedata.normalize("NFC", folded).split())
