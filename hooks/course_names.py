"""Where the packages for course systems stand, for what writes them and for what links to them."""

COURSE = "course"  # all lessons together
VERSION = "1.2"


def package(name: str) -> str:
    """Return where a package stands, below the site's own address.

    Example:
        >>> package("setup")
        'scorm/setup-1.2.zip'
    """
    return f"scorm/{name}-{VERSION}.zip"
