# -*- coding: utf-8 -*-
import time

BLOG_AUTHOR = "Sofia Lund"
BLOG_TITLE = "Fyren"
SITE_URL = "https://fyren.example/"
BLOG_EMAIL = "sofia@fyren.example"
BLOG_DESCRIPTION = "Om fyrar"
DEFAULT_LANG = "sv"
TRANSLATIONS = {
    DEFAULT_LANG: "",
    "en": "./en",
}
POSTS = (
    ("posts/*.rst", "inlagg", "post.tmpl"),
    ("posts/*.md", "inlagg", "post.tmpl"),
)
PAGES = (("pages/*.rst", "", "page.tmpl"),)
TIMEZONE = "Europe/Stockholm"
PRETTY_URLS = True
FEED_LENGTH = 15
