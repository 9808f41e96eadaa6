"""Reads a block into names: posts cut off, runs completed, the model's entities in the gaps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from coopex.annotate.name_labels import LONGEST_PERSON, NameLabels
from coopex.annotate.name_tokens import QUOTES, Name
from coopex.annotate.name_words import is_demonym, place_kind

if TYPE_CHECKING:
    from spacy.tokens import Span

_LONGEST_QUOTE = 8
_LONG_NAME = 4  # tokens of a body that the model misses: "Center for Energy Policy"
_ARTICLES = {"a", "an", "the"}


class NameReader(NameLabels):
    """Reads one Doc."""

    def read(self) -> list[Name]:
        """All names of the Doc, in order and without overlap; entities of the model fill the gaps."""
        names = self.found
        position = 0
        while position < len(self.doc):
            before = len(names)
            for name in self._at(position):
                names.append(name)
            position = max([position + 1, *(name.end for name in names[before:])])
        return self._with_model(names)

    def _at(self, index: int) -> Iterator[Name]:
        """The names that start at ``index``, the pieces of one run."""
        if self.tokens[index].text in QUOTES:
            yield from self._quoted(index)
        elif self.named[index]:
            yield from self._run(index, self._run_end(index))

    def _quoted(self, index: int) -> Iterator[Name]:
        """``company "Uniten Biotech"`` → the words between the quotes, an ORG; after "forum" no name at
        all."""
        closing = QUOTES[self.tokens[index].text]
        inside = range(index + 1, min(index + 2 + _LONGEST_QUOTE, len(self.doc)))
        end = next((at for at in inside if self.tokens[at].text == closing), None)
        if index == 0 or end is None or end == index + 1 or not self.tokens[index + 1].text[0].isupper():
            return
        before = self.lower[index - 1]
        classes = (self.words.organisation_nouns, self.words.organisation_heads, self.words.legal_forms)
        after = self.lower[end + 1] if end + 1 < len(self.doc) else ""
        if any(before in words for words in classes) or after in self.words.organisation_nouns:
            yield Name(index + 1, end, "ORG")
        elif before in self.words.other_heads:
            yield Name(index + 1, end, None)

    def _run(self, start: int, end: int) -> Iterator[Name]:
        """Split a run at posts and titles, and read the pieces."""
        if (person := self._person_after_place(start, end)) > start:
            post = self._holds_post(start)
            before = self._complete(start, person, extend=False)
            yield before if before.label or not post else Name(start, person, "ORG")
            start = self._after_titles(person, end)
            if post:
                yield Name(start, end, "PER")
                return
        if (minister := self._portfolio_end(start, end)) > start:
            yield Name(start, minister, None)
            start = minister
        if self._head_kind(start, end) in {"ORG", "LOC", "other"} and not self._title_inside(start, end):
            yield self._complete(start, end)
            return
        piece = start
        for index in range(start, end):
            if self._is_title(index, end) and not self._in_model_name(index):
                if index > piece and self._is_portfolio(piece, index):
                    yield Name(piece, index + 1, None)
                elif index > piece:
                    yield self._complete(piece, index, extend=False)
                piece = index + 1
        if piece < end:
            yield self._complete(piece, end)
        elif end > start:
            yield from self._after_post(end)

    def _portfolio_end(self, start: int, end: int) -> int:
        """Where the post stands in "Belarusian Energy | Minister" or "Deputy Health | Secretary"; else `start`."""
        for index in range(end - 1, start, -1):
            if self.lower[index] in self.words.portfolio_posts and self._is_portfolio(start, index):
                return index
        return start

    def _is_portfolio(self, start: int, post: int) -> bool:
        """Whether the words before a post only tell its field: "Agriculture Cabinet | Secretary"."""
        return self.lower[post] in self.words.portfolio_posts and all(
            token.text == "-" or self.words.is_portfolio_word(token.text) for token in self.tokens[start:post]
        )

    def _person_after_place(self, start: int, end: int) -> int:
        """Where a person starts after a place or body: "of Tomsk Region | Sergey Ivanov"; else `start`."""
        post = self._holds_post(start)
        for index in range(end - 2, start, -1):
            if self.lower[index - 1] in self.words.titles:
                continue
            kind = self._head_kind(start, index) if index - start > 1 else None
            known = bool(place_kind(self.doc[start:index].text)) or kind in {"LOC", "ORG"}
            if known and self._is_new_person(index, end, post):
                return index
            if post and self._looks_personal(index, end) and not self._looks_personal(start, end):
                return index
        return start

    def _after_titles(self, start: int, end: int) -> int:
        """Skip titles at the start of a person's name, leaving one word at least."""
        while start < end - 1 and self.lower[start] in self.words.titles:
            start += 1
        return start

    def _holds_post(self, start: int) -> bool:
        """Whether a post is said just before: "Consul General of Mongolia in | Irkutsk …"."""
        near = self.lower[max(0, start - 10) : start]
        return near[-1:] in (["of"], ["in"]) and any(word in self.words.strong_titles for word in near)

    def _is_new_person(self, start: int, end: int, after_post: bool) -> bool:
        """Whether the end of a run is a person of its own."""
        first = self.tokens[start].text
        if self._head_kind(start, end) or self.words.is_field(first) or self.words.is_head(first.lower()):
            return False
        begins = self.model[start] == "PER" and self.tokens[start].ent_iob_ == "B"
        return begins or after_post or self._looks_personal(start, end)

    def _title_inside(self, start: int, end: int) -> bool:
        """Whether a post follows an organisation inside the run: "Harbin University President Yao Yu"."""
        return any(
            self.lower[index] in self.words.strong_titles and self._head_kind(start, index) == "ORG" and index + 1 < end
            for index in range(start + 1, end)
        )

    def _after_post(self, index: int) -> Iterator[Name]:
        """After a bare post: "Minister | of Agriculture Askar Myrzakhmetov" → the field is no name, the
        person is."""
        post = self.lower[index - 1]
        if (
            index + 1 >= len(self.doc)
            or self.lower[index] not in {"of", "for", "in"}
            or post not in self.words.field_posts
        ):
            return
        start = index + 1 + (self.lower[index + 1] == "the")
        end = self._field_end(start)
        if end == start or (end < len(self.doc) and self._heads_organisation(end)):
            return
        yield Name(start, end, None)
        if end < len(self.doc) and self.named[end]:
            yield from self._post_holder(end, self._run_end(end))

    def _post_holder(self, start: int, end: int) -> Iterator[Name]:
        """The run after a post and its field: "Minister of Health | Ann Lee" is a PER, whatever the model says."""
        if self._head_kind(start, end) is None and end - start <= LONGEST_PERSON and self._unknown(start, end):
            yield Name(start, end, "PER")
        else:
            yield from self._run(start, end)

    def _unknown(self, start: int, end: int) -> bool:
        """Whether no place, title or organisation is in a run."""
        if place_kind(self.doc[start:end].text) or self._person_after_place(start, end) > start:
            return False
        sure = end - start == 1 or self.tokens[start].text in self.words.well_known
        body = sure and any(self.model[index] == "ORG" for index in range(start, end))
        return not body and not any(self._is_title(index, end) for index in range(start, end))

    def _heads_organisation(self, index: int) -> bool:
        return self.named[index] and self.lower[index] in self.words.organisation_heads

    def _complete(self, start: int, end: int, extend: bool = True) -> Name:
        """A piece of a run → the whole name with its complements, typed."""
        end = self._base_end(start, end) if extend else end
        whole = self._extended(end) if extend else end
        start = self._without_demonym(start, end, whole)
        label, sure = self._label(start, end, whole)
        if label == "ORG" and start > 1 and self.tokens[start - 1].text == "The" and not self.headline:
            article = self.tokens[start - 1]
            start -= int(not self._starts(article) and not self._opens_quote(article))
        whole += self._region_word(start, whole)
        start = self._with_particle(start)
        return Name(start, whole, label, sure)

    def _with_model(self, names: list[Name]) -> list[Name]:
        """The model's entities, except where the words make a name sure: there the words say how far it goes.

        Where the model sees no name at all, only what `_fills` accepts is added.
        """
        marked = {index for ent in self.doc.ents for index in range(ent.start, ent.end)}
        sure = [name for name in names if name.sure and (self._overlaps(name, marked) or self._fills(name))]
        taken = {index for name in sure for index in range(name.start, name.end)}
        entities = [Name(*self._trimmed(ent), ent.label_) for ent in self.doc.ents]
        left = [name for name in entities if name.start < name.end and not self._overlaps(name, taken)]
        return sorted((name for name in [*sure, *left] if name.label), key=lambda name: name.start)

    def _overlaps(self, name: Name, taken: set[int]) -> bool:
        return not taken.isdisjoint(range(name.start, name.end))

    def _fills(self, name: Name) -> bool:
        """Whether a name stands although the model sees none: well known, in brackets, long, before a class noun."""
        known = self.doc[name.start : name.end].text in self.words.well_known
        introduced = self._introduces(name.start, name.end) is not None
        long = name.label == "ORG" and name.end - name.start >= _LONG_NAME
        return known or introduced or long or self._before_class_noun(name.start, name.end)

    def _trimmed(self, ent: Span) -> tuple[int, int]:
        """An entity of the model without articles and titles before it; nothing of nationality words alone."""
        start, end = ent.start, ent.end
        while start < end and (self.lower[start] in _ARTICLES or self.lower[start] in self.words.titles):
            start += 1
        if all(is_demonym(token.text) for token in self.tokens[start:end]):
            return start, start
        return start, end
