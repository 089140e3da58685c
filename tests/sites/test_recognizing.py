"""What single settings of generators become, and how mistakes are told."""

import contextlib
import io
import json
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedwright.cli.main import run
from feedwright.config.loading import load
from feedwright.operations.recognize import jsvalues, pyvalues
from feedwright.operations.recognize.config_text import scalar, text_of
from feedwright.operations.recognize.folder import SiteFolder
from feedwright.operations.recognize.found import Found, with_base
from feedwright.operations.recognize.table import recognize

POST = "---\ntitle: A post\ndate: 2024-05-06\n---\nText.\n"


@pytest.fixture
def site(tmp_path):
    class Made:
        root = tmp_path

        def write(self, **files: str) -> None:
            for path, text in files.items():
                self.put(path, text)

        def put(self, path: str, text: str) -> None:
            target = tmp_path / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")

        def found(self) -> Found:
            found = recognize(SiteFolder(tmp_path))
            assert found is not None
            return found

        def init(self, *arguments: str) -> tuple[int, str, str]:
            out, err = io.StringIO(), io.StringIO()
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                code = run(["init", *arguments])
            return code, out.getvalue(), err.getvalue()

    return Made()


@pytest.mark.parametrize(
    ("settings_of_site", "pattern", "slug_from"),
    [
        ("", "/{dir}/{slug:dated}/", ""),
        ('[permalinks]\nposts = "/:year/:slug/"\n', "/{year}/{slug}/", "title"),
        ('[permalinks]\nposts = "/:year/:slugorfilename/"\n', "/{year}/{slug:dated}/", ""),
        ('[permalinks.page]\nposts = "/:title"\n', "/{title}/", ""),
        ("uglyURLs = true\n", "/{dir}/{slug:dated}.html", ""),
        ('[frontmatter]\ndate = [":filename", ":default"]\n', "/{dir}/{slug}/", ""),
        ('[permalinks]\ntags = "/t/:slug/"\n', "/{dir}/{slug:dated}/", ""),
    ],
)
def test_hugo_makes_addresses_of_sections(site, settings_of_site, pattern, slug_from):
    site.put("config.toml", f'baseURL = "https://e.org/"\ntitle = "T"\n{settings_of_site}')
    site.put("content/posts/a.md", POST)
    found = site.found()
    rules = {rule.match: rule.pattern for rule in found.permalinks}
    assert rules.get("posts/**", found.permalink) == pattern
    assert found.slug_from == slug_from


NUXT = '{"dependencies": {"nuxt": "^3", "@nuxt/content": "^3"}}'


@pytest.mark.parametrize(
    ("article", "pages", "path", "permalink"),
    [
        ("content/2.blog/1.a.md", ["[...slug].vue"], "content/2.blog", "/blog/{path}"),
        ("content/2.blog/1.a.md", [], "content/2.blog", "/blog/{path}"),
        ("content/2.blog/x/1.a.md", [], "content/2.blog", "/blog/{path}"),
        ("content/1.en/2.blog/1.a.md", [], "content/1.en/2.blog", "/en/blog/{path}"),
        ("content/1.a.md", ["[...slug].vue"], "content", "/{path}"),
        ("content/1.a.md", ["blog/[slug].vue"], "content", "/blog/{path}"),
        ("content/posts/a.md", ["blog/[slug].vue"], "content/posts", "/blog/{path}"),
    ],
)
def test_nuxt_content_makes_addresses_of_names(site, article, pages, path, permalink):
    site.put("package.json", NUXT)
    site.put(article, POST)
    for page in pages:
        site.put(f"pages/{page}", "<template />")
    found = site.found()
    assert (found.path, found.permalink) == ((path,), permalink)
    assert found.permalink_style == "nuxt"
    site.put("nuxt.config.ts", "export default { content: { respectPathCase: true } }")
    assert site.found().permalink_style == "nuxt-cased"


def test_drafts_of_nuxt_content_are_told_by_name(site, monkeypatch):
    site.put("package.json", NUXT)
    for name in ("1.a", "2.b.draft", "3.c.draft/4.d", "5.e.draft"):
        head = "draft: false\n" if "5" in name else ""
        site.put(f"content/blog/{name}.md", POST.replace("title:", f"{head}title:"))
    site.put("nuxt.config.ts", "export default { site: { url: 'https://e.org' } }")
    monkeypatch.chdir(site.root)
    code, said, _ = site.init("--from", ".")
    assert (code, "articles: 2 live, 2 draft" in said) == (0, True)
    assert "https://e.org/blog/e\n" in said


def test_nuxt_without_nuxt_content_keeps_names_as_they_are(site):
    site.put("package.json", '{"dependencies": {"nuxt": "^3"}}')
    site.put("content/2.blog/1.a.md", POST)
    assert (site.found().generator, site.found().permalink_style) == ("Nuxt", "")


@pytest.mark.parametrize(
    ("written", "style"),
    [
        ("", "hugo"),
        ("removePathAccents = true\n", "hugo-unaccented"),
        ("disablePathToLower = true\n", "hugo-cased"),
        ("disablePathToLower = true\nremovePathAccents = true\n", "hugo-cased-unaccented"),
    ],
)
def test_hugo_says_how_names_become_addresses(site, written, style):
    site.put("hugo.toml", f'baseURL = "https://e.org/"\n{written}')
    site.put("content/posts/a.md", POST)
    assert site.found().permalink_style == style
    assert not any("Git" in each for each in site.found().check)


def test_hugo_is_told_that_dates_of_git_are_not_read(site):
    site.put("hugo.toml", 'baseURL = "https://e.org/"\nenableGitInfo = true\n')
    site.put("content/posts/a.md", POST)
    assert any("enableGitInfo" in each for each in site.found().check)


def test_hugo_says_which_permalinks_it_could_not_take(site):
    site.put("hugo.yaml", "baseURL: https://e.org/\npermalinks:\n  posts: /:mumble/:slug/\n")
    site.put("content/posts/a.md", POST)
    assert any(":mumble" in each for each in site.found().check)


@pytest.mark.parametrize(
    ("written", "deep", "pattern"),
    [
        ("/:sections[1:]/:slug/", True, "/{dir:below}/{slug}/"),
        ("/:sections/:slug/", True, "/{dir}/{slug}/"),
        ("/:sections[1:]/:slug/", False, "/{slug}/"),
        ("/:sections/:slug/", False, "/{section}/{slug}/"),
    ],
)
def test_hugo_takes_folders_with_an_index_for_sections(site, written, deep, pattern):
    site.put("hugo.yaml", f"baseURL: https://e.org/\npermalinks:\n  posts: {written}\n")
    site.put("content/posts/_index.md", "---\ntitle: Posts\n---\n")
    site.put("content/posts/2024/a.md", POST)
    if deep:
        site.put("content/posts/2024/_index.md", "---\ntitle: 2024\n---\n")
    assert [rule.pattern for rule in site.found().permalinks] == [pattern]


@pytest.mark.parametrize(
    ("settings_of_site", "pattern"),
    [
        ('[uglyURLs]\npost = true\n[permalinks]\npost = "/:year/:slug/"\n', "/{year}/{slug}.html"),
        ("[uglyURLs]\npost = true\n", "/{dir}/{slug:dated}.html"),
        ('uglyURLs = true\n[permalinks]\npost = "/:year/:slug"\n', "/{year}/{slug}.html"),
        (
            '[[permalinks]]\npattern = "/:year/:slug/"\n[permalinks.target]\npath = "/post/**"\n',
            "/{year}/{slug}/",
        ),
    ],
)
def test_hugo_has_addresses_by_section(site, settings_of_site, pattern):
    site.put("hugo.toml", f'baseURL = "https://e.org/"\n{settings_of_site}')
    site.put("content/post/a.md", POST)
    rules = {rule.match: rule.pattern for rule in site.found().permalinks}
    assert rules == {"post/**": pattern}


@pytest.mark.parametrize(
    ("dates", "own_date", "slug"),
    [
        ('[":filename", ":default"]', True, "{slug}"),
        ('["date", ":filename"]', True, "{slug:dated}"),
        ('["date", ":filename"]', False, "{slug}"),
        ('["lastmod"]', False, "{slug:dated}"),
    ],
)
def test_hugo_takes_slugs_of_names_where_it_takes_dates_of_them(site, dates, own_date, slug):
    site.put("hugo.toml", f'baseURL = "https://e.org/"\n[frontmatter]\ndate = {dates}\n')
    date = "date: 2024-05-06\n" if own_date else ""
    site.put("content/posts/2024-05-06-a.md", f"---\ntitle: A\n{date}---\nText.\n")
    assert site.found().permalink == f"/{{dir}}/{slug}/"


def test_hugo_makes_addresses_of_the_day_that_is_written(site):
    site.put(
        "hugo.toml",
        'baseURL = "https://e.org/"\ntimeZone = "America/Los_Angeles"\n'
        '[permalinks]\nposts = "/:year/:month/:day/:contentbasename/"\n',
    )
    site.put("content/posts/a.md", "---\ntitle: A\ndate: 2024-05-06T00:00:00Z\n---\nText.\n")
    code, out, err = site.init(str(site.root), "--from", str(site.root))
    assert code == 0, err
    assert "https://e.org/2024/05/06/a/" in out


def test_a_description_of_the_site_is_plain_text(site):
    site.put("hugo.yaml", "baseURL: https://e.org/\nparams: {description: 'A <b>bright</b> light'}\n")
    site.put("content/posts/a.md", POST)
    code, _, err = site.init(str(site.root), "--from", str(site.root))
    assert code == 0, err
    assert "description: A bright light\n" in (site.root / "config.yaml").read_text()


def test_hugo_may_keep_case(site):
    site.put("hugo.toml", 'baseURL = "https://e.org/"\ndisablePathToLower = true\n')
    site.put("content/posts/My First Crane.md", POST)
    code, out, err = site.init(str(site.root), "--from", str(site.root))
    assert code == 0, err
    assert "https://e.org/posts/My-First-Crane/" in out


def test_hugo_has_files_for_languages(site):
    site.put("config/_default/hugo.toml", 'baseURL = "https://e.org/"\n')
    site.put("config/_default/languages.en.toml", 'title = "Light"\ncontentDir = "content/en"\n')
    site.put("config/_default/languages.pt-br.toml", 'contentDir = "content/pt-br"\n')
    site.put("content/en/posts/a.md", POST)
    site.put("content/pt-br/posts/a.md", POST)
    found = site.found()
    assert (found.title, found.path) == ("Light", ("content/en", "content/pt-br"))
    assert found.languages == ("en", "pt-br")


def test_hugo_mounts_content_and_turns_languages_off(site):
    site.put(
        "hugo.yaml",
        "baseURL: https://e.org/\ndisableLanguages: [no]\nlanguages: {en: {}, de: {}, 'no': {}}\n"
        "module:\n  mounts:\n  - {source: texts/en, target: content, lang: en}\n"
        "  - {source: texts/de, target: content, lang: de}\n  - {source: x, target: assets}\n",
    )
    site.put("texts/en/posts/a.md", POST)
    site.put("texts/de/posts/a.md", POST)
    found = site.found()
    assert (found.path, found.languages) == (("texts/en", "texts/de"), ("en", "de"))


def test_hugo_may_have_the_content_of_a_language_within_that_of_another(site):
    site.put(
        "hugo.yaml",
        "baseURL: https://e.org/\ndefaultContentLanguage: en\n"
        "languages: {en: {contentDir: content}, fr: {contentDir: content/fr}}\n",
    )
    site.put("content/posts/a.md", POST)
    site.put("content/fr/posts/a.md", POST)
    code, out, err = site.init(str(site.root), "--from", str(site.root))
    assert code == 0, err
    assert "https://e.org/posts/a/" in out
    assert "https://e.org/fr/posts/a/" in out


def test_hugo_leaves_out_what_it_ignores(site):
    site.put("hugo.toml", "baseURL = 'https://e.org/'\nignoreFiles = ['\\.Rmd$', 'index\\.html$']\n")
    site.put("content/posts/a/index.md", POST)
    site.put("content/posts/a/index.html", "<p>A</p>")
    site.put("content/posts/b/index.html", "<p>B</p>")
    assert site.found().exclude == ("index.html",)


def test_hugo_may_have_other_names_for_dates_and_values_for_all(site):
    site.put(
        "hugo.yaml",
        "baseURL: https://e.org/\nfrontmatter:\n  date: [released, ':default']\n"
        "  lastmod: [':git', reviewed, lastmod, ':fileModTime']\n"
        "cascade:\n- {target: {path: /posts/**}, params: {author: Ana}}\n"
        "- {target: {kind: section}, author: Tom}\n- {tags: [sea]}\n",
    )
    site.put("content/posts/a.md", POST)
    found = site.found()
    assert found.fields == {"published": ("released",), "updated": ("reviewed",)}
    assert found.defaults == (("posts/**", {"author": "Ana"}), ("**", {"tags": ("sea",)}))


def test_hugo_has_a_content_folder_for_each_language(site):
    site.put("config/_default/hugo.toml", 'baseURL = "https://e.org/"\n')
    site.put(
        "config/_default/languages.yaml",
        "en: {contentDir: content/en}\nfr: {contentDir: content/fr}\n",
    )
    site.put("content/en/posts/a.md", POST)
    site.put("content/fr/posts/a.md", POST)
    code, out, err = site.init(str(site.root), "--from", str(site.root))
    assert code == 0, err
    assert "https://e.org/posts/a/" in out
    assert "https://e.org/fr/posts/a/" in out


@pytest.mark.parametrize(
    ("style", "pattern"),
    [
        ("date", "/{categories}/{year}/{month}/{day}/{slug}.html"),
        ("pretty", "/{categories}/{year}/{month}/{day}/{slug}/"),
        ("ordinal", "/{categories}/{year}/{yearday}/{slug}.html"),
        ("none", "/{categories}/{slug}.html"),
        ("/:year/:title", "/{year}/{slug}"),
        ("/blog/:mumble/", "/{categories}/{year}/{month}/{day}/{slug}.html"),
    ],
)
def test_jekyll_has_styles(site, style, pattern):
    site.put("_config.yml", f"title: T\nurl: https://e.org\npermalink: {style}\n")
    site.put("_posts/2024-05-06-a.md", POST)
    assert site.found().permalink == pattern


def test_jekyll_defaults_may_give_addresses_to_folders(site):
    site.put(
        "_config.yml",
        "url: https://e.org\ndefaults:\n"
        "  - scope: {path: _posts/old, type: posts}\n"
        "    values: {permalink: '/old/:title/', categories: [Old, Dusty]}\n",
    )
    site.put("_posts/old/2004-05-06-a.md", "---\ntitle: A\n---\nText.\n")
    code, out, err = site.init(str(site.root), "--from", str(site.root))
    assert code == 0, err
    assert "https://e.org/old/a/" in out
    config = yaml.safe_load((site.root / "config.yaml").read_text())
    assert config["content"]["defaults"] == [
        {"match": "old/**", "values": {"categories": ["Old", "Dusty"]}}
    ]


@pytest.mark.parametrize(
    ("name", "written", "pattern"),
    [
        (":title.md", ":year/:month/:day/:title/", "/{year}/{month}/{day}/{path}/"),
        (":year-:month-:day-:title.md", ":year/:title/", "/{year}/{dir}/{slug}/"),
        (":title.md", "posts/:abbrlink.html", "/posts/{slug}.html"),
        (":title.md", ":hash/", "/{year}/{month}/{day}/{path}/"),
    ],
)
def test_hexo_names_files_as_configured(site, name, written, pattern):
    site.put("_config.yml", f"url: https://e.org\npermalink: {written}\nnew_post_name: {name}\n")
    site.put("source/_posts/a.md", POST)
    assert site.found().permalink == pattern


def test_hexo_may_have_folders_of_files_beside_posts(site):
    site.put(
        "_config.yml",
        "title: T\nurl: https://e.org\nnew_post_name: :title.md\npost_asset_folder: true\n"
        "skip_render: [_posts/demo/*, README.md]\n",
    )
    site.put("source/_posts/a.md", POST)
    site.put("source/_posts/a/demo.html", "<p>A demo</p>")
    found = site.found()
    assert (found.include, found.exclude) == (("**/*.md",), ("demo/*",))


@pytest.mark.parametrize(("more", "pattern"), [("id: crane-7\n", "/posts/{slug}/"), ("", None)])
def test_hexo_has_ids_in_addresses_where_posts_declare_them(site, more, pattern):
    site.put("_config.yml", "url: https://e.org\nnew_post_name: :title.md\npermalink: posts/:id/\n")
    site.put("source/_posts/a.md", POST.replace("---\ntitle", f"---\n{more}title"))
    found = site.found()
    assert (found.permalink if found.fields else None) == pattern
    assert bool(found.check) is (pattern is None)


def test_hexo_takes_keys_of_plugins_for_slugs(site):
    site.put(
        "_config.yml",
        "url: https://e.org\ntitle: T\npermalink: posts/:abbrlink.html\nsource_dir: source\n",
    )
    site.put("source/_posts/a.md", POST.replace("date:", "abbrlink: 4a17b156\ndate:"))
    _, out, _ = site.init(str(site.root), "--from", str(site.root))
    assert "https://e.org/posts/4a17b156.html" in out


PELICAN = "SITENAME = 'T'\nSITEURL = 'https://e.org'\nPATH = 'content'\n"
HEADERS = "Title: A\nDate: 2024-05-06\n\nText.\n"


@pytest.mark.parametrize(
    ("settings_of_site", "path", "defaults"),
    [
        ("", "a.md", {}),
        ("DEFAULT_CATEGORY = 'Notes'\n", "a.md", {"category": "Notes"}),
        ("DEFAULT_CATEGORY = 'Notes'\n", "sea/a.md", {}),
        ("USE_FOLDER_AS_CATEGORY = False\n", "a.md", {}),
        ("USE_FOLDER_AS_CATEGORY = False\n", "sea/a.md", {"category": "misc"}),
        (
            "USE_FOLDER_AS_CATEGORY = False\nDEFAULT_CATEGORY = 'Notes'\n",
            "sea/a.md",
            {"category": "Notes"},
        ),
        ("DEFAULT_METADATA = {'status': 'draft', 'x': 'y'}\n", "a.md", {"status": "draft"}),
        ("DEFAULT_METADATA = (('author', 'Ana'),)\n", "sea/a.md", {"author": "Ana"}),
    ],
)
def test_pelican_has_values_for_articles_without(site, settings_of_site, path, defaults):
    site.put("pelicanconf.py", PELICAN + settings_of_site)
    site.put(f"content/{path}", HEADERS)
    assert dict(site.found().defaults) == ({"**": defaults} if defaults else {})


@pytest.mark.parametrize(
    ("settings_of_site", "pattern", "slug_from"),
    [
        ("", "/{slug}.html", "title"),
        ("SLUGIFY_SOURCE = 'basename'\n", "/{slug:dated}.html", "filename"),
        ("FILENAME_METADATA = '(?P<slug>.*)'\n", "/{slug:dated}.html", "filename"),
        (
            "FILENAME_METADATA = r'(?P<date>\\d{4}-\\d{2}-\\d{2})_(?P<slug>.*)'\n",
            "/{slug}.html",
            "filename",
        ),
        (
            "PATH_METADATA = r'.*/(?P<date>\\d{4}-\\d{2}-\\d{2})-(?P<slug>.*)/index.md'\n",
            "/{slug}.html",
            "filename",
        ),
        (
            "PATH_METADATA = r'(?P<path_no_ext>.*)\\..*'\n"
            "ARTICLE_URL = ARTICLE_SAVE_AS = PAGE_URL = '{path_no_ext}.html'\n",
            "/{path}.html",
            "title",
        ),
        ("BELOW = 'blog'\nARTICLE_URL = f'{BELOW}/{{slug}}/'\n", "/blog/{slug}/", "title"),
        ("ARTICLE_URL = '{date:%Y}/{slug}/index.html'\n", "/{year}/{slug}/index.html", "title"),
    ],
)
def test_pelican_makes_slugs_of_titles_or_names(site, settings_of_site, pattern, slug_from):
    site.put("pelicanconf.py", PELICAN + settings_of_site)
    site.put("content/2024-05-06-a.md", HEADERS)
    found = site.found()
    assert (found.permalink, found.slug_from) == (pattern, slug_from)


def test_pelican_looks_for_articles_among_files(site):
    site.put("pelicanconf.py", PELICAN + "STATIC_PATHS = ['blog', 'images', 'extra/CNAME']\n")
    site.put("content/blog/a.md", HEADERS)
    site.put("content/images/about.md", "# Pictures\n")
    site.put("content/extra/CNAME", "light.example\n")
    assert site.found().exclude == ("pages/**", "images/**")


def test_pelican_had_another_name_for_the_folder_of_articles(site):
    site.put("pelicanconf.py", PELICAN + "ARTICLE_DIR = 'articles'\n")
    site.put("content/articles/a.md", HEADERS)
    assert site.found().include == ("articles/**",)


def test_a_domain_stands_in_the_file_that_pages_are_hosted_with(site):
    site.put("_config.yml", "title: T\nmarkdown: kramdown\n")
    site.put("CNAME", "Light.example\n")
    site.put("_posts/2024-05-06-a.md", POST)
    code, out, err = site.init(str(site.root), "--from", str(site.root))
    assert code == 0, err
    assert "https://light.example/2024/05/06/a.html" in out


def test_jekyll_has_articles_in_a_collection(site):
    site.put(
        "_config.yml",
        "url: https://e.org\npermalink: pretty\ncollections_dir: docs\ncollections:\n"
        "  article: {output: true}\n  event: {output: false}\n  page: {output: true}\n"
        "defaults:\n- scope: {type: article}\n  values: {author: Ana}\n"
        "- scope: {type: posts}\n  values: {author: Tom}\n",
    )
    site.put("docs/_article/The_Crane.md", POST)
    site.put("docs/_event/b.md", POST)
    site.put("docs/_page/c.md", "---\ntitle: C\n---\nText.\n")
    found = site.found()
    assert (found.path, found.permalink) == (("docs/_article",), "/article/{path}/")
    assert found.defaults == (("**", {"author": "Ana"}),)


def test_jekyll_passes_over_posts_without_a_date_in_the_name(site):
    site.put("_config.yml", "url: https://e.org\nmarkdown: kramdown\n")
    site.put("_posts/2024-05-06-a.md", POST)
    site.put("_posts/old/24-5-6-b.md", POST)
    site.put("_posts/old/[draft].md", POST)
    site.put("_drafts/c.md", POST)
    assert site.found().exclude == ("old/?draft?.md",)


def test_jekyll_may_have_articles_without_dates(site):
    site.put(
        "_config.yml",
        "url: https://e.org\npermalink: /:path/\ncollections:\n"
        "  people: {output: true}\n  articles: {output: true, permalink: '/:name/'}\n",
    )
    site.put("_people/ana.md", "---\ntitle: Ana\n---\nText.\n")
    site.put("_articles/the-crane.md", "---\ntitle: The crane\n---\nText.\n")
    code, out, err = site.init(str(site.root), "--from", str(site.root))
    assert code == 0, err
    assert "https://e.org/the-crane/" in out
    assert site.found().path == ("_articles",)


def test_jekyll_keeps_to_posts_where_there_are_some(site):
    site.put("_config.yml", "url: https://e.org\ncollections:\n  news: {output: true}\n")
    site.put("_posts/2024-05-06-a.md", POST)
    site.put("_news/b.md", POST)
    found = site.found()
    assert found.path == ("_posts",)
    assert any("_news" in each for each in found.check)


def test_jekyll_puts_other_languages_below_theirs_with_polyglot(site):
    site.put(
        "_config.yml",
        "url: https://e.org\nplugins: [jekyll-polyglot]\nlanguages: [en, fr]\n"
        "default_lang: en\npermalink: /:title/\n",
    )
    site.put("_posts/2024-05-06-a.md", POST)
    found = site.found()
    assert (found.language, found.permalink) == ("en", "/{language:other}/{slug}/")


def test_zola_once_had_a_list_of_languages(site):
    site.put(
        "config.toml", 'base_url = "https://e.org"\nlanguages = [{code = "fr"}, {code = "zh-CN"}]\n'
    )
    site.put("content/a.md", "+++\ntitle = 'A'\ndate = 2024-05-06\n+++\nText.\n")
    assert site.found().languages == ("en", "fr", "zh-CN")


@pytest.mark.parametrize(
    "config",
    [
        "export const config = {dir: {input: 'texts', data: '../_data'}};\n",
        "export default (c) => {\n  c.setInputDirectory('texts');\n};\n",
    ],
)
def test_eleventy_has_its_texts_and_data_in_other_folders(site, config):
    site.put("eleventy.config.js", config)
    site.put("texts/blog/crane/crane.md", POST)
    site.put("texts/blog/2024-05-06-fog.md", POST)
    site.put("texts/blog/blog.11tydata.js", "export default {tags: ['posts'], author: 'Ana'};\n")
    code, out, err = site.init(str(site.root), "--from", str(site.root), "--url", "https://e.org/")
    assert code == 0, err
    assert "https://e.org/blog/crane/" in out
    assert "https://e.org/blog/2024-05-06-fog/" in out


@pytest.mark.parametrize(
    ("config", "data"),
    [
        ("c.addGlobalData('permalink', '/{{ page.filePathStem }}.html');", ""),
        ("", '{"permalink": "{{ page.filePathStem }}.html"}'),
    ],
)
def test_eleventy_makes_addresses_of_paths(site, config, data):
    site.put(
        ".eleventy.js",
        f"module.exports = (c) => {{\n  {config}\n  return {{dir: {{input: 'src'}}}};\n}};\n",
    )
    site.put("src/blog/2024-05-06-fog.md", POST)
    site.put("src/about.md", "---\ntitle: About\n---\nMe.\n")
    if data:
        site.put("src/blog/blog.json", data)
    code, out, err = site.init(str(site.root), "--from", str(site.root), "--url", "https://e.org/")
    assert code == 0, err
    assert "https://e.org/blog/fog.html" in out
    assert "1 live" in out


def test_eleventy_copies_folders_by_name_or_in_a_mapping(site):
    site.put(
        ".eleventy.js",
        "module.exports = (c) => {\n  c.addPassthroughCopy({'./public/': '/'});\n"
        "  c.addPassthroughCopy('src/img');\n  return {dir: {input: 'src'}};\n};\n",
    )
    site.put("src/posts/a.md", POST)
    assert site.found().static == ("public", "src/img")


def test_nikola_may_keep_the_index_in_addresses(site):
    site.put(
        "conf.py",
        "BLOG_TITLE = 'T'\nSITE_URL = 'https://e.org/'\nSTRIP_INDEXES = False\n"
        "POSTS = (('posts/*.rst', 'blog', 'post.tmpl'),)\n",
    )
    site.put("posts/a.rst", ".. title: A\n.. slug: a\n.. date: 2024-05-06\n\nText.\n")
    assert site.found().permalink == "/blog/{dir}/{slug}/index.html"


def test_pelican_of_an_old_python_is_read_by_lines(site):
    site.put("pelicanconf.py", "print 'x'\nSITENAME = u'Old'\nSITEURL = 'http://e.org'\n")
    site.put("content/a.md", "Title: A\nDate: 2012-01-02\n\nText.\n")
    found = site.found()
    assert (found.title, found.url, found.permalink) == ("Old", "http://e.org", "/{slug}.html")


def test_docusaurus_blogs_of_plugins_are_found(site):
    site.put(
        "docusaurus.config.ts",
        "const config: Config = {title: 'T', url: 'https://e.org', baseUrl: '/', plugins: [\n"
        "['@docusaurus/plugin-content-blog', {id: 'log', routeBasePath: 'log', path: './log'}]]};",
    )
    site.put("log/2024-05-06-a.md", POST)
    found = site.found()
    assert (found.path, found.permalink) == (("log",), "/log/{path}")


def test_docusaurus_takes_no_settings_of_other_plugins_for_those_of_the_blog(site):
    site.put(
        "docusaurus.config.js",
        "const baseUrl = process.env.BASE_URL ?? '/';\nexport default async function make() {\n"
        "return {title: 'T', baseUrl, url: 'https://e.org', plugins: [['content-docs', "
        "{id: 'community', path: 'community', routeBasePath: 'community'}]], presets: "
        "[['classic', {docs: {path: 'docs'}, blog: {showReadingTime: true}}]]};}",
    )
    site.put("blog/2024-05-06-a.md", POST)
    found = site.found()
    assert (found.path, found.permalink, found.url) == (
        ("blog",),
        "/blog/{path}",
        "https://e.org/",
    )


def test_nikola_of_old_has_post_pages(site):
    site.put(
        "conf.py",
        "BLOG_TITLE = 'T'\nBLOG_URL = 'http://e.org/'\npost_pages = (('posts/*.txt', 'blog', "
        "'post.tmpl', True), ('stories/*.txt', '', 'story.tmpl', False))\n",
    )
    found = site.found()
    assert (found.path, found.permalink) == (("posts",), "/blog/{dir}/{slug}.html")


def test_mkdocs_settings_may_have_tags_of_python(site):
    site.put(
        "mkdocs.yml",
        "site_name: T\nsite_url: https://e.org/\nplugins:\n  - blog\nextra:\n  a: !ENV NAME\n"
        "  b: !!python/object/apply:pymdownx.slugs.slugify\n    kwds: {case: lower}\n",
    )
    site.put("docs/blog/posts/a.md", POST)
    assert site.found().permalink == "/blog/{year}/{month}/{day}/{slug}/"


def test_hexo_of_old_is_not_jekyll(site):
    site.put("_config.yml", "title: T\npermalink: ':category/:title/'\ntag_dir: tags\n")
    site.put("source/_posts/a.md", POST)
    assert site.found().generator == "Hexo"


def test_hugo_keeps_the_main_language_in_the_folder_for_all(site):
    site.put(
        "hugo.toml",
        'baseURL = "https://e.org"\ncontentDir = "content/en"\n[languages.en]\nweight = 1\n'
        '[languages.ko]\ncontentDir = "content/ko"\n',
    )
    site.put("content/en/blog/a.md", POST)
    site.put("content/ko/blog/a.md", POST)
    assert site.found().path == ("content/en", "content/ko")


def test_gatsby_has_its_articles_at_the_top(site):
    site.put("package.json", '{"dependencies": {"gatsby": "5"}}')
    site.put(
        "gatsby-config.js",
        "module.exports = {siteMetadata: {title: `T`, author: {name: `Ana`}, siteUrl: "
        "`https://e.org`}}",
    )
    site.put("content/blog/a/index.md", POST)
    found = site.found()
    assert (found.generator, found.url, found.permalink) == ("Gatsby", "https://e.org/", "/{path}/")
    assert found.author is not None


def test_an_export_may_be_named_itself(site):
    export = json.dumps({"data": {"posts": [], "settings": [{"key": "title", "value": "G"}]}})
    site.put("export.json", export)
    site.put("out/.keep", "")
    code, out, _ = site.init(str(site.root / "out"), "--from", str(site.root / "export.json"))
    assert code == 0
    assert "recognized Ghost (export.json)" in out
    assert "no article was read" in out


def test_a_configuration_is_never_overwritten(site):
    site.put("hugo.toml", 'baseURL = "https://e.org/"\n')
    site.put("config.yaml", "site: {}\n")
    code, _, err = site.init(str(site.root), "--from", str(site.root))
    assert code == 2
    assert "there is a site here already" in err
    assert (site.root / "config.yaml").read_text() == "site: {}\n"


def test_a_configuration_of_hugo_with_our_name_stays(site):
    site.put("config.yaml", "baseURL: https://e.org/\ntitle: T\n")
    site.put("content/posts/a.md", POST)
    code, _, err = site.init(str(site.root), "--from", str(site.root))
    assert code == 2
    assert "feedwright init publish --from" in err
    code, out, err = site.init(str(site.root / "publish"), "--from", str(site.root))
    assert code == 0, err
    assert "https://e.org/posts/a/" in out


def test_what_is_no_site_is_told(site):
    code, _, err = site.init(str(site.root), "--from", str(site.root / "nowhere"))
    assert (code, "there is no such folder" in err) == (2, True)
    code, _, err = site.init(str(site.root), "--from", str(site.root))
    assert (code, "no generator" in err) == (2, True)
    assert not (site.root / "config.yaml").exists()


def test_what_cannot_be_used_is_left_out_and_told(site):
    site.put(
        "hugo.toml",
        'baseURL = "/"\nlanguageCode = "english"\ntimeZone = "Mars/Olympus"\ntitle = "${HOME}"\n',
    )
    site.put("content/posts/a.md", POST)
    code, out, err = site.init(str(site.root), "--from", str(site.root))
    assert code == 0, err
    for word in ("its address was not found", "its time zone was not", "its language was not"):
        assert word in out
    assert load(site.root / "config.yaml", {}).config.site.title == "${HOME}"


def test_title_and_address_may_be_given(site):
    site.put("texts/a.txt", "A headline\n\nText.\n")
    code, out, _ = site.init(
        str(site.root), "--from", str(site.root), "--title", "T: x", "--url", "https://e.org/b"
    )
    assert code == 0
    assert "was not found; set site.url" not in out
    config = load(site.root / "config.yaml", {}).config
    assert (config.site.title, config.site.url) == ("T: x", "https://e.org/b/")


def test_pages_without_a_date_are_excluded_where_no_article_lies(site):
    site.put("config.toml", 'base_url = "https://e.org"\n')
    site.put("content/about.md", "+++\ntitle = 'About'\n+++\nMe.\n")
    site.put("content/wiki/[x].md", "+++\ntitle = 'Wiki'\n+++\nMe.\n")
    for name in "abcd":
        site.put(f"content/blog/{name}.md", POST)
    site.put("content/blog/undated.md", "---\ntitle: Undated\n---\nText.\n")
    code, out, err = site.init(str(site.root), "--from", str(site.root))
    assert code == 0, err
    config = load(site.root / "config.yaml", {}).config
    assert config.content.exclude == ("README.md", "about.md", "wiki/**")
    assert "1 articles have no date" in out


TEXT = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=30)


@settings(deadline=None, max_examples=60)
@given(TEXT, st.sampled_from(["{}", "[{}]", "{{a: {}}}"]))
def test_any_text_is_written_so_that_yaml_reads_it_back(text, form):
    text = " ".join(text.split()) or "x"
    written = form.format(scalar(text, in_flow=form != "{}"))
    read = yaml.load(written, yaml.CBaseLoader)
    read = read[0] if isinstance(read, list) else read["a"] if isinstance(read, dict) else read
    assert read == text.replace("${", "$${")


@settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(TEXT, TEXT)
def test_any_found_site_is_a_configuration(tmp_path, title, description):
    found = Found(
        "X", "y", title=title, url="https://e.org/", permalink="/{slug}/", description=description
    )
    (tmp_path / "config.yaml").write_text(text_of(found, "."), encoding="utf-8")
    if title.strip() and "${" not in title + description:
        assert load(tmp_path / "config.yaml", {}).config.site.title == " ".join(title.split())


@settings(deadline=None, max_examples=150)
@given(st.text(st.sampled_from(list("{}[]():;,='\"`/*\\ \nab1.?<>&|")), max_size=120))
def test_any_program_gives_constants(source):
    jsvalues.constants(source)
    pyvalues.constants(source)


def test_constants_of_javascript_have_paths():
    found = jsvalues.constants(
        "// a 'comment'\nexport default defineConfig({ site: \"https:\\/\\/e.org\", 'base': `/x`,"
        " re: /['\"]/g, on: true, nested: { deep: [1, { key: 'v' }] } })"
    )
    assert jsvalues.find(found, "site") == "https://e.org"
    assert jsvalues.find(found, "base") == "/x"
    assert jsvalues.find(found, "nested", "deep", "key") == "v"
    assert jsvalues.find_switch(found, "on") is True
    assert jsvalues.find(found, "missing") == ""


def test_constants_of_python_are_never_computed():
    found = pyvalues.constants(
        'import os\nA = "x" + "y"\nB = os.environ.get("HOME", "z")\nC = open("x").read()\n'
        "D = {'k': [1, (2, A)]}\nE = f'{A}'\n"
    )
    assert found == {"A": "xy", "B": "z", "D": {"k": [1, [2, "xy"]]}, "E": "xy"}


def test_addresses_are_put_together():
    assert with_base("https://e.org", "") == "https://e.org/"
    assert with_base("https://e.org/", "/blog") == "https://e.org/blog/"
    assert with_base("", "https://e.org/x") == "https://e.org/x/"


def test_nothing_of_a_site_is_imported():
    folder = Path(__file__).parents[2] / "src/feedwright/operations/recognize"
    for module in folder.glob("*.py"):
        text = module.read_text(encoding="utf-8")
        assert not any(word in text for word in ("exec(", "eval(", "importlib", "subprocess"))


def test_an_old_ghost_says_its_permalinks_and_its_language(site):
    rows = [
        {"key": "permalinks", "value": "/:year/:month/:day/:slug/"},
        {"key": "defaultLang", "value": "sv_SE"},
    ]
    post = {"id": 1, "title": "A", "slug": "a", "html": "<p>x</p>", "status": "published"}
    site.put("export.json", json.dumps({"data": {"posts": [post], "settings": rows}}))
    found = site.found()
    assert (found.permalink, found.language) == ("/{year}/{month}/{day}/{slug}/", "sv_SE")


def test_rights_are_text(site):
    site.put("mkdocs.yml", "plugins: [blog]\ncopyright: Copyright &copy; 2024 <a href='/'>Us</a>\n")
    assert site.found().rights == "Copyright © 2024 Us"


def test_lektor_puts_the_date_into_addresses_but_for_declared_slugs(site):
    site.put(
        "light.lektorproject",
        "[project]\nname = Light\nlocale = en\n[alternatives.en]\nprimary = yes\n"
        "[alternatives.de]\nurl_prefix = /de/\n",
    )
    site.put(
        "models/blog.ini",
        "[children]\nslug_format = {{ this.pub_date|dateformat('YYYY/M') + '/' + this._id }}\n",
    )
    found = site.found()
    assert found.permalink == "/{dir}/{year}/{month:d}/{slug}/"
    assert found.permalink_slug == "/{dir}/{slug}/"
    assert found.permalinks[0].pattern == "/de/{dir}/{year}/{month:d}/{slug}/"


@pytest.mark.parametrize(
    ("needs", "route"),
    [
        ("next", "pages/notes/[slug].tsx"),
        ("next", "src/app/(site)/notes/[...slug]/page.tsx"),
        ("@sveltejs/kit", "src/routes/notes/[slug]/+page.svelte"),
        ("@sveltejs/kit", "src/routes/notes/[slug]/+page.server.ts"),
        ("nuxt", "pages/notes/[...slug].vue"),
        ("nuxt", "pages/notes/_slug.vue"),
    ],
)
def test_the_page_that_shows_articles_tells_their_route(site, needs, route):
    site.put("package.json", json.dumps({"dependencies": {needs: "1"}}))
    site.put(route, "x")
    site.put("content/blog/a.md", POST)
    assert site.found().permalink == "/notes/{path}"


def test_a_picture_is_not_the_address_of_a_site(site):
    site.put("package.json", '{"dependencies": {"next": "1"}}')
    site.put("config.js", "module.exports = {url: 'https://og.example/a.png?theme=light'}")
    site.put("_posts/a.md", POST)
    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        assert run(("init", str(site.root / "feeds"), "--from", str(site.root))) == 0
    assert "its address was not found" in told.getvalue()


@pytest.mark.parametrize("people", ["src/data/authors.json", "src/content/authors/ana.json"])
def test_the_people_of_an_astro_site_are_found(site, people):
    site.put("astro.config.mjs", "export default {site: 'https://skiff.example'}")
    site.put("src/content/blog/a.md", POST)
    site.put(people, '{"ana": {"name": "Ana Prieto"}}')
    assert site.found().authors in people


def test_an_astro_theme_with_a_file_of_settings(site):
    site.put("astro.config.ts", "export default defineConfig({output: 'static'})")
    site.put(
        "src/config.yaml",
        "site: {name: Skiff, site: 'https://skiff.example', trailingSlash: false}\n"
        "apps: {blog: {post: {permalink: '/%category%/%slug%'}}}\n",
    )
    site.put("src/data/post/a.md", POST)
    found = site.found()
    assert (found.title, found.url) == ("Skiff", "https://skiff.example/")
    assert found.permalink == "/{category}/{slug}"
    assert found.permalink_slug == ""


@pytest.mark.parametrize(
    "sign",
    [
        *(".obsidian/app.json", "content/.obsidian/app.json", "content/posts/.obsidian/app.json"),
        *("content/.foam/templates/a.md", "quartz.config.ts", "logseq/config.edn"),
        *("../.obsidian/app.json", "../../.obsidian/app.json"),
    ],
)
def test_a_vault_in_beside_or_above_the_articles_is_noticed(site, sign, tmp_path):
    root = tmp_path / "vault" / "site"
    for path, text in {"hugo.toml": 'baseURL = "https://e.org/"', "content/posts/a.md": POST}.items():
        site.put(f"vault/site/{path}", text)
    assert not recognize(SiteFolder(root)).vault
    site.put(f"vault/site/{sign}", "{}")
    code, out, err = site.init(str(tmp_path / "ours"), "--from", str(root))
    assert (code, err) == (0, "")
    assert "its articles are notes" in out
    assert load(tmp_path / "ours" / "config.yaml", {}).config.content.vault is True


def test_templates_of_a_vault_are_no_articles(site):
    site.put(".obsidian/templates.json", '{"folder": "Meta/My templates"}')
    site.put(".obsidian/plugins/templater-obsidian/data.json", '{"templates_folder": "T"}')
    site.put("content/a.md", POST)
    assert site.found().exclude == ()
    site.put("content/.obsidian/templates.json", '{"folder": "Meta/My templates"}')
    assert site.found().exclude == ("Meta/My templates/**",)


def test_a_folder_named_as_one_of_logseq_is_no_vault(site):
    site.put("content/a.md", POST)
    site.put("logseq/notes.txt", "x")
    assert site.found().vault is False
