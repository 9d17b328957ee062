"""How the game names goods, gates and places in a sentence, and how it says amounts."""

from __future__ import annotations

from collections.abc import Callable

GOOD_NAMES = {
    "light_ore": "light rare-earth ore", "heavy_ore": "heavy rare-earth ore", "gallium": "gallium",
    "germanium": "germanium", "ndpr": "NdPr", "dytb": "Dy/Tb", "silicon": "polysilicon", "tungsten": "tungsten",
    "fluorine": "hydrogen fluoride", "neon": "neon", "magnets": "magnets", "wafers": "silicon wafers",
    "resist": "photoresist", "quartz": "high-purity quartz", "process_tools": "process tools", "duv": "DUV scanners",
    "euv": "EUV scanners", "high_na": "High-NA scanners", "mature_chips": "mature chips",
    "leading_logic": "leading-edge logic", "hbm": "HBM", "accelerators": "accelerators", "cloud": "rented compute",
}  # fmt: skip
GATE_NAMES = {
    "silicon_wafers": "silicon wafers", "lithography": "lithography", "process_materials": "process materials",
    "minerals": "minerals", "logic_capacity": "logic capacity", "hbm": "HBM", "packaging": "packaging",
    "power": "electricity", "engineers": "engineers",
}  # fmt: skip
#: Places whose names take an article inside a sentence.
ARTICLED = {
    "United States", "Netherlands", "European Union", "United Kingdom", "United Arab Emirates", "Gulf",
}  # fmt: skip


def in_sentence(name: str) -> str:
    """Name of a place inside a sentence: 'the United States', 'Japan'."""
    return f"the {name}" if name in ARTICLED else "the rest of the world" if name == "Rest of the world" else name


def listed(names: list[str], most: int) -> str:
    """Names in a row, those beyond `most` counted: 'gallium, germanium and 2 more'."""
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]


def compute_words(thousand: float) -> str:
    """An amount of compute given in thousand H100e."""
    return f"{thousand / 1000:,.1f} million H100e" if thousand >= 1000 else f"{thousand:,.0f} thousand H100e"


#: Figures that would need more decimals than this say so in words.
SEEN = 0.00095


def million_words(value: float, figure: Callable[[float], str]) -> str:
    """USD m as `figure` writes them; what is too little to see is said in words: 'under $0.1 m'."""
    return "under $0.1 m" if 0.0 < abs(value) < 0.095 else f"${figure(value)} m"


def seen_amount(value: float, unit: str, figure: Callable[[float], str]) -> str:
    """An amount with its unit: '3.2 t', '11 kg'; what is too little to see is said in words: 'under 1 kg'."""
    size = abs(value)
    if unit == "t" and 0.0 < size < 0.0995:
        return f"{figure(value * 1000)} kg" if size >= 0.00095 else "under 1 kg"
    return f"under 0.01 {unit}" if 0.0 < size < 0.0095 else f"{figure(value)} {unit}"


def output_words(good: str, amount: float) -> str:
    """An amount of what a supplier makes, in the words of a newspaper."""
    name, least = GOOD_NAMES[good], f"{amount:,.3g}" if amount >= SEEN else "under 0.001"
    figure = f"{amount:,.0f}" if amount >= 100 else least
    if good == "resist":
        return f"{name} for {figure}% of what the world used at the opening"
    if good == "process_tools":
        return f"{name} for ${figure} m"
    if good in ("duv", "euv", "high_na"):
        return f"{figure} {name}"
    return f"{figure} thousand {name}" if good == "wafers" else f"{figure} t of {name}"


def capitalised(text: str) -> str:
    """The text with its first letter large: 'gallium' to 'Gallium', and 'Dy/Tb' as it is."""
    return text[:1].upper() + text[1:]
