"""Technology areas: terms in English and Russian, found in annotated text and weighed per text.

    find_terms(doc)          "a warehouse robot" -> [TermMatch(id="logistics_robotics", ...)]
    in_body_name(doc, match) "the Ministry of Energy" -> True
    select_areas(blocks)     a whole text -> [AreaMention(id="lasers", role="showcased", ...)]

The taxonomy itself is `coopex.records.TAXONOMY`.
"""

from coopex.technology.areas import AreaMention, select_areas, weigh_areas
from coopex.technology.bodies import in_body_name
from coopex.technology.features import EventPlaces
from coopex.technology.matcher import TermMatch, find_terms

__all__ = ["AreaMention", "EventPlaces", "TermMatch", "find_terms", "in_body_name", "select_areas", "weigh_areas"]
