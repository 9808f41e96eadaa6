"""Places in two languages: ``gazetteer().place("Пекине", "ru")`` → ``Place("Пекин", "city", "CN", …)``."""

from coopex.gazetteer.lookup import Gazetteer, gazetteer
from coopex.gazetteer.tables import Place

__all__ = ["Gazetteer", "Place", "gazetteer"]
