"""Colours for the heatmap's cells, with text that can be read on each."""

LOW, HIGH = (0xF1, 0xF6, 0xFA), (0x00, 0x3F, 0x66)
"""One hue from light to dark, which every reader can order: no fit to full fit."""

BLACK, WHITE = "#000000", "#ffffff"
"""Colours of the text on a cell."""


def cell_colours(value: float) -> tuple[str, str]:
    """Background and text for a value of 0..1; the text is black or white, whichever contrasts more."""
    share = min(max(value, 0.0), 1.0)
    ground = tuple(round(low + (high - low) * share) for low, high in zip(LOW, HIGH, strict=True))
    luminance = _luminance(ground)
    # Contrast by WCAG: (lighter + 0.05) / (darker + 0.05).
    on_black, on_white = (luminance + 0.05) / 0.05, 1.05 / (luminance + 0.05)
    return "#{:02x}{:02x}{:02x}".format(*ground), BLACK if on_black >= on_white else WHITE


def _luminance(colour: tuple[int, ...]) -> float:
    """Relative luminance, 0..1 (WCAG 2)."""
    shares = [channel / 255 for channel in colour]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
