"""Pictures that are pressed: a button of a form that tells where, in pixels of its own width."""

WIDTHS = (300, 640)
"""On a telephone and beside it; the style sheet shows one."""

PRESSES = frozenset(f"map{width}.{axis}" for width in WIDTHS for axis in "xy")
"""The fields that such a button sends, also where another one was pressed."""
