"""What turns content and interactive into a site; the only room that knows MkDocs and Markdown."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# what one run makes and the next may use
CACHE = Path(os.environ.get("LESSONS_CACHE") or ROOT / ".cache")
