"""One folder a widget; its name is the name that trainers write, with hyphens for underscores."""
