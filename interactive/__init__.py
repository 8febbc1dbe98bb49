"""What runs in the reader's browser, and at build time: a cited model and the widgets that show it."""
