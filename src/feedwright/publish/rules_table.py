"""The gate's rules: name, severity, formats, check, reason and cure of each.

A rule is an error when a reader or a validator rejects what breaks it, a warning when they only
complain. docs/gate.md has a section for each; a test keeps page and table in step.
"""

from typing import NamedTuple

from feedwright.model import Severity
from feedwright.publish import rules_checks as checks
from feedwright.publish.rules_facts import DOCUMENT, ENTRY


class Rule(NamedTuple):
    """A rule of the gate."""

    name: str
    severity: Severity
    formats: tuple[str, ...]
    scope: str
    """`entry`, `document`, or empty for both."""
    check: checks.Check
    reason: str
    cure: str


_ERROR = Severity.ERROR
_WARNING = Severity.WARNING
_XML = ("rss", "atom")
_FEEDS = ("rss", "atom", "json")
_ALL = ("rss", "atom", "json", "opml", "page")
_BUG = "this is a fault of the program; please report it with the article"

# fmt: off
RULES: tuple[Rule, ...] = (
    # whole bytes
    Rule("not-well-formed", _ERROR, _ALL, "", checks.while_reading,
         "a reader that finds one broken tag shows nothing of the whole feed", _BUG),
    Rule("character-forbidden", _ERROR, _FEEDS, "", checks.while_reading,
         "XML 1.0 has no control characters: one of them and the feed cannot be read",
         "take the control characters out of the article"),
    Rule("prefix-undeclared", _ERROR, _XML, "", checks.while_reading,
         "a prefix without a declaration makes the document not well-formed", _BUG),
    Rule("doctype-declared", _ERROR, ("rss", "atom", "opml"), DOCUMENT, checks.while_reading,
         "a document type can define entities, which readers refuse as an attack", _BUG),
    Rule("version-wrong", _ERROR, _ALL, DOCUMENT, checks.while_reading,
         "readers choose how to read a document by its root and version", _BUG),
    Rule("id-differs", _ERROR, _FEEDS, ENTRY, checks.while_reading,
         "an entry with another id than the ledger's would be shown as new", _BUG),
    Rule("document-large", _WARNING, _ALL, DOCUMENT, checks.while_reading,
         "readers stop at some size: Miniflux at 15 MB, hubs at less",
         "lower the feed's limit or max_bytes, or set content: summary"),
    Rule("character-doubtful", _WARNING, _FEEDS, ENTRY, checks.doubtful,
         "U+FFFD and U+0080 to U+009F are what is left of text read in a wrong encoding",
         "save the article as UTF-8"),
    # structure
    Rule("element-missing", _ERROR, _ALL, "", checks.missing,
         "the format, or readers in practice, cannot do without it",
         "give the article (or the site, in config.yaml) what is missing"),
    Rule("element-repeated", _ERROR, _FEEDS, "", checks.repeated,
         "which of two a reader takes is up to the reader", _BUG),
    Rule("element-unknown", _ERROR, _FEEDS, "", checks.unknown,
         "validators reject elements that the format does not have", _BUG),
    Rule("attribute-unknown", _ERROR, _XML, "", checks.strange,
         "validators reject attributes that the format does not have", _BUG),
    Rule("member-type", _ERROR, ("json",), "", checks.while_reading,
         "a member of another type than the specification's stops strict readers", _BUG),
    Rule("text-blank", _ERROR, _ALL, "", checks.blank,
         "a blank title or category shows as an empty line, or as nothing to click on",
         "give it words, or leave the field out"),
    Rule("author-empty", _ERROR, ("atom", "json"), "", checks.while_reading,
         "an author without a name is invalid in Atom and shows as nothing",
         "name the author, or leave the field out: the site's author then stands there"),
    Rule("media-group-single", _ERROR, _XML, ENTRY, checks.while_reading,
         "media:group is for the same thing in several forms; readers look past a group of one",
         _BUG),
    Rule("element-late", _WARNING, _XML, DOCUMENT, checks.late,
         "readers that work as they read want to know the feed before its entries", _BUG),
    Rule("description-late", _WARNING, ("rss",), ENTRY, checks.encoded_first,
         "the RSS profile wants the summary before the full text", _BUG),
    Rule("author-twice", _WARNING, ("rss",), ENTRY, checks.two_authors,
         "with both, some readers show the name twice", _BUG),
    Rule("text-missing", _WARNING, ("atom", "json"), ENTRY, checks.no_text,
         "an entry that is a title only tells a reader little",
         "write a body or a summary"),
    Rule("podcast-incomplete", _WARNING, ("rss",), DOCUMENT, checks.podcast,
         "podcast directories turn a feed away without these",
         "complete the feed's podcast in config.yaml"),
    Rule("episode-ending", _WARNING, ("rss",), ENTRY, checks.episode_ending,
         "podcast directories choose by the ending of the address, whatever the media type",
         "give the file a name with such an ending, and the address nothing behind it"),
    Rule("image-form", _WARNING, ("rss",), DOCUMENT, checks.while_reading,
         "RSS wants the image as PNG, JPEG or GIF, named and linked as the channel",
         "give site.logo a PNG, JPEG or GIF"),
    # identity and links
    Rule("id-not-absolute", _ERROR, _FEEDS, "", checks.ids,
         "an id is for ever and for the whole world: a relative one names something else elsewhere",
         "declare an absolute address, a tag: or urn: URI, or no id at all"),
    Rule("id-repeated", _ERROR, _FEEDS, DOCUMENT, checks.same_ids,
         "readers show only one of two entries with one id", "give one article another id"),
    Rule("guid-permalink", _ERROR, ("rss",), ENTRY, checks.while_reading,
         'a guid that is no web address has to say isPermaLink="false"', _BUG),
    Rule("tombstone-lives", _ERROR, ("atom",), DOCUMENT, checks.lives_and_gone,
         "readers would delete the entry that the feed shows", _BUG),
    Rule("address-invalid", _ERROR, ("rss", "atom", "json", "opml"), "", checks.addresses,
         "readers resolve relative addresses differently or not at all, and refuse raw characters",
         "write the whole address, with https:// and its host"),
    Rule("media-host", _WARNING, ("rss",), ENTRY, checks.media_hosts,
         "validators and some directories take only a host of letters, digits, hyphens and dots",
         "serve the file from a host with a plain name, such as media.example.org"),
    Rule("self-link", _ERROR, _FEEDS, DOCUMENT, checks.self_link,
         "readers and hubs know a feed by its self link: exactly one", "set site.feeds_url"),
    Rule("alternate-link", _ERROR, ("atom",), "", checks.alternates,
         "two alternates of one kind are invalid, and readers then open the wrong one", _BUG),
    Rule("link-relation", _WARNING, _XML, "", checks.relations,
         "readers ignore relations that nobody registered", _BUG),
    # values
    Rule("date-invalid", _ERROR, _FEEDS, "", checks.dates,
         "a date that cannot be read, or has no zone, becomes no date or now in a reader",
         "write YYYY-MM-DD HH:MM, with a zone if it is not the site's"),
    Rule("date-order", _ERROR, ("atom", "json"), ENTRY, checks.order,
         "an update before the publication sorts the entry wrongly",
         "mend the article's dates"),
    Rule("date-implausible", _WARNING, _FEEDS, ENTRY, checks.old_dates,
         "validators doubt dates before 1990, and some readers drop them",
         "make sure that the date is meant"),
    Rule("language-invalid", _ERROR, (*_FEEDS, "page"), "", checks.languages,
         "hyphenation, fonts and speech follow the language tag",
         "write a tag such as en, pt-BR or zh-Hant"),
    Rule("media-type-invalid", _ERROR, _FEEDS, "", checks.media_types,
         "players choose by the media type",
         "give the enclosure a type such as audio/mpeg"),
    Rule("number-invalid", _ERROR, _FEEDS, "", checks.numbers,
         "an enclosure's length and an episode's numbers are integers; an unknown length is 0",
         "write a whole number"),
    Rule("person-invalid", _ERROR, _XML, "", checks.persons,
         "RSS wants email (Name); a bare name there is an error, and Atom wants real addresses",
         "mend the email address"),
    Rule("value-unknown", _ERROR, _XML, "", checks.choices,
         "readers know only the words of the specification",
         "write one of the words that are allowed"),
    # content
    Rule("content-address-relative", _ERROR, _FEEDS, ENTRY, checks.relative,
         "half of the readers do not resolve relative addresses, and links and images break",
         "write the whole address"),
    Rule("content-unsafe", _ERROR, (*_FEEDS, "page"), "", checks.unsafe,
         "scripts, forms and handlers of others run in the reader's own page", _BUG),
    Rule("title-markup", _WARNING, _FEEDS, "", checks.markup,
         "titles are plain text: markup and entities show as they stand",
         "write the title without markup"),
)
# fmt: on


def rules_for(format_name: str, scope: str) -> tuple[Rule, ...]:
    """Return the rules for entries or documents of a format, in the table's order."""
    return tuple(
        rule for rule in RULES if format_name in rule.formats and rule.scope in {"", scope}
    )
