"""Where the game's places lie on the map, and the countries each of them stands for.

Nodes are chosen to be readable, not to be capitals: the European Union's stands south-east of the Netherlands', and
Malaysia's beside Penang, where its chip industry is. Country numbers are ISO 3166-1 numeric.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from game.ui.map.model import MapPlace

# The 27 member states without the Netherlands (528), which holds a seat of its own; 248 is Åland, a part of Finland.
EU_MEMBERS: Final = (
    40, 56, 100, 191, 196, 203, 208, 233, 246, 250, 276, 300, 348, 372, 380, 428, 440, 442, 470, 616, 620, 642, 703,
    705, 724, 752, 248,
)  # fmt: skip

PLACES: Final = (
    MapPlace("USA", "United States", -98.0, 39.5, (840, 630, 850), "USA"),
    MapPlace("CHN", "China", 108.0, 33.0, (156, 344, 446), "CHN"),
    MapPlace("JPN", "Japan", 138.4, 36.4, (392,), "JPN"),
    MapPlace("KOR", "South Korea", 127.8, 36.6, (410,), "KOR"),
    MapPlace("TWN", "Taiwan", 121.0, 23.8, (158,), "TWN"),
    MapPlace("NLD", "Netherlands", 5.4, 52.2, (528,), "NLD"),
    MapPlace("EUU", "EU", 14.0, 47.5, EU_MEMBERS, "EUU"),
    MapPlace("IND", "India", 78.5, 22.0, (356,), "IND"),
    MapPlace("AUS", "Australia", 134.5, -25.5, (36,), "AUS"),
    MapPlace("CAN", "Canada", -106.0, 57.0, (124,), "CAN"),
    MapPlace("GBR", "United Kingdom", -2.0, 54.2, (826, 831, 832, 833), "GBR"),
    MapPlace("SGP", "Singapore", 103.8, 1.35, (702,), "SGP"),
    MapPlace("ISR", "Israel", 34.9, 31.6, (376,), "ISR"),
    MapPlace("ARE", "UAE", 54.4, 23.9, (784,), "ARE"),
    MapPlace("BRA", "Brazil", -53.0, -11.0, (76,), "BRA"),
    MapPlace("MYS", "Malaysia", 100.6, 5.4, (458,), "MYS"),
    MapPlace("RUS", "Russia", 92.0, 61.0, (643,), "RUS"),
    MapPlace("CAS", "Central Asia", 67.5, 47.5, (398, 417, 762, 795, 860), "KAZ"),
    MapPlace("CAF", "Central Africa", 24.0, -5.0, (24, 108, 120, 140, 178, 180, 226, 266, 646, 800, 894), "COD"),
    MapPlace("SEA", "South-East Asia", 113.5, -1.0, (96, 104, 116, 360, 418, 608, 626, 704, 764), "IDN"),
    MapPlace("GLF", "Gulf", 44.5, 24.5, (48, 364, 368, 414, 512, 634, 682), "SAU"),
    MapPlace("ROW", "Rest of world", 25.0, -30.0, (), "UN"),
)

PLACE_BY_CODE: Final = MappingProxyType({place.code: place for place in PLACES})
