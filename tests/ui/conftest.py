"""A screen with every widget, and the means to draw it and to send it events; under the dummy video driver."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pygame
import pytest

from game.core.scenario import Scenario
from game.files.scenarios import bundled
from game.ui import theme
from game.ui.kit import (
    Appearance,
    Assets,
    Band,
    Button,
    Card,
    CardFace,
    Cell,
    Checkbox,
    Column,
    DivergingMeter,
    Dropdown,
    Flag,
    Icon,
    KeyHints,
    Kit,
    Label,
    LineChart,
    ListView,
    MenuButton,
    Meter,
    NumberRange,
    Panel,
    PipRow,
    Plot,
    RichText,
    Screen,
    ScrollView,
    Series,
    Slider,
    Span,
    Stepper,
    Table,
    Tabs,
    Term,
    TextField,
    Threshold,
    Tip,
    columns,
    even_rows,
    plain,
    rows,
)
from game.ui.theme import Layout, layout_for
from tests.ui.board import Board

ASSETS = Path(__file__).resolve().parents[2] / "assets"

ISLANDING = Tip(
    "Grid islanding", plain("A fab that makes its own power when the grid fails."), source="Invented example"
)
COVER = Tip(
    "Gallium cover",
    (
        Span("Quarters of use in stock. Below the required mark fabs idle; "),
        Span("islanding", tip=ISLANDING),
        Span(" does not help."),
    ),
    terms=(Term("In stock", "8.4 t"), Term("Used each quarter", "4.0 t"), Term("Cover", "2.1 q", theme.WARN)),
    source="Table 3, invented for the gallery",
)
BLOCKED = Tip("Second 2 nm line", blocked="Needs 3 political capital; you have 2. Wait a quarter or drop an order.")

STOCKS = (
    ("Gallium", 0.42, theme.WARN, "2.1 q", "61%"),
    ("Heavy rare earths", 0.12, theme.BAD, "0.7 q", "92%"),
    ("Light rare earths", 0.55, theme.GOOD, "3.2 q", "67%"),
    ("High-purity silicon", 0.83, theme.GOOD, "5.0 q", "12%"),
)
CARDS = (
    CardFace("Gallium recovery plant", "Kunitomi, from zinc residue", "pickaxe", theme.WARN, "$2.4 bn", "5 q"),
    CardFace("Second 2 nm line", "Rapidus IIM-2, Chitose", "factory", theme.CHIP, "$9.8 bn", "9 q"),
    CardFace("Silicon Visa intake", "1,500 process engineers", "graduation-cap", theme.PAX, "$0.3 bn", "2 q"),
    CardFace("SMR for Hokkaido", "600 MW beside the fab", "atom", theme.GOOD, "$3.1 bn", "12 q"),
    CardFace("Match export rules", "From next quarter", flag="IND", key="2", under_figure="Relations +14"),
)
NEWS = (
    Span("China", "body_medium", theme.PRC),
    Span(" puts germanium under licence for all buyers in the "),
    Span("Netherlands", "body_medium", theme.PAX, Tip("Netherlands", plain("Home of the scanner maker."))),
    Span(". Spot price up 18%."),
)
PLOT = Plot(
    tuple(f"Q{n % 4 + 1} {27 + n // 4}" for n in range(10)),
    (
        Series("With order", (2.1, 2.0, 1.9, 1.95, 2.0, 2.1, 2.2, 2.3, 2.5, 2.6), theme.PAX),
        Series("Without", (2.1, 2.0, 1.9, 1.9, 1.85, 1.8, 1.75, 1.7, 1.65, 1.6), theme.NEUTRAL, dashed=True),
    ),
    (Band((2.1, 1.8, 1.6, 1.5, 1.5, 1.6, 1.6, 1.7, 1.7, 1.8), (2.1, 2.4, 2.6, 2.7, 2.8, 3.0, 3.2, 3.5, 3.8, 4.0)),),
    Threshold(1.0, "Fabs idle below 1 quarter", danger=True),
    shown=lambda value: f"{value:.1f} q",
    low=0.0,
)
HISTORY = Plot(
    PLOT.positions, tuple(Series(s.name, s.values, s.colour, s.dashed, filled=not s.dashed) for s in PLOT.series)
)
TABLE_COLUMNS = (
    Column("Place", 2.0),
    Column("Node", 0.9, tip=COVER),
    Column("Starts", 1.2, figures=True),
    Column("Yield", 1.0, figures=True),
)
TABLE_ROWS = tuple(
    (
        Cell(place, flag=code),
        Cell(f"{2 + n} nm", 2.0 + n),
        Cell(f"{70 - 7 * n}", 70.0 - 7 * n),
        Cell(f"{54 + 4 * n}%", 54.0 + 4 * n),
    )
    for n, (place, code) in enumerate(
        (
            ("Japan", "JPN"),
            ("South Korea", "KOR"),
            ("Taiwan", "TWN"),
            ("Netherlands", "NLD"),
            ("United States", "USA"),
            ("China", "CHN"),
            ("India", "IND"),
            ("Singapore", "SGP"),
            ("Germany", "DEU"),
            ("Israel", "ISR"),
        )
    )
)


class Gallery(Screen):
    """Every widget of the kit once; `log` holds what its controls reported."""

    keys = (("G", "Do nothing"),)

    def __init__(self) -> None:
        super().__init__()
        self.log: list[object] = []

    def build(self, layout: Layout) -> None:
        whole = pygame.Rect(
            layout.margin, layout.margin, layout.width - 2 * layout.margin, layout.height - 2 * layout.margin
        )
        left, middle, right = columns(whole, (layout.left_panel, 1.0, layout.right_panel), layout.gutter)
        self._left(left)
        upper, lower = rows(middle, (0.5, 0.5), layout.gutter)
        self._charts(columns(upper, (0.58, 0.42), layout.gutter))
        self._lists(columns(lower, (0.55, 0.45), layout.gutter))
        self._orders(right)

    def _say(self, what: str) -> Callable[..., None]:
        return lambda *values: self.log.append((what, *values))

    def _left(self, rect: pygame.Rect) -> None:
        panel = self.add(Panel(rect))
        x, w = rect.x + 14, rect.w - 28
        panel.add(Flag(pygame.Rect(x, rect.y + 14, 48, 48), "JPN", theme.PAX))
        panel.add(Label(pygame.Rect(x + 60, rect.y + 10, w - 60, 36), "Japan", "nation"))
        panel.add(Label(pygame.Rect(x + 60, rect.y + 42, w - 60, 20), "Founder. You lead.", "body", theme.TEXT_2))
        panel.add(Label(pygame.Rect(x, rect.y + 76, w, 24), "Strategic stocks", "section"))
        for row, (name, value, colour, cover, share) in zip(
            even_rows(pygame.Rect(x, rect.y + 102, w, 116), 4, 26, 32), STOCKS, strict=True
        ):
            name_room, bar, cover_room, share_room = columns(row, (122, 1.0, 40, 36), 4)
            panel.add(Label(name_room, name))
            panel.add(Meter(bar, value, colour, required=0.33, tip=COVER, name=f"meter {name}"))
            panel.add(Label(cover_room, cover, "figure", colour, align="right", tip=COVER))
            panel.add(Label(share_room, share, "figure", theme.TEXT_2, align="right"))
        y = rect.y + 228
        panel.add(Meter(pygame.Rect(x, y, w, 12), 0.46, theme.PAX, ahead=0.08, thickness=8))
        panel.add(Meter(pygame.Rect(x, y + 16, w, 12), 0.41, theme.PRC, ahead=0.05, from_right=True, thickness=8))
        panel.add(DivergingMeter(pygame.Rect(x, y + 36, w, 14), -0.4))
        panel.add(DivergingMeter(pygame.Rect(x, y + 56, w, 14), 0.7))
        self._fields(panel, x, y + 84, w)

    def _fields(self, panel: Panel, x: int, y: int, w: int) -> None:
        panel.add(
            TextField(
                pygame.Rect(x, y, w, 34),
                self._say("typed"),
                hint="Search dispatches",
                icon="search",
                on_enter=self._say("entered"),
                name="search",
            )
        )
        panel.add(
            Dropdown(
                pygame.Rect(x, y + 44, w, 34),
                ("All quarters", "This quarter", "Pinned", "From allies"),
                self._say("filter"),
                name="filter",
            )
        )
        panel.add(Checkbox(pygame.Rect(x, y + 86, w, 30), "Reduce motion", False, self._say("motion")))
        panel.add(Checkbox(pygame.Rect(x, y + 116, w, 30), "High contrast", True, self._say("contrast")))
        panel.add(Stepper(pygame.Rect(x, y + 152, w, 34), "Quarters", NumberRange(1, 12), 4, self._say("quarters")))
        panel.add(
            MenuButton(
                pygame.Rect(x - 6, y + 198, w + 12, 48),
                "Continue",
                "Japan, Q3 2027",
                self._say("continue"),
                primary=True,
            )
        )
        panel.add(
            MenuButton(pygame.Rect(x - 6, y + 248, w + 12, 44), "Replays", "Step through a game", self._say("replays"))
        )

    def _charts(self, rects: list[pygame.Rect]) -> None:
        for rect, title, plot, ends in ((rects[0], "What if", PLOT, True), (rects[1], "History", HISTORY, False)):
            panel = self.add(Panel(rect, title, "Gallium cover, in quarters of use"))
            panel.add(LineChart(panel.body, plot, names_at_end=ends, name=title))

    def _lists(self, rects: list[pygame.Rect]) -> None:
        panel = self.add(Panel(rects[0], "Fab ledger"))
        panel.add(Table(panel.body, TABLE_COLUMNS, TABLE_ROWS, self._say("row"), sorted_by=2, descending=True))
        news = self.add(Panel(rects[1], "Dispatches"))
        view = news.add(ScrollView(news.body, name="news"))
        y = news.body.y
        for number in range(6):
            width = view.content_width - 30
            height = RichText.height_for(self.kit, NEWS, width)
            view.add(Icon(pygame.Rect(news.body.x, y, 18, 19), "shield-alert", theme.BAD))
            view.add(RichText(pygame.Rect(news.body.x + 28, y, width, height), NEWS, name=f"news {number}"))
            y += height + 12

    def _orders(self, rect: pygame.Rect) -> None:
        panel = self.add(Panel(rect))
        x, w = rect.x + 12, rect.w - 24
        panel.add(Label(pygame.Rect(x + 4, rect.y + 12, 120, 32), "Orders", "panel"))
        panel.add(
            Label(
                pygame.Rect(x + 110, rect.y + 12, w - 110 - PipRow.width_for(4) - 12, 32),
                "3 left",
                "body",
                theme.TEXT_2,
                align="right",
            )
        )
        panel.add(PipRow(pygame.Rect(x, rect.y + 12, w - 4, 32), 3, 4, name="capital", tip=COVER))
        panel.add(
            Tabs(
                pygame.Rect(x, rect.y + 50, w, 36),
                ("Invest", "Research", "Controls", "State"),
                self._say("tab"),
                name="tabs",
            )
        )
        bottom = rect.bottom - 330
        cards = panel.add(ListView(pygame.Rect(x, rect.y + 94, w, bottom - rect.y - 100), name="cards"))
        for number, face in enumerate(CARDS):
            cards.append(56, partial(self._card, number, face))
        self._amounts(panel, x, bottom, w)
        self._buttons(panel, x, bottom + 146, w)

    def _amounts(self, panel: Panel, x: int, bottom: int, w: int) -> None:
        money = NumberRange(0, 6, 0.1, lambda value: f"${value:.1f} bn")
        panel.add(Slider(pygame.Rect(x, bottom, w, 40), "Public money", money, 2.4, self._say("money")))
        panel.add(
            Slider(
                pygame.Rect(x, bottom + 46, w, 40),
                "Output promised to allies",
                NumberRange(0, 100, 5),
                40,
                self._say("promised"),
                colour=theme.GOOD,
            )
        )
        panel.add(
            Tabs(
                pygame.Rect(x, bottom + 96, w, 36),
                ("Alliances", "Chips", "Minerals", "Energy"),
                self._say("lens"),
                segmented=True,
                name="lens",
            )
        )

    def _card(self, number: int, face: CardFace, row: pygame.Rect) -> Card:
        tip = BLOCKED if number == 1 else None
        return Card(row, face, self._say(face.title), selected=number == 0, tip=tip)

    def _buttons(self, panel: Panel, x: int, y: int, w: int) -> None:
        first, second, third = columns(pygame.Rect(x, y, w, 34), (0.5, 0.5, 34), 10)
        panel.add(Button(first, "Give order", self._say("order")))
        panel.add(Button(second, "Walk away", self._say("away"), kind="ghost"))
        panel.add(Button(third, "", self._say("settings"), kind="icon", icon="settings", name="settings"))
        half, other = columns(pygame.Rect(x, y + 44, w, 34), (0.5, 0.5), 10)
        panel.add(Button(half, "Add a clause", self._say("clause"), kind="ghost", icon="plus"))
        panel.add(Button(other, "Blocked", self._say("never"), tip=BLOCKED))
        panel.add(KeyHints(pygame.Rect(x, y + 86, w, 28), (("Tab", "next"), ("T", "explain"), ("?", "keys"))))
        panel.add(Button(pygame.Rect(x, y + 124, w, 48), "End quarter", self._say("end"), kind="primary"))


@pytest.fixture(scope="session")
def display() -> Iterator[None]:
    """Pygame with a window of the dummy driver."""
    pygame.init()
    pygame.display.set_mode((1280, 720))
    yield
    pygame.quit()


@pytest.fixture
def kit_at(display: None) -> Callable[..., Kit]:
    """Make a kit at a scale."""
    if not pygame.display.get_init() or pygame.display.get_surface() is None:
        pygame.init()
        pygame.display.set_mode((1280, 720))
    assets = Assets(ASSETS)
    return lambda scale=1.0, **looks: Kit(assets, Appearance(scale, **looks))


@pytest.fixture
def gallery_at(kit_at: Callable[..., Kit]) -> Callable[..., Gallery]:
    """Make a gallery for a window of some size and scale."""

    def make(size: tuple[int, int] = (1600, 900), scale: float = 1.0, **looks: bool) -> Gallery:
        gallery = Gallery()
        gallery.rebuild(kit_at(scale, **looks), layout_for(*size, scale))
        return gallery

    return make


@pytest.fixture
def gallery(gallery_at: Callable[..., Gallery]) -> Gallery:
    """A gallery at 1600x900."""
    return gallery_at()


@pytest.fixture
def new_gallery() -> type[Gallery]:
    """The class of the gallery, for tests that need an app."""
    return Gallery


@pytest.fixture
def assets_folder() -> Path:
    """The asset folder of the checkout."""
    return ASSETS


@pytest.fixture(scope="session")
def scenario() -> Scenario:
    """The standard scenario."""
    return bundled("pax_silica_2026")


@pytest.fixture
def board_at(scenario: Scenario, assets_folder: Path, tmp_path: Path, display: None) -> Iterator[Callable[..., Board]]:
    """Makes the main screen of a seat after some quarters: `board_at("CHN", quarters=2)`."""
    made: list[Board] = []

    def make(seat: str = "JPN", quarters: int = 0) -> Board:
        made.append(Board(scenario, assets_folder, tmp_path, seat, quarters))
        return made[-1]

    yield make
    for board in made:
        board.app.background.stop()


@pytest.fixture
def board(board_at: Callable[..., Board]) -> Board:
    """The main screen of Japan before its first order."""
    return board_at()
