"""Tideline's own small drawings, one path each on a 20 x 20 grid; stroke and fill come from the class `ic`."""

DRAWINGS = {
    "alarm": '<path fill-rule="evenodd" d="M6 .5h8L19.5 6v8L14 19.5H6L.5 14V6zM6.2 4.5h2.6v7H6.2zM6.2 13.2h2.6v2.4H6.2z'
    'M11.2 4.5h2.6v7h-2.6zM11.2 13.2h2.6v2.4h-2.6z"/>',
    "caution": '<path fill-rule="evenodd" d="M10 1 19.7 18.7H.3zM8.9 7h2.2v6H8.9zM8.9 14.2h2.2v2.2H8.9z"/>',
    "clock": '<circle cx="10" cy="10" r="7.8"/><path d="M10 5.3V10l3.3 2"/>',
    "tick": '<path d="M3 10.5 7.7 15 17 5"/>',
    "cross": '<path d="M4.5 4.5l11 11m0-11-11 11"/>',
    "plus": '<path d="M10 3.5v13M3.5 10h13"/>',
    "minus": '<path d="M3.5 10h13"/>',
    "question": '<path d="M6.5 7.5c0-4.5 7-4.5 7-.3 0 2.6-3.5 2.8-3.5 5.3M10 15.8v.2"/>',
    "back": '<path d="M12.5 4l-6 6 6 6"/>',
    "up": '<path d="M10 17V3.5M4.5 9 10 3.5 15.5 9"/>',
    "down": '<path d="M10 3v13.5M4.5 11 10 16.5 15.5 11"/>',
    "flat": '<path d="M3 10h13.5M11 4.5 16.5 10 11 15.5"/>',
    "offline": '<path d="M1.5 8.5a12 12 0 0 1 17 0M5.5 12.3a6.5 6.5 0 0 1 9 0M10 16v.2M3 2l14 16.5"/>',
    "pulse": '<path d="M.8 10.5h4.4l2.3-5.5 4 10.5 2.5-5h5.2"/>',
    "pause": '<path d="M6.5 4v12M13.5 4v12" stroke-width="3.4"/>',
    "stop": '<path d="M4.5 4.5h11v11h-11z"/>',
    "pill": '<path d="M3.8 10.8l7-7a3.8 3.8 0 0 1 5.4 5.4l-7 7a3.8 3.8 0 0 1-5.4-5.4zM7.3 7.3l5.4 5.4"/>',
    "face": '<circle cx="10" cy="10" r="8"/><path d="M6.8 7.3v.6M13.2 7.3v.6M5.8 13.4q1.4-1.7 2.8 0t2.8 0 2.8 0"/>',
    "note": '<path d="M4 2.5h12v15H4zM7 7h6M7 10.3h6M7 13.6h3.5"/>',
    "backspace": '<path d="M6.5 4.5H19v11H6.5l-5-5.5zM10.5 7.7l4.6 4.6m0-4.6-4.6 4.6"/>',
    "error": '<circle cx="10" cy="10" r="8"/><path d="M10 5.5v5.5M10 13.8v.4"/>',
    "find": '<circle cx="8.5" cy="8.5" r="5.7"/><path d="M12.8 12.8l5 5"/>',
    "menu": '<path d="M3 5.5h14M3 10h14M3 14.5h14"/>',
    "line": '<path d="M2 17.5 9 10.5M7 8.5l4.5 4.5M9.5 11 16 4.5M14 2.5l3.5 3.5"/>',
    "drop": '<path d="M10 2.5c3.5 4.3 5 6.7 5 9.3a5 5 0 0 1-10 0c0-2.6 1.5-5 5-9.3z"/>',
    "person": '<circle cx="10" cy="6.5" r="3.7"/><path d="M2.8 17.8c.6-4.2 3.5-6 7.2-6s6.6 1.8 7.2 6"/>',
    "print": '<path d="M5.5 7V2.5h9V7M5.5 14H2.5V7h15v7h-3M5.5 11.5h9v6h-9z"/>',
    "call": '<path d="M4 2.5h3.5L9 7 6.8 8.7c1 2 2.5 3.5 4.5 4.5L13 11l4.5 1.5V16'
    'c0 1-.8 1.6-1.7 1.5C9 17 3 11 2.5 4.2 2.4 3.3 3 2.5 4 2.5z"/>',
    "bell": '<path d="M4 14.5h12c-1.4-1.3-2-2.8-2-6a4 4 0 0 0-8 0c0 3.2-.6 4.7-2 6zM8.2 17h3.6"/>',
}


def drawing(name, extra=""):
    """The drawing as inline SVG, hidden from readers: a word always stands beside it. Unknown names are a KeyError."""
    classes = f"ic {extra}".strip()
    return f'<svg class="{classes}" viewBox="0 0 20 20" aria-hidden="true" focusable="false">{DRAWINGS[name]}</svg>'
