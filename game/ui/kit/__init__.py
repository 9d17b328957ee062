"""The widget kit of the window. This page is all a screen author needs.

Coordinates are logical px everywhere (`pygame.Rect`, absolute on the screen); the kit turns them into window px. Events
reach widgets with logical positions.

Screens
    Subclass `Screen`; in `build(layout)` make widgets and `self.add` them. `build` runs again after every resize, every
    change of settings, and `self.refresh()`: keep state (chosen tab, scroll offset) in the screen, not in widgets; the
    focus returns to the widget of the same `name`. `layout` (`theme.Layout`) has width, height, compact, margin,
    gutter, padding, top_bar, left_panel, right_panel, bottom_strip.
    Override `on_event(event) -> bool` for keys of the screen, `keys` for the list behind `?`, `draw_below(canvas)` for
    a background (with `opaque = False` if it changes from frame to frame), `animating` (property) while it moves,
    `update(dt_ms)` for time, `go_back() -> bool` for Esc. `self.app` offers `push(screen)`, `pop()`, `replace(screen)`,
    `open_modal(modal)`, `toast(text, kind)`, `run_in_background(work, on_done, on_error)`, `settings`,
    `change_settings(settings)`, `quit()`. Change a widget through its properties (they mark it dirty) or call
    `widget.mark_dirty()`; nothing is redrawn otherwise.

Widgets (first argument always the rect; `name=` and mostly `tip=` at the end)
    Panel(rect, title, note) with `.body`; Label(rect, text, role, colour, align=, ellipsis=); RichText(rect, spans) and
    RichText.height_for(kit, spans, width); Icon; Flag(rect, iso3, ring); KeyHints(rect, [(key, meaning)]);
    Button(rect, text, on_press, kind="primary|secondary|ghost|icon", icon=) and Button.width_for; MenuButton;
    Tabs(rect, labels, on_change, chosen=, segmented=); Card(rect, CardFace(...), on_choose, selected=);
    ScrollView(rect) (`add` children at unscrolled places, `content_width`); ListView(rect, gap=) with
    `append(height, make)`; Table(rect, [Column], [[Cell]], on_choose, sorted_by=); Slider and Stepper(rect, label,
    NumberRange(low, high, step, shown), value, on_change); Checkbox(rect, label, checked, on_change);
    Dropdown(rect, options, on_change, chosen=, quiet=); TextField(rect, on_change, text=, hint=, icon=, on_enter=);
    Meter(rect, value, colour, ahead=, required=, from_right=); DivergingMeter(rect, value); PipRow(rect, left, total);
    LineChart(rect, Plot(positions, series, bands, threshold, shown), names_at_end=).
    An own widget subclasses `Widget` and overrides `draw_self(canvas)` and `handle(event) -> bool`; `Canvas` draws
    `box`, `text`, `lines`, `icon`, `flag`, `circle`, `horizontal`, `vertical`, `fill`, `focus_ring`.

Modals and notes
    Message(title, spans, [Answer(text, action, kind)]), error_message(title, explanation, details), KeyList; an own one
    subclasses `Modal` and overrides `body_height(width)` and `build_body(room)`, and calls `self.close()`.

Explanations
    Any widget takes `tip=Tip(title, body=spans, terms=(Term(name, figure),), source=, blocked=)`. It opens after a rest
    of 350 ms, T pins it, underlined runs (a `Span` or `Term` with a `tip` of its own) open the next. With `blocked` the
    control is dim, keeps the focus order and answers activation with the reason.

Text
    Roles are the keys of `theme.TYPE`. Text must fit its rect, wrap (RichText) or be allowed an ellipsis; while
    `text.overflow_recorder.watch()` is on, every text drawn outside its box is recorded for tests.

Arranging
    `columns(rect, sizes, gap)`, `rows(...)` (sizes above 1 are px, up to 1 shares), `even_rows`, `inset`.
"""

from game.ui.kit.arrange import columns, even_rows, inset, rows
from game.ui.kit.assets import Assets, MissingAssetError
from game.ui.kit.button import Button, MenuButton
from game.ui.kit.canvas import Appearance, Canvas, Kit
from game.ui.kit.card import Card, CardFace
from game.ui.kit.chart import LineChart
from game.ui.kit.choice import Checkbox, Dropdown
from game.ui.kit.label import Flag, Icon, KeyHints, Label, RichText
from game.ui.kit.layer import Layer
from game.ui.kit.meters import DivergingMeter, Meter, PipRow
from game.ui.kit.modal import Answer, KeyList, Message, Modal, error_message
from game.ui.kit.paint import Box
from game.ui.kit.panel import Panel
from game.ui.kit.plot import Band, Pin, Plot, Series, Threshold
from game.ui.kit.screen import Screen
from game.ui.kit.scroll import ListView, ScrollView
from game.ui.kit.slider import NumberRange, Slider, Stepper
from game.ui.kit.table import Cell, Column, Table
from game.ui.kit.tabs import Tabs
from game.ui.kit.textfield import TextField
from game.ui.kit.tips import Span, Term, Tip, plain
from game.ui.kit.toast import ToastStack
from game.ui.kit.widget import Widget, activated, pressed

__all__ = [
    "Answer", "Appearance", "Assets", "Band", "Box", "Button", "Canvas", "Card", "CardFace", "Cell", "Checkbox",
    "Column", "DivergingMeter", "Dropdown", "Flag", "Icon", "KeyHints", "KeyList", "Kit", "Label", "Layer",
    "LineChart", "ListView", "MenuButton", "Message", "Meter", "MissingAssetError", "Modal", "NumberRange", "Panel",
    "Pin", "PipRow", "Plot", "RichText", "Screen", "ScrollView", "Series", "Slider", "Span", "Stepper", "Table", "Tabs",
    "Term", "TextField", "Threshold", "Tip", "ToastStack", "Widget", "activated", "columns", "error_message",
    "even_rows", "inset", "plain", "pressed", "rows",
]  # fmt: skip
