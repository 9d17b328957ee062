"""The application: window, event loop, screens, modals, toasts and work in the background."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pygame

from game.ui import theme
from game.ui.introduction import TITLE, introduction
from game.ui.kit.assets import Assets
from game.ui.kit.background import Background
from game.ui.kit.canvas import Appearance, Canvas, Kit
from game.ui.kit.layer import POINTER_EVENTS, Layer
from game.ui.kit.modal import Answer, KeyList, Modal, error_message
from game.ui.kit.paint import Box
from game.ui.kit.screen import Screen
from game.ui.kit.toast import ToastStack
from game.ui.kit.window import Window
from game.ui.settings import Settings, load_settings, store_settings

Result = TypeVar("Result")
FRAME_MS = 16
TIMING_WAIT_MS = 50
IDLE_WAIT_MS = 500
SCRIM = (2, 4, 9)
COMMON_KEYS = (
    ("Tab", "Next control (with Shift: the one before)"),
    ("Space or Enter", "Press what has the focus"),
    ("Arrows", "Move within tabs, lists, sliders and tables"),
    ("T", "Explain what has the focus or the pointer, and keep it open"),
    ("Shift T", "Explain the next figure on the screen"),
    ("Esc", "Back, or close"),
    ("?", "This list"),
    ("F11", "Full screen or window"),
    ("F12", "Save a picture of the screen"),
)


class App:
    """One window showing a stack of screens.

    Parameters
    ----------
    assets : Path
        The asset folder.
    settings_file : Path
        Where the player's choices are kept.
    size : tuple of int
        Of the window at first, in px.
    pictures : Path or None
        Where F12 saves; None means beside the settings.

    Raises
    ------
    MissingAssetError
        If a font is absent from the asset folder.
    """

    def __init__(
        self, assets: Path, settings_file: Path, *, size: tuple[int, int] = (1600, 900), title: str = "Pax Silica",
        pictures: Path | None = None,
    ) -> None:  # fmt: skip
        # Sound is opened by whoever plays it: a machine without a sound card still shows the window.
        pygame.display.init()
        pygame.font.init()
        # SDL's clock stands at 0 until somebody has waited once.
        pygame.time.wait(0)
        self._settings_file = settings_file
        self._pictures = pictures or settings_file.parent
        self.settings, complaint = load_settings(settings_file)
        self.window = Window(title, size, software=self.settings.software_window)
        self.assets = Assets(assets)
        self.toasts = ToastStack()
        self.screens: list[Screen] = []
        self.modals: list[Modal] = []
        self.background = Background()
        self.running = True
        self.frames_drawn = 0
        self._backdrop: pygame.Surface | None = None
        self._dirty = True
        self._last_ms = pygame.time.get_ticks()
        self._measure()
        if complaint:
            self.toast(complaint, "warning")

    # --- looks

    def _measure(self) -> None:
        """Take kit and layout from the window and the settings, and rebuild what is shown."""
        width, height = self.window.surface.get_size()
        scale = theme.usable_scale(self.settings.text_scale, width, height)
        self.layout = theme.layout_for(width, height, scale)
        chosen = self.settings
        self.kit = Kit(
            self.assets,
            Appearance(scale, chosen.high_contrast, chosen.reduced_motion, chosen.country_codes),
        )
        for layer in self._layers():
            layer.rebuild(self.kit, self.layout)
        self._dirty = True
        self._backdrop = None

    def _layers(self) -> list[Layer]:
        return [*self.screens, *self.modals]

    def change_settings(self, settings: Settings) -> None:
        """Put settings in force and keep them; a failure to write is shown, not hidden."""
        self.show_as(settings)
        try:
            store_settings(self._settings_file, settings)
        except OSError as error:
            self.toast(f"Settings are in force but could not be saved: {error.strerror} ({error.filename}).", "error")

    def show_as(self, settings: Settings) -> None:
        """Put settings in force until the window closes."""
        self.settings = settings
        self._measure()

    # --- screens, modals, toasts

    @property
    def screen(self) -> Screen:
        """The screen being shown."""
        if not self.screens:
            raise RuntimeError("the app shows no screen yet: push one first")
        return self.screens[-1]

    def push(self, screen: Screen) -> None:
        """Show a screen above the present one."""
        screen.enter(self)
        self.screens.append(screen)
        screen.rebuild(self.kit, self.layout)
        self._uncovered()

    def pop(self) -> None:
        """Go back to the screen below; the last one stays."""
        if len(self.screens) > 1:
            gone = self.screens.pop()
            gone.leave()
            # The pointer moved while this screen was covered.
            self.screen.pointer = gone.pointer
            self.screen.rebuild(self.kit, self.layout)
            self._uncovered()

    def replace(self, screen: Screen) -> None:
        """Show a screen in place of the present one."""
        if self.screens:
            self.screens.pop().leave()
        self.push(screen)

    def restart(self, screen: Screen) -> None:
        """Show a screen in place of the whole stack."""
        while self.screens:
            self.screens.pop().leave()
        self.push(screen)

    def _uncovered(self) -> None:
        self._dirty = True
        self._backdrop = None

    def open_modal(self, modal: Modal) -> None:
        """Show a modal above everything; it takes all keys until it closes."""
        self.modals.append(modal)
        modal.rebuild(self.kit, self.layout)
        modal.shows_focus = True
        if self.screens:
            self.screen.tips.close()
        self._uncovered()

    def toast(self, text: str, kind: str = "note") -> None:
        """Show a note; `kind` is "note", "good", "warning" or "error"."""
        self.toasts.show(text, kind)

    def show_keys(self) -> None:
        """Show the list of keys of the screen and of every screen."""
        more = Answer(TITLE, self.show_introduction, "ghost")
        self.open_modal(KeyList([("This screen", self.screen.keys), ("Everywhere", COMMON_KEYS)], more))

    def show_introduction(self) -> None:
        """Show the page for a first game."""
        self.open_modal(introduction(self.assets.root))

    # --- background

    def run_in_background(
        self, work: Callable[[], Result], on_done: Callable[[Result], None],
        on_error: Callable[[BaseException], None] | None = None,
    ) -> None:  # fmt: skip
        """Run `work` in a thread.

        Parameters
        ----------
        on_done : callable
            Gets the result, in the thread that draws.
        on_error : callable or None
            Gets what `work` raised; None shows it as an error modal.
        """
        self.background.run(work, on_done, on_error or self.show_error)

    def show_error(self, error: BaseException) -> None:
        """Show an exception as a modal with its traceback, and print it."""
        traceback.print_exception(error)
        details = "".join(traceback.format_exception(error)).strip()
        self.open_modal(error_message("Something went wrong", f"{type(error).__name__}: {error}", details))

    # --- loop

    def run(self, first: Screen) -> None:
        """Show `first` and stay until the player quits."""
        self.push(first)
        try:
            while self.running:
                self.step()
        finally:
            self.close()

    def quit(self) -> None:
        """Leave the loop after this frame."""
        self.running = False

    def close(self) -> None:
        """Stop background work and close the window."""
        while self.screens:
            self.screens.pop().leave()
        self.background.stop()
        pygame.quit()

    def step(self, wait: bool = True) -> None:
        """Take all waiting events, let time pass, and draw if anything changed.

        Parameters
        ----------
        wait : bool
            Sleep until something can happen; False (tests) returns at once.
        """
        for event in self._events(wait):
            self.handle(event)
        self.background.deliver()
        now = pygame.time.get_ticks()
        self.update(now - self._last_ms)
        self._last_ms = now
        if self.running and self.needs_drawing:
            self.draw()
            self.frames_drawn += 1
            if self.window.flip():
                self.change_settings(replace(self.settings, software_window=True))

    def _events(self, wait: bool) -> list[pygame.event.Event]:
        if not wait:
            return pygame.event.get()
        if self.animating:
            pygame.time.wait(max(0, FRAME_MS - (pygame.time.get_ticks() - self._last_ms)))
            return pygame.event.get()
        timing = self.toasts.timing or self._top.tips.waiting or self._top.focus is not None
        first = pygame.event.wait(TIMING_WAIT_MS if timing else IDLE_WAIT_MS)
        return [first, *pygame.event.get()]

    @property
    def _top(self) -> Layer:
        return self.modals[-1] if self.modals else self.screen

    @property
    def animating(self) -> bool:
        """Whether the next frame differs anyway: only while motion is not reduced."""
        return not self.settings.reduced_motion and self._top.animating

    @property
    def needs_drawing(self) -> bool:
        """Whether the window shows something else than it should."""
        return self._dirty or self.toasts.dirty or self.animating or any(layer.dirty for layer in self._layers())

    def update(self, dt_ms: int) -> None:
        """Let time pass for what is shown."""
        self._top.update(dt_ms)
        self.toasts.update(dt_ms)
        open_before = len(self.modals)
        self.modals = [modal for modal in self.modals if not modal.closed]
        if len(self.modals) != open_before:
            self._uncovered()

    # --- events

    def handle(self, event: pygame.event.Event) -> None:
        """Send one event of the window to whoever it concerns."""
        if event.type == pygame.QUIT:
            self.quit()
        elif event.type == pygame.VIDEORESIZE:
            self.window.resized((event.w, event.h))
            self._measure()
        elif event.type in (pygame.WINDOWEXPOSED, pygame.WINDOWSHOWN, pygame.WINDOWFOCUSGAINED):
            self._dirty = True
        elif self.screens:
            self._dispatch(self._logical(event))

    def _logical(self, event: pygame.event.Event) -> pygame.event.Event:
        """Return the event with its position in logical px."""
        if event.type not in POINTER_EVENTS or self.layout.scale == 1.0:
            return event
        x, y = event.pos
        return pygame.event.Event(
            event.type, {**event.dict, "pos": (int(x / self.layout.scale), int(y / self.layout.scale))}
        )

    def _dispatch(self, event: pygame.event.Event) -> None:
        if self.toasts.handle(event):
            return
        top = self._top
        if top.handle(event):
            self._close_answered()
            return
        if event.type == pygame.KEYDOWN:
            self._key(event)

    def _close_answered(self) -> None:
        if any(modal.closed for modal in self.modals):
            self.modals = [modal for modal in self.modals if not modal.closed]
            self._uncovered()

    def _key(self, event: pygame.event.Event) -> None:
        if event.key == pygame.K_F12:
            self.save_picture()
        elif event.key == pygame.K_F11:
            pygame.display.toggle_fullscreen()
        elif self.modals:
            return
        elif event.key == pygame.K_ESCAPE:
            if not self.toasts.dismiss() and not self.screen.go_back():
                self.pop()
        elif event.unicode == "?":
            self.show_keys()

    # --- drawing

    def draw(self) -> None:
        """Draw screen, modals and toasts onto the window's surface."""
        surface = self.window.surface
        if self.modals:
            self._draw_backdrop(surface)
            for modal in self.modals:
                modal.draw(surface)
        elif self.screens:
            self.screen.draw(surface)
        self.toasts.foot = 0 if self.modals or not self.screens else self.screen.toast_foot
        self.toasts.beside = self.modals[-1].box if self.modals else None
        self.toasts.draw(surface, self.kit, self.layout)
        for layer in self._layers():
            layer.dirty = False
        self._dirty = False

    def _draw_backdrop(self, surface: pygame.Surface) -> None:
        """Draw the darkened screen below a modal, afresh only when it changed."""
        stale = self._backdrop is None or (bool(self.screens) and self.screen.dirty)
        if stale:
            backdrop = pygame.Surface(surface.get_size()).convert()
            if self.screens:
                self.screen.draw(backdrop)
            whole = pygame.Rect(0, 0, self.layout.width + 1, self.layout.height + 1)
            Canvas(backdrop, self.kit).box(whole, Box(SCRIM, alpha=122))
            self._backdrop = backdrop
        if self._backdrop:
            surface.blit(self._backdrop, (0, 0))

    def save_picture(self) -> None:
        """Save what the window shows and say where, or why not."""
        number = 1
        while (path := self._pictures / f"pax-silica-{number:03}.png").exists():
            number += 1
        try:
            screenshot(self.window.surface, path)
        except (OSError, pygame.error) as error:
            self.toast(f"The picture could not be saved: {error}.", "error")
        else:
            self.toast(f"Saved {path}.")


def screenshot(surface: pygame.Surface, path: Path) -> Path:
    """Write a surface as PNG and return the path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pygame.image.save(surface, str(path))
    return path
