"""Pages: whole, self-contained, escaped, without script."""

import re
from html.parser import HTMLParser

import pytest

from game.page import Fact, Section, badge, bullets, columns, facts, figure, heading, notice, page, prose, table
from game.page.html import element, key_of, safe

EVIL = "<img src=http://evil.example/x onerror=alert(1)>"


class Tags(HTMLParser):
    """Notes every element, and that all that open also close."""

    EMPTY = ("meta", "line", "rect", "circle", "path", "polygon", "br")

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.EMPTY:
            assert self.open.pop() == tag


def example() -> str:
    content = [
        prose(EVIL), bullets([EVIL, "b"], ordered=True), table(["a", EVIL], [["x", 1.5], [EVIL, None]], EVIL),
        badge("met", "good"), notice(EVIL, "bad"), heading(EVIL), columns(EVIL, prose("b")), EVIL,
    ]  # fmt: skip
    return page(
        EVIL, [Section(EVIL, content, EVIL)], subtitle=EVIL, opening=[facts([Fact(EVIL, EVIL, EVIL)])], footer=EVIL
    )


def parsed(text: str) -> Tags:
    tags = Tags()
    tags.feed(text)
    tags.close()
    return tags


def test_every_element_closes_and_every_text_is_escaped() -> None:
    tags = parsed(example())
    assert tags.open == []
    assert [tag for tag, _ in tags.seen if tag in ("img", "script")] == []


def test_page_needs_nothing_from_outside() -> None:
    tags = parsed(example())
    assert [a for _, attrs in tags.seen for a in attrs if a in ("src", "onerror", "srcset")] == []
    assert [tag for tag, _ in tags.seen if tag in ("link", "iframe", "object", "embed")] == []
    links = [attrs["href"] for tag, attrs in tags.seen if tag == "a"]
    assert links
    assert all((link or "").startswith("#") for link in links)
    style = re.findall(r"<style>(.*?)</style>", example(), re.S)[0]
    assert "url(" not in style
    assert "@import" not in style


def test_links_of_the_contents_lead_to_the_sections() -> None:
    tags = parsed(example())
    anchors = {attrs.get("id") for tag, attrs in tags.seen if tag == "section"}
    assert {(attrs["href"] or "")[1:] for tag, attrs in tags.seen if tag == "a"} == anchors


def test_page_has_a_style_for_paper() -> None:
    assert "@media print" in example()


def test_same_content_makes_the_same_page() -> None:
    assert example() == example()


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.0, "0"), (1234567.0, "1,234,567"), (12.345, "12.3"), (0.000123, "0.000123"), (-2.5, "-2.5"), (None, "–")],
)
def test_figures_are_written_as_people_read_them(value: float | None, shown: str) -> None:
    assert figure(value) == shown


def test_endless_figure_is_shown_as_missing() -> None:
    assert figure(float("nan")) == figure(None)


def test_attribute_cannot_break_out() -> None:
    assert element("p", "x", title='"><b>') == '<p title="&quot;&gt;&lt;b&gt;">x</p>'


def test_markup_is_not_escaped_twice() -> None:
    once = safe("a & b")
    assert safe(once) == once == "a &amp; b"


def test_keys_differ_where_content_does() -> None:
    assert key_of("a", "b") != key_of("ab")


def test_unknown_badge_tone_is_refused() -> None:
    with pytest.raises(KeyError):
        badge("x", "pink")
