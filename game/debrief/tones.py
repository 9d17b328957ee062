"""Colours of a debrief: what moved the race, and which gate bound the world."""

#: Tone of a pin by the kind of its moment.
TONE_OF_KIND = {"control": "bad", "easing": "good", "event": "mineral", "bar": "neutral", "post": "accent"}
#: Tone of a stretch by its gate.
TONE_OF_GATE = {
    "HBM": "tool", "packaging": "chip", "logic capacity": "pax", "silicon wafers": "good", "lithography": "accent",
    "electricity": "mineral", "engineers": "prc", "process materials": "bad",
}  # fmt: skip
