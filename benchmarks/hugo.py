"""Hugo at its best: the same feeds of the same articles, and nothing else is rendered."""

import shutil
import subprocess
from pathlib import Path

_CONFIG = """\
baseURL = "https://b.example/"
title = "Benchmark"
disableKinds = ["section", "sitemap", "robotsTXT", "404"]
[taxonomies]
category = "categories"
[outputs]
home = ["rss", "atom", "jsonfeed"]
taxonomy = []
term = ["rss", "atom", "jsonfeed"]
[mediaTypes."application/atom+xml"]
suffixes = ["xml"]
[mediaTypes."application/feed+json"]
suffixes = ["json"]
[outputFormats.rss]
mediaType = "application/rss+xml"
baseName = "rss"
[outputFormats.atom]
mediaType = "application/atom+xml"
baseName = "atom"
[outputFormats.jsonfeed]
mediaType = "application/feed+json"
baseName = "feed"
isPlainText = true
[[cascade]]
[cascade.build]
render = "link"
list = "always"
[cascade.target]
kind = "page"
"""
_NEWEST: dict[str, str] = {
    "home": "first 50 site.RegularPages.ByDate.Reverse",
    "term": "first 50 .Pages.ByDate.Reverse",
}
"""Of each kind of page: what stands in its feeds."""

_RSS = """\
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>{{ .Title }}</title>
<link>{{ .Permalink }}</link><description>{{ .Title }}</description>
{{ range PAGES }}<item><title>{{ .Title }}</title><link>{{ .Permalink }}</link>
<guid isPermaLink="false">{{ .Permalink }}</guid><description>{{ .Description }}</description>
<content:encoded>{{ .Content | transform.XMLEscape | safeHTML }}</content:encoded>
<pubDate>{{ .Date.Format "Mon, 02 Jan 2006 15:04:05 -0700" }}</pubDate>
<dc:creator>{{ .Params.author }}</dc:creator>
{{ range .Params.categories }}<category>{{ . }}</category>{{ end }}
{{ range .Params.tags }}<category>{{ . }}</category>{{ end }}</item>
{{ end }}</channel></rss>
"""
_ATOM = """\
<feed xmlns="http://www.w3.org/2005/Atom"><title>{{ .Title }}</title><id>{{ .Permalink }}</id>
<updated>{{ now.Format "2006-01-02T15:04:05Z07:00" }}</updated>
{{ range PAGES }}<entry><title>{{ .Title }}</title><id>{{ .Permalink }}</id>
<updated>{{ .Lastmod.Format "2006-01-02T15:04:05Z07:00" }}</updated>
<published>{{ .Date.Format "2006-01-02T15:04:05Z07:00" }}</published>
<author><name>{{ .Params.author }}</name></author><link href="{{ .Permalink }}"/>
<summary>{{ .Description }}</summary>
<content type="html">{{ .Content | transform.XMLEscape | safeHTML }}</content>
{{ range .Params.categories }}<category term="{{ . }}"/>{{ end }}
{{ range .Params.tags }}<category term="{{ . }}"/>{{ end }}</entry>
{{ end }}</feed>
"""
_JSON = """\
{"version": "https://jsonfeed.org/version/1.1", "title": {{ .Title | jsonify }}, "items": [
{{ range $i, $e := PAGES }}{{ if $i }},{{ end }}
{"id": {{ .Permalink | jsonify }}, "url": {{ .Permalink | jsonify }},
"title": {{ .Title | jsonify }}, "summary": {{ .Description | jsonify }},
"content_html": {{ .Content | jsonify }},
"date_published": {{ .Date.Format "2006-01-02T15:04:05Z07:00" | jsonify }},
"authors": [{"name": {{ .Params.author | jsonify }}}],
"tags": {{ append .Params.tags .Params.categories | jsonify }}}
{{ end }}]}
"""


def prepare(folder: Path, content: Path) -> None:
    """Make a Hugo site of a folder of articles."""
    shutil.rmtree(folder, ignore_errors=True)
    layouts = folder / "layouts"
    layouts.mkdir(parents=True)
    (folder / "hugo.toml").write_text(
        f'contentDir = "{content.resolve()}"\n{_CONFIG}', encoding="utf-8"
    )
    for template, name in ((_RSS, "rss.xml"), (_ATOM, "atom.xml"), (_JSON, "jsonfeed.json")):
        for kind, newest in _NEWEST.items():
            text = template.replace("PAGES", newest)
            (layouts / f"{kind}.{name}").write_text(text, encoding="utf-8")


def binary(command: str) -> str:
    """Return Hugo itself where a command is the script in Python that a package puts before it."""
    path = Path(command).resolve()
    with path.open("rb") as file:  # whose own memory would count as that of what it starts
        if file.read(2) != b"#!":
            return str(path)
    interpreter = path.read_text(encoding="utf-8").split("\n", 1)[0].removeprefix("#!").strip()
    code = "import sysconfig; print(sysconfig.get_path('purelib') + '/hugo/binaries/hugo')"
    found = subprocess.run([interpreter, "-c", code], capture_output=True, text=True, check=False)
    inside = found.stdout.strip()
    return inside if inside and Path(inside).exists() else command


def forget(folder: Path) -> None:
    """Take away what a build has left."""
    for name in ("public", "resources"):
        shutil.rmtree(folder / name, ignore_errors=True)
