"""Build the fonts, icons, flags and map under ``assets/`` from published packages.

The game ships the built files; this script is only needed to change them. Run it from the project's top folder::

    npm install --prefix build_input inter-ui@4.1.1 @fontsource/barlow-condensed@5.3.0 \\
        lucide-static@1.62.0 circle-flags@2.8.3 world-atlas@2.0.2
    pip install "fonttools>=4.60" "brotli>=1.1" "resvg-py>=0.5" "numpy>=2"
    python assets/build_assets.py build_input/node_modules

The same versions give the same files.
"""

import argparse
import shutil
from pathlib import Path

import resvg_py
from build_map import build_map
from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

ASSETS = Path(__file__).resolve().parent
PICTURE_PX = 96

# Latin, Latin-1, Latin Extended-A, the Greek letters used in units; punctuation, super- and subscripts, currency,
# letterlike signs, fractions, arrows, mathematical signs, and shapes used as marks.
CODE_POINTS = frozenset(
    [
        *range(0x20, 0x7F),
        *range(0xA0, 0x180),
        0x18F,
        *range(0x218, 0x21C),
        *(0x2C6, 0x2C7, 0x2D8, 0x2D9, 0x2DA, 0x2DB, 0x2DC, 0x2DD, 0x394, 0x3A9, 0x3BC, 0x3C0, 0x3C3),
        *range(0x2000, 0x2070),
        *range(0x2070, 0x20C1),
        *(0x2113, 0x2116, 0x2122, 0x2126, 0x212E, 0x215B, 0x215C, 0x215D, 0x215E),
        *range(0x2190, 0x219A),
        *(0x21A9, 0x21AA, 0x21BA, 0x21BB, 0x21C4, 0x21D2),
        *(0x2202, 0x2206, 0x220F, 0x2211, 0x2212, 0x2215, 0x2219, 0x221A, 0x221E, 0x222B),
        *(0x2248, 0x2260, 0x2264, 0x2265, 0x25A0, 0x25B2, 0x25B6, 0x25BC, 0x25C0, 0x25CA, 0x25CF),
        *(0x2605, 0x2713, 0x2717),
    ]
)

INTER_WEIGHTS = ("Regular", "Medium", "SemiBold", "Bold")
DIGITS = "0123456789"
FIGURE_WEIGHTS = ("Medium", "SemiBold", "Bold")
BARLOW_WEIGHTS = {"SemiBold": 600, "Bold": 700}

ICONS = (ASSETS / "icons" / "names.txt").read_text(encoding="utf-8").split()

# ISO 3166 alpha-3 (EUU: the European Union, as in UN and WTO tables) -> name in circle-flags.
FLAGS = {
    "ARE": "ae", "AUS": "au", "BRA": "br", "CAN": "ca", "CHL": "cl", "CHN": "cn", "COD": "cd", "EUU": "european_union",
    "FIN": "fi", "FRA": "fr", "DEU": "de", "GBR": "gb", "IDN": "id", "IND": "in", "ISR": "il", "JPN": "jp", "KAZ": "kz",
    "KOR": "kr", "MEX": "mx", "MYS": "my", "NLD": "nl", "NOR": "no", "PHL": "ph", "QAT": "qa", "RUS": "ru", "SAU": "sa",
    "SGP": "sg", "SWE": "se", "THA": "th", "TUR": "tr", "TWN": "tw", "UKR": "ua", "USA": "us", "VNM": "vn",
    "ZAF": "za", "UN": "un",
}  # fmt: skip


def subset_font(font: TTFont) -> TTFont:
    """Drop every glyph the game's languages do not use and the features pygame cannot switch on."""
    options = Options()
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    options.hinting = False
    options.glyph_names = False
    options.notdef_outline = True
    cutter = Subsetter(options)
    cutter.populate(unicodes=CODE_POINTS)
    cutter.subset(font)
    font["head"].modified = font["head"].created
    font.flavor = None
    font.recalcTimestamp = False
    return font


def freeze_tabular_digits(font: TTFont) -> None:
    """Map each digit straight to its tabular form, since pygame cannot ask a font for the `tnum` feature.

    Signs and separators keep their own width: columns still line up, and `1,284` shows no gaps.
    """
    gsub = font["GSUB"].table
    lookups = {
        index
        for record in gsub.FeatureList.FeatureRecord
        if record.FeatureTag == "tnum"
        for index in record.Feature.LookupListIndex
    }
    tabular: dict[str, str] = {}
    for index in lookups:
        for table in gsub.LookupList.Lookup[index].SubTable:
            tabular.update(getattr(table, "ExtSubTable", table).mapping)
    for cmap in font["cmap"].tables:
        glyphs = {ord(digit): cmap.cmap[ord(digit)] for digit in DIGITS}
        # Tables may share one mapping, which then holds the tabular glyphs already.
        cmap.cmap.update({code: tabular.get(glyph, glyph) for code, glyph in glyphs.items()})


def rename_font(font: TTFont, old: str, new: str) -> None:
    """Give the altered cut a name of its own so that it never hides an installed font of the old name."""
    for record in font["name"].names:
        text = record.toUnicode()
        if record.nameID in (1, 3, 4, 16):
            record.string = text.replace(old, new)
        elif record.nameID == 6:
            record.string = text.replace(old, new.replace(" ", ""))


def build_fonts(packages: Path, out: Path) -> None:
    """Write the seven Inter cuts and the two Barlow Condensed cuts with their licences."""
    inter = packages / "inter-ui"
    for weight in INTER_WEIGHTS:
        subset_font(TTFont(inter / "web" / f"Inter-{weight}.woff2")).save(out / f"Inter-{weight}.ttf")
    for weight in FIGURE_WEIGHTS:
        font = TTFont(inter / "web" / f"Inter-{weight}.woff2")
        freeze_tabular_digits(font)
        rename_font(font, "Inter", "Inter Figures")
        subset_font(font).save(out / f"InterFigures-{weight}.ttf")
    shutil.copyfile(inter / "LICENSE.txt", out / "LICENSE-Inter.txt")

    barlow = packages / "@fontsource" / "barlow-condensed"
    for weight, number in BARLOW_WEIGHTS.items():
        build_barlow(barlow / "files", number, out / f"BarlowCondensed-{weight}.ttf")
    shutil.copyfile(barlow / "LICENSE", out / "LICENSE-BarlowCondensed.txt")


def build_barlow(files: Path, number: int, target: Path) -> None:
    """Join the package's Latin and Latin Extended pieces of one weight into one font file."""
    pieces = []
    for script in ("latin", "latin-ext"):
        font = TTFont(files / f"barlow-condensed-{script}-{number}-normal.woff2")
        font.flavor = None
        piece = target.with_suffix(f".{script}.part")
        font.save(piece)
        pieces.append(piece)
    try:
        whole = Merger().merge([str(piece) for piece in pieces])
        whole["head"].created = TTFont(pieces[0])["head"].created
        subset_font(whole).save(target)
    finally:
        for piece in pieces:
            piece.unlink()


def rasterise(svg: str, target: Path) -> None:
    """Draw one square SVG as a PNG with transparency."""
    target.write_bytes(resvg_py.svg_to_bytes(svg_string=svg, width=PICTURE_PX, height=PICTURE_PX))


def build_icons(packages: Path, out: Path) -> None:
    """Draw the icons white, so that the game can tint them by multiplication."""
    source = packages / "lucide-static"
    for name in ICONS:
        svg = (source / "icons" / f"{name}.svg").read_text(encoding="utf-8")
        rasterise(svg.replace("currentColor", "#ffffff"), out / f"{name}.png")
    shutil.copyfile(source / "LICENSE", out / "LICENSE.txt")


def build_flags(packages: Path, out: Path) -> None:
    """Draw the round flags."""
    source = packages / "circle-flags"
    for code, name in FLAGS.items():
        rasterise((source / "flags" / f"{name}.svg").read_text(encoding="utf-8"), out / f"{code}.png")
    shutil.copyfile(source / "LICENSE.md", out / "LICENSE.md")


def main() -> None:
    """Read the package folder from the command line and rebuild everything."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("packages", type=Path, help="the node_modules folder made by npm install")
    packages = parser.parse_args().packages
    for folder in ("fonts", "icons", "flags", "map"):
        (ASSETS / folder).mkdir(exist_ok=True)
    build_fonts(packages, ASSETS / "fonts")
    build_icons(packages, ASSETS / "icons")
    build_flags(packages, ASSETS / "flags")
    build_map(packages / "world-atlas", ASSETS / "map")


if __name__ == "__main__":
    main()
