"""Where a name ends: complements after "of" and "for", shared heads, regions, particles."""

from __future__ import annotations

from coopex.annotate.name_tokens import ACRONYM, NameTokens
from coopex.annotate.name_words import is_demonym, place_kind

_LONGEST_PART = 4  # words of one field in a list: "Land Reform", "Intelligent Transport Systems"


class NameExtent(NameTokens):
    """Carries runs of name tokens over the small words inside names."""

    def _extended(self, end: int) -> int:
        """Carry a name over "of" and "for": Institute | for Nuclear Research | of the Academy of Sciences."""
        head = self.lower[end - 1]
        takes = self.words.takes_complement(head) or head in self.words.other_heads - self.words.loose_heads
        if not takes:
            return end
        whole = end
        while (following := self._complement_end(whole, first=whole == end)) > whole:
            whole = following
        return self._under_end(whole)

    def _under_end(self, end: int) -> int:
        """ "Agency for Strategic Reforms | under the President of Uzbekistan": whom the body is answerable to."""
        if self.lower[end : end + 2] != ["under", "the"] or end + 2 >= len(self.doc) or not self.named[end + 2]:
            return end
        if self.lower[end + 2] not in self.words.superiors:
            return end
        run = self._run_end(end + 2)
        whole = self._complement_end(run, first=True)
        return max(run, whole)

    def _listed_end(self, start: int, head: str) -> int:
        """ "Ministry of | Roads, Bridges and Urban Transport": the end of three fields or more; `start` if none.

        One part may be a word that is no known field; places, people, bodies and acronyms are no part of a list.
        """
        if head not in self.words.listing_heads:
            return start
        end, parts = start, 0
        unsure = 0
        while end < len(self.doc) and self.named[end]:
            last = self._part_end(end)
            if last == end:
                return start
            unsure += not self._is_field(last - 1)
            parts += 1
            end = last
            step, closes = self._list_joint(end)
            if not step:
                break
            end += step
            if closes:
                last = self._part_end(end)
                fits = last > end and parts > 1 and unsure + (not self._is_field(last - 1)) < 2
                return last if fits else start
        return start

    def _list_joint(self, index: int) -> tuple[int, bool]:
        """Tokens of the joint at ``index``, and whether it is the last: "," → (1, no), ", and" → (2, yes)."""
        lower = [*self.lower[index : index + 2], "", ""]
        if lower[0] in {"and", "&"}:
            return 1, True
        if lower[0] == ",":
            return (2, True) if lower[1] in {"and", "&"} else (1, False)
        return 0, False

    def _part_end(self, start: int) -> int:
        """End of one field of a list of capitalised words: "Urban Transport"; `start` for what is a name itself."""
        end = start
        while end < len(self.doc) and self.named[end] and end - start < _LONGEST_PART:
            token = self.tokens[end]
            body = self._completed(end + 1) or token.text in self.words.well_known
            if body or ACRONYM.match(token.text) or place_kind(token.text):
                return start
            if end > start and self._is_field(end - 1) and not self._is_field(end):
                break
            end += 1
        known = end > start and self._is_field(end - 1)
        return end if known or not {"PER", "LOC"} & set(self.model[start:end]) else start

    def _base_end(self, start: int, end: int) -> int:
        """ "Laser | and Welding Laboratory": field words before "and" share the head after it."""
        if end + 1 >= len(self.doc) or self.lower[end] not in {"and", "&", ","} or not self.named[end + 1]:
            return end
        if not self._is_field(end - 1) or self._head_kind(start, end) == "LOC" or not self._is_field(end + 1):
            return end
        fields = self._field_end(end - 1)
        later = self._run_end(fields) if fields < len(self.doc) else fields
        head = self.lower[later - 1]
        shared = head in self.words.organisation_heads or head in self.words.other_heads
        return later if shared and later > end + 2 else end

    def _complement_end(self, end: int, first: bool) -> int:
        """End of the complement that starts with "of" or "for" at ``end``; ``end`` itself when there is
        none."""
        if end + 1 >= len(self.doc) or self.lower[end] not in {"of", "for", "on"}:
            return end
        if self.lower[end] == "on" and not self._is_field(end + 1):
            return end
        start = end + 1 + (self.lower[end + 1] == "the")
        if start >= len(self.doc):
            return end
        if first and (listed := self._listed_end(start, self.lower[end - 1])) > start:
            return listed
        fields = self._field_end(start)
        if fields > start:
            run = self._run_end(fields) if fields < len(self.doc) and self._runs_on(fields) else fields
            run = run if self._goes_with(fields, run, start) else fields
            return self._and_field(run)
        if not self.named[start] or self._is_title(start, self._run_end(start)):
            return end
        run = self._cut_at_person(start, self._run_end(start))
        if first or self._may_own(start, run) or self._specifies(end, start):
            return run
        return end

    def _goes_with(self, fields: int, run: int, start: int) -> bool:
        """Whether words after the fields belong to the name: International | Market Research."""
        one_more = run == fields + 1 or self._is_field(run - 1)
        return one_more or bool(self._head_kind(start, run)) or self._loud(fields, run)

    def _loud(self, start: int, end: int) -> bool:
        """Whether acronyms close a name: Institute of Control Processes | FEB RAS."""
        return all(ACRONYM.match(token.text) for token in self.tokens[start:end])

    def _and_field(self, end: int) -> int:
        """ "Soil Fertilizers | and Water-Saving Agriculture": one more part that ends in a field word."""
        if end + 1 >= len(self.doc) or self.lower[end] not in {"and", "&"} or not self.named[end + 1]:
            return end
        run = self._run_end(end + 1)
        while run > end + 2 and ACRONYM.match(self.tokens[run - 1].text):
            run -= 1
        more = (self._is_field(run - 1) or self._loud(end + 1, run)) and not any(
            self.model[index] in {"PER", "LOC"} for index in range(end, run)
        )
        return self._run_end(end + 1) if more and self._head_kind(end + 1, run) is None else end

    def _runs_on(self, index: int) -> bool:
        return self.named[index] and self.model[index] != "PER" and self.lower[index] not in self.words.titles

    def _cut_at_person(self, start: int, end: int) -> int:
        """Stop a complement before a post or a person: "Embassy of China | Ambassador Li"."""
        for index in range(start + 1, end):
            if self.lower[index] in self.words.strong_titles:
                return index
            if self.model[index] == "PER" and self.model[start] != "PER" and self.tokens[index].ent_iob_ == "B":
                return index
        return end

    def _specifies(self, end: int, start: int) -> bool:
        """Whether "of" goes on from a field: Centre for Control | of Iodine Deficiency Disorders."""
        return start == end + 1 and self._is_field(end - 1) and self.model[start] not in {"PER", "LOC"}

    def _may_own(self, start: int, end: int) -> bool:
        """Whether a second "of" may go on: to a place, or to a body such as an academy or ministry."""
        text = self.doc[start:end].text
        return bool(place_kind(text)) or self.model[start] == "LOC" or self._head_kind(start, end) in {"ORG", "LOC"}

    def _region_word(self, start: int, end: int) -> int:
        """ "Novosibirsk | region" → 1 where the gazetteer knows the two words as a region, else 0."""
        if end >= len(self.doc) or self.lower[end] not in self.words.place_nouns:
            return 0
        return int(place_kind(self.doc[start : end + 1].text) == "region")

    def _without_demonym(self, start: int, end: int, whole: int) -> int:
        """ "Chinese Huawei" → "Huawei"; "Chinese Academy of Sciences" stays."""
        kind = self._head_kind(start, end)
        while end - start > 1 and kind is None and is_demonym(self.tokens[start].text):
            following = self.tokens[start + 1]
            if following.text == "-" or following.ent_iob_ == "I" or place_kind(self.doc[start:whole].text):
                break
            start += 1
        return start

    def _with_particle(self, start: int) -> int:
        """Take "bin" or "al-" before a name in, where the model does so too."""
        first = start
        while (
            first > 0
            and self.tokens[first].ent_iob_ == "I"
            and (self.lower[first - 1] == "-" or self.lower[first - 1] in self.words.particles)
        ):
            first -= 1
        return first if self.tokens[first].ent_iob_ == "B" else start
