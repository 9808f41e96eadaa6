"""What of an HTML page is not its article: links to other news, notices, credits of pictures. The tree is changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from coopex.page.kinds import is_related

_NOTICE = re.compile(r"cookie|consent|gdpr|newsletter|subscri|share-|social|sharing", re.IGNORECASE)
_OTHER_NEWS = re.compile(
    r"\b(?:related|read-?also|read-?more|see-?also|recommend\w*|more-?news|other-?news|teasers?)\b", re.IGNORECASE
)
_HEADINGS = {"h2", "h3", "h4", "h5", "h6", "p", "strong", "b", "div", "span"}
_LISTS = {"ul", "ol", "div", "p", "section"}
_PHOTO = re.compile(
    r"(?<=[.!?…)])\s*(?=(?:Photo|Picture|Image|Credit|Фото|Снимок|Иллюстрация)\b[^.]{0,60}$)|\s*\|\s*(?=Photo|Фото)"
)
_BOXES = {"div", "section", "aside", "ul", "ol", "nav", "footer", "form"}
_ENOUGH = 200  # characters of paragraphs that make an article
_LONGEST_BOX = 1_500  # characters: a longer box with such a name holds the article


def without_other_news(tree: Any) -> None:
    """Take links to other articles, notices and credits of pictures out of a page.

    "<h3>Read also</h3><ul><li><a>…</a></li></ul>" goes; an article in an <aside> becomes one in a <div>.
    """
    for box in list(tree.iter(*_BOXES)):
        names = f"{box.get('class') or ''} {box.get('id') or ''}"
        if (_NOTICE.search(names) or _OTHER_NEWS.search(names)) and len(_text(box)) <= _LONGEST_BOX:
            _drop(box)
    for line in list(tree.iter("p", "li")):
        if is_related(" ".join(_text(line).split())) and _is_linked(line):
            _drop(line)  # "See also: <a>…</a>"
    for heading in list(tree.iter(*_HEADINGS)):
        if len(heading) == 0 and is_related((heading.text or "").strip()):
            for following in list(_links_below(heading)):
                _drop(following)
            _drop(heading)
    for caption in tree.iter("figcaption"):
        _set_credit_apart(caption)
    _free_article_in_aside(tree)


def _links_below(heading: Any) -> Iterator[Any]:
    """Yield what follows a heading of links: lists and paragraphs whose words are all links."""
    for following in heading.itersiblings():
        if following.tag not in _LISTS or not _is_linked(following):
            return
        yield following


def _is_linked(element: Any) -> bool:
    """Return whether most words of an element are links."""
    words = len(_text(element).split())
    linked = sum(len(_text(link).split()) for link in element.iter("a"))
    return bool(words) and linked >= words * 0.6


def _set_credit_apart(caption: Any) -> None:
    """Put the credit of a picture into a line of its own: "The rector in Oslo. Photo: Per Lie"."""
    text = " ".join(_text(caption).split())
    parts = [part.strip() for part in _PHOTO.split(text) if part and part.strip()]
    for child in list(caption):
        caption.remove(child)
    caption.text = None
    for part in parts:
        line = caption.makeelement("p", {})
        line.text = part
        caption.append(line)


def _free_article_in_aside(tree: Any) -> None:
    """Make a plain box of an <aside> that holds the only long text of a page."""
    paragraphs = list(tree.iter("p"))
    outside = sum(len(_text(p)) for p in paragraphs if next(p.iterancestors("aside"), None) is None)
    if outside < _ENOUGH:
        for aside in tree.iter("aside"):
            if sum(len(_text(p)) for p in aside.iter("p")) > outside:
                aside.tag = "div"


def _text(element: Any) -> str:
    return "".join(text for text in element.itertext())


def _drop(element: Any) -> None:
    """Take an element out of the tree and keep the text behind it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail and element.tail.strip():
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)
