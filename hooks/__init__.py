"""What turns content and interactive into a site; the only room that knows MkDocs and Markdown."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache"  # what one run makes and the next may use
