import pytest

from .making import candidate, names, normalized, rules

POST = "_posts/2024-01-02-x.md"


def categories(value, key="categories", **more):
    return candidate({"title": "t", key: value}, **more).categories


def tags(value, key="tags", **more):
    return candidate({"title": "t", key: value}, **more).tags


def test_a_key_of_the_tags_file_is_its_label():
    known = rules()._replace(tags={"sea": "The sea", "R&D": "Research"})
    written = ["sea", "Sea", "The sea", {"label": "old ships"}, "R&amp;D"]
    found = candidate({"title": "t", "tags": written, "categories": ["sea"]}, by=known).tags
    assert found == ("The sea", "Sea", "old ships", "Research")


@pytest.mark.parametrize(
    ("written", "labels"),
    [
        (["sea", "old ships"], ("sea", "old ships")),
        ("sea, old ships", ("sea", "old ships")),
        ("old ships", ("old ships",)),
        ("[sea, 'old ships']", ("sea", "old ships")),
        (["sea, ships"], ("sea, ships",)),
        (["#sea", "##ships", "#"], ("sea", "ships", "#")),
        ([2024, True, 1.5], ("2024", "true", "1.5")),
        ([{"label": "sea", "permalink": "/sea"}, {"name": "ships"}], ("sea", "ships")),
        ([["Sport", "Rowing"], ["News"]], ("Sport", "Rowing", "News")),
        (["sea", "sea", " sea "], ("sea",)),
        (["R&amp;D"], ("R&D",)),
        (["c#", "C++"], ("c#", "C++")),
        (["", None, "sea"], ("sea",)),
        ("a;b", ("a;b",)),
        ("sea,,ships,", ("sea", "ships")),
    ],
)
def test_every_form_of_labels_is_read(written, labels):
    assert categories(written) == labels
    assert tags(written) == labels


def test_a_single_category_is_never_split():
    assert categories("Arts, Crafts", key="category") == ("Arts, Crafts",)
    assert categories("Arts Crafts", key="category", below=POST) == ("Arts Crafts",)


def test_jekyll_splits_strings_at_spaces():
    assert tags("birds mill  boxes", below=POST) == ("birds", "mill", "boxes")
    assert categories("a b", below=POST) == ("a", "b")
    assert tags(["a b"], below=POST) == ("a b",)
    assert tags("a b", key="tag", below=POST) == ("a b",)
    assert tags("a b, c", below=POST) == ("a b", "c")


def test_hexo_posts_without_a_date_in_the_name_are_not_jekylls():
    assert tags("birds mill", below="_posts/birds.md") == ("birds mill",)


def test_jekyll_adds_folders_above_posts_to_the_declared_categories():
    place = [("categories", ["Science", "Birds"], 0, "folder")]
    made = candidate(
        {"title": "t", "category": "Nature"}, below="Science/Birds/" + POST, place=place
    )
    assert made.categories == ("Science", "Birds", "Nature")


def test_in_jekyll_the_singular_wins():
    made = candidate({"title": "t", "categories": ["a"], "category": "b"}, below=POST)
    assert made.categories == ("b",)
    made = candidate({"title": "t", "categories": ["a"], "category": "b"})
    assert made.categories == ("a",)


def test_pelican_splits_at_semicolons_when_there_is_one():
    assert tags("a, b; c", dialect="pelican") == ("a, b", "c")
    assert tags("a, b", dialect="pelican") == ("a", "b")
    assert tags("a, b", key="keywords", dialect="pelican") == ("a", "b")


def test_keywords_are_tags_only_where_nothing_else_is():
    assert tags("a, b", key="keywords") == ()


def test_zola_keeps_labels_in_a_table():
    made = candidate({"title": "t", "taxonomies": {"categories": ["News"], "tags": ["a", "b"]}})
    assert (made.categories, made.tags) == (("News",), ("a", "b"))


def test_topics_are_categories():
    assert categories(["Sea"], key="topics") == ("Sea",)


def test_the_folder_says_less_than_a_default():
    by = rules(defaults=[("sport/**", {"categories": ["Sport"]})])
    place = [("category", "sport", 0, "folder")]
    more = {"below": "sport/x.md", "place": place, "by": by, "dialect": "pelican"}
    assert candidate({"title": "t"}, **more).categories == ("Sport",)
    assert candidate({"title": "t", "category": "Rowing"}, **more).categories == ("Rowing",)
    more["by"] = rules()
    assert candidate({"title": "t"}, **more).categories == ("sport",)


def test_a_label_that_is_no_text_is_left_out_with_a_warning():
    made = normalized({"title": "t", "tags": ["a", {"weight": 3}]})
    assert made.candidate.tags == ("a",)
    assert names(made) == ["label-unreadable"]
