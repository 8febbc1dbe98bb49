"""What turns content and interactive into a site; the only room that knows MkDocs and Markdown."""
