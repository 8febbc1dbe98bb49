"""What follows from the address at which the site will be hosted."""

from urllib.parse import urlsplit

_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def origin_of(site_url: str | None) -> str:
    """Return scheme and host, or nothing where no address is set.

    Example:
        >>> origin_of("https://lessons.example/legpress/")
        'https://lessons.example'
    """
    parts = urlsplit(site_url or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def path_of(site_url: str | None) -> str:
    """Return the folder below the host, with a slash at both ends.

    Example:
        >>> path_of("https://lessons.example/legpress")
        '/legpress/'
    """
    return f"{urlsplit(site_url or '').path.rstrip('/')}/"


def is_for_writers(site_url: str | None) -> bool:
    """Tell whether the site is shown on the machine of somebody who writes it, and to no reader.

    Example:
        >>> is_for_writers("http://127.0.0.1:8000/legpress/")
        True
    """
    return urlsplit(site_url or "").hostname in _LOOPBACK
