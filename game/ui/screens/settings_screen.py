"""The settings: size of text, contrast, motion, flags or codes. Every change is in force at once and is kept."""

from __future__ import annotations

from dataclasses import replace

import pygame

from game.ui import theme
from game.ui.kit import Button, Checkbox, Flag, Label, Meter, Panel, RichText, Screen, Tabs, columns, plain
from game.ui.settings import Settings
from game.ui.theme import Layout

CHOICES: tuple[float | None, ...] = (None, *theme.SCALES)
SWITCHES = (
    ("reduced_motion", "Reduce motion", "Flows stand still, figures change at once and lenses do not fade."),
    ("high_contrast", "High contrast", "Brighter quiet text and lines on darker panels."),
    ("country_codes", "Codes instead of flags", "JPN, NLD, TWN in place of round flags, on the map too."),
)
WIDTH = 760


class SettingsScreen(Screen):
    """Choices about the window."""

    toast_foot = 76
    keys = (("Esc", "Back"),)

    def build(self, layout: Layout) -> None:
        width = min(WIDTH, layout.width - 40)
        x = (layout.width - width) // 2
        y = 36 if layout.compact else 70
        self.add(Label(pygame.Rect(x, y, width, 48), "Settings", "screen"))
        y = self._build_scale(x, y + 60, width)
        y = self._build_switches(x, y + layout.gutter, width)
        self._build_sample(x, y + layout.gutter, width)
        back = pygame.Rect(x + width - 160, layout.height - 68, 160, theme.PRIMARY_HEIGHT)
        button = self.add(Button(back, "Done", self.app.pop, kind="primary"))
        if self.focus is None:
            self.focus = button

    def _build_scale(self, x: int, y: int, width: int) -> int:
        panel = self.add(Panel(pygame.Rect(x, y, width, 152), "Text size"))
        body = panel.body
        panel.add(Label(pygame.Rect(body.x, body.y, body.w, 20), self._scale_words(), "body", theme.TEXT_2))
        labels = [_scale_name(choice) for choice in CHOICES]
        chosen = CHOICES.index(self.app.settings.text_scale)
        tabs = pygame.Rect(body.x, body.y + 34, body.w, 44)
        panel.add(Tabs(tabs, labels, self._choose_scale, chosen=chosen, segmented=True, name="scale"))
        return panel.rect.bottom

    def _scale_words(self) -> str:
        wanted, used = self.app.settings.text_scale, self.layout.scale
        if wanted is None:
            return f"Automatic: the largest that fits this window, now {used:g}×."
        if wanted > used:
            return f"{wanted:g}× needs a larger window; until then everything is drawn at {used:g}×."
        return "Text and everything else grow together." if used > 1 else "The size the game was drawn for."

    def _build_switches(self, x: int, y: int, width: int) -> int:
        panel = self.add(Panel(pygame.Rect(x, y, width, 28 + 56 * len(SWITCHES)), padding=14))
        row = pygame.Rect(panel.body.x, panel.body.y, panel.body.w, 26)
        for field, label, meaning in SWITCHES:
            checked = bool(getattr(self.app.settings, field))
            panel.add(Checkbox(row, label, checked, self._switcher(field), name=field))
            words = pygame.Rect(row.x + 28, row.bottom, row.w - 28, 20)
            panel.add(Label(words, meaning, "secondary", theme.TEXT_2))
            row = row.move(0, 56)
        return panel.rect.bottom

    def _build_sample(self, x: int, y: int, width: int) -> None:
        """Show what the choices do."""
        panel = self.add(Panel(pygame.Rect(x, y, width, 84), padding=14))
        flag, words, bar = columns(panel.body, (44, 0.62, 0.38), 16)
        panel.add(Flag(pygame.Rect(flag.x, flag.centery - 22, 44, 44), "JPN", theme.ACCENT))
        spans = plain("China puts gallium under licence. Price up 18%, cover 2.1 quarters.", "reading")
        height = RichText.height_for(self.kit, spans, words.w)
        panel.add(RichText(pygame.Rect(words.x, words.centery - height // 2, words.w, height), spans))
        panel.add(Meter(pygame.Rect(bar.x, bar.centery - 12, bar.w, 10), 0.62, theme.PAX, ahead=0.1, thickness=8))
        panel.add(Meter(pygame.Rect(bar.x, bar.centery + 4, bar.w, 10), 0.44, theme.PRC, thickness=8, from_right=True))

    def _choose_scale(self, position: int) -> None:
        self._change(replace(self.app.settings, text_scale=CHOICES[position]))

    def _switcher(self, field: str) -> _Switch:
        return _Switch(self, field)

    def _change(self, settings: Settings) -> None:
        self.app.change_settings(settings)


class _Switch:
    """Sets one yes-or-no setting."""

    def __init__(self, screen: SettingsScreen, field: str) -> None:
        self.screen = screen
        self.field = field

    def __call__(self, checked: bool) -> None:
        self.screen.app.change_settings(replace(self.screen.app.settings, **{self.field: checked}))


def _scale_name(choice: float | None) -> str:
    return "Auto" if choice is None else f"{choice:g}×"
