"""What a person does at a screen: press a key, click, wait."""

import time

import pygame


def press(app, key, unicode="", mod=0):
    app.handle(pygame.event.Event(pygame.KEYDOWN, key=key, unicode=unicode, mod=mod))
    app.step(wait=False)


def click(app, widget):
    for kind in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
        app.handle(pygame.event.Event(kind, pos=widget.rect.center, button=1))
    app.step(wait=False)


def wait_for(app, arrived, seconds=20.0):
    """Run frames until something is true."""
    end = time.monotonic() + seconds
    while not arrived():
        assert time.monotonic() < end, f"still showing {type(app.screen).__name__}"
        app.step(wait=False)
        time.sleep(0.005)


def shows(app, screen):
    return lambda: isinstance(app.screen, screen)


def texts(screen):
    return [widget.text for widget in screen.root.walk() if hasattr(widget, "text")]
