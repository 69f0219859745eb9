"""Horizontal bars as SVG, readable on light and dark."""
from html import escape

WIDTH, LABEL, ROW, HEAD, GAP = 760, 210, 24, 34, 18
STYLE = """
  svg { --paper: #ffffff; --ink: #1f2328; --ours: #0b6bcb; --other: #8c959f; font: 13px system-ui, sans-serif; }
  @media (prefers-color-scheme: dark) { svg { --paper: #0d1117; --ink: #e6edf3; --ours: #58a6ff; --other: #6e7681; } }
  .paper { fill: var(--paper) } text { fill: var(--ink) } .head { font-weight: 600 }
  .ours { fill: var(--ours) } .other { fill: var(--other) }
"""


def draw(panels):
    """panels: title, form of the figures, and pairs of a label and a figure. Labels that begin with "ours" stand out."""
    parts, y = [], GAP
    for title, form, bars in panels:
        if not bars:
            continue
        parts.append(f'<text class="head" x="16" y="{y + 16}">{escape(title)}</text>')
        y += HEAD
        most = max(value for _, value in bars)
        for label, value in bars:
            length = max(1, (WIDTH - LABEL - 110) * value / most)
            kind = "ours" if label.startswith("ours") else "other"
            parts.append(f'<text x="16" y="{y + 14}">{escape(label)}</text>')
            parts.append(f'<rect class="{kind}" x="{LABEL}" y="{y + 2}" width="{length:.1f}" height="{ROW - 7}" rx="2"/>')
            parts.append(f'<text x="{LABEL + length + 8:.1f}" y="{y + 14}">{form.format(value)}</text>')
            y += ROW
        y += GAP
    body = "\n".join(parts)
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y}" width="{WIDTH}" height="{y}" role="img">\n'
            f"<style>{STYLE}</style>\n<rect class=\"paper\" width=\"{WIDTH}\" height=\"{y}\"/>\n{body}\n</svg>\n")
