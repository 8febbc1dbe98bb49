"""Writes what a host should say of each file, for nginx, for Apache, and for hosts that read a file `_headers`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from hooks.html_files import files_in
from hooks.site_address import path_of

NGINX, APACHE, BY_PATH = ".nginx.conf", ".htaccess", "_headers"

YEAR = 31_536_000  # seconds
KEEP = f"public, max-age={YEAR}, immutable"
ASK_AGAIN = "no-cache"
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
TYPES = {
    "bib": "text/plain",
    "css": "text/css",
    "html": "text/html",
    "ico": "image/vnd.microsoft.icon",
    "jpg": "image/jpeg",
    "js": "text/javascript",
    "json": "application/json",
    "map": "application/json",
    "mjs": "text/javascript",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "wasm": "application/wasm",
    "webmanifest": "application/manifest+json",
    "webp": "image/webp",
    "whl": "application/zip",
    "woff2": "font/woff2",
    "xml": "application/xml",
    "yml": "text/plain",
    "zip": "application/zip",
}
# what not every host knows, and a browser insists on
_SELDOM_KNOWN = ("mjs", "wasm", "webmanifest", "whl")
_TWINS = (".gz", ".br")
# with a charset behind its type, no browser takes wasm
_COMPRESSED = re.compile(r"text/|[+/](json|xml|wasm|javascript)$")


class UnknownType(ValueError):
    """The site has a file whose type no host would be told."""


@dataclass(frozen=True)
class Rule:
    """What is said of some of the files.

    Attributes:
        name: what they are.
        pattern: how their names begin, below the site's own address; Python, nginx and Apache read it alike.
        unchanging: what lies at such an address stays as it is, byte for byte.
        shared: scripts of other people's pages may fetch it.
        framed: other people's pages may show it.
    """

    name: str
    pattern: str
    unchanging: bool = False
    shared: bool = False
    framed: bool = False

    def headers(self) -> dict[str, str]:
        """Return names and values, those that go with every file among them."""
        whose = "*" if self.framed else "'self'"
        return {
            **EVERYWHERE,
            "Cache-Control": KEEP if self.unchanging else ASK_AGAIN,
            "Content-Security-Policy": f"frame-ancestors {whose}",
            **(
                {
                    "Access-Control-Allow-Origin": "*",
                    "Cross-Origin-Resource-Policy": "cross-origin",
                }
                if self.shared
                else {}
            ),
        }


# the first whose pattern fits speaks for a file
RULES = (
    Rule("frozen", "e/r/", unchanging=True, shared=True, framed=True),
    Rule("embeds", "e/", shared=True, framed=True),
    Rule("engines", r"runtime/[a-z]+-[\d.]+/", unchanging=True, shared=True),
    Rule("scripts", r"runtime/[\w-]+\.[0-9a-f]{8}\.", unchanging=True, shared=True),
    Rule("runtime", "runtime/", shared=True),
    Rule("assets", r"(assets|stylesheets)/.+\.[0-9a-f]{8}\.", unchanging=True),
    Rule("pages", ""),
)


def rule_for(name: str) -> Rule:
    """Return what is said of a file.

    Args:
        name: the file's path below the site.

    Example:
        >>> rule_for("runtime/pyodide-314.0.7/pyodide.mjs").name
        'engines'
    """
    return next(rule for rule in RULES if re.match(rule.pattern, name))


def write_headers(site: Path, site_url: str | None) -> None:
    """Write the settings of three kinds of hosts into the site's folder.

    Raises:
        UnknownType: a file that TYPES does not know.
    """
    names = [name for name in files_in(site) if not name.startswith(".") and name != BY_PATH]
    for name in names:
        suffix = PurePosixPath(name).suffix
        if suffix not in _TWINS and suffix[1:] not in TYPES:
            raise UnknownType(
                f"{name}: write the type of {suffix} files into TYPES, hooks/headers.py"
            )
    prefix = path_of(site_url)
    (site / NGINX).write_text(nginx(prefix))
    (site / APACHE).write_text(apache(prefix))
    (site / BY_PATH).write_text(by_path(prefix, names))


def nginx(prefix: str) -> str:
    """Return settings to include in a server block.

    Args:
        prefix: the path of the site on its host, with a slash at both ends.
    """
    small = sorted({kind for kind in TYPES.values() if _COMPRESSED.search(kind)} - {"text/html"})
    texts = [kind for kind in small if kind != TYPES["wasm"]]
    types = "".join(f"    {kind} {suffix};\n" for suffix, kind in TYPES.items())
    places = "\n".join(
        _nginx_place(
            f'~ "^{re.escape(prefix)}{rule.pattern}"' if rule.pattern else prefix, rule.headers()
        )
        for rule in RULES
    )
    hidden = "|".join(map(re.escape, (NGINX, APACHE, BY_PATH)))
    return f"""\
# For nginx. Include this file in the server block whose root holds the site at {prefix}

types {{
{types}}}
charset utf-8;
charset_types {" ".join(texts)};
gzip on;
gzip_types {" ".join(small)};
gzip_vary on;
gzip_static on;  # sends the twin of a file that ends in .gz
# brotli_static on;  # the same for .br, where nginx has this module
absolute_redirect off;
error_page 404 {prefix}404.html;

location ~ "^{re.escape(prefix)}({hidden})$" {{
    return 404;
}}

{places}"""


def _nginx_place(place: str, headers: Mapping[str, str]) -> str:
    lines = "".join(
        # an error may not be kept for a year
        f'    add_header {name} "{value}"{"" if value == KEEP else " always"};\n'
        for name, value in headers.items()
    )
    return f"location {place} {{\n{lines}}}\n"


def apache(prefix: str) -> str:
    """Return settings for a folder that Apache serves, which it finds by itself.

    Args:
        prefix: the path of the site on its host, with a slash at both ends.
    """
    types = "".join(f"AddType {kind} .{suffix}\n" for suffix, kind in TYPES.items())
    texts = " ".join(
        f".{suffix}"
        for suffix, kind in TYPES.items()
        if _COMPRESSED.search(kind) and suffix != "wasm"
    )
    # the last one that fits speaks here
    kinds = "".join(
        f'SetEnvIf Request_URI "^{re.escape(prefix)}{rule.pattern}" "lessons_file={rule.name}"\n'
        for rule in reversed(RULES)
    )
    said = "".join(
        f'    Header {"" if value == KEEP else "always "}set {name} "{value}"'
        f" \"expr=reqenv('lessons_file') == '{rule.name}'\"\n"
        for rule in RULES
        for name, value in rule.headers().items()
    )
    return f"""\
# For Apache 2.4, which reads this file where it lies: AllowOverride FileInfo

{types}AddCharset utf-8 {texts}
ErrorDocument 404 {prefix}404.html

{kinds}<IfModule mod_headers.c>
{said}</IfModule>

# files that end in .br or .gz are twins, compressed
RemoveType .br .gz
AddEncoding br .br
AddEncoding gzip .gz
<IfModule mod_rewrite.c>
    RewriteEngine On
    RewriteCond %{{HTTP:Accept-Encoding}} \\bbr\\b
    RewriteCond %{{REQUEST_FILENAME}}.br -f
    RewriteRule ^(.+)$ $1.br [L]
    RewriteCond %{{HTTP:Accept-Encoding}} \\bgzip\\b
    RewriteCond %{{REQUEST_FILENAME}}.gz -f
    RewriteRule ^(.+)$ $1.gz [L]
    <IfModule mod_headers.c>
        Header merge Vary Accept-Encoding
    </IfModule>
</IfModule>
"""


def by_path(prefix: str, names: list[str]) -> str:
    """Return settings as Netlify and Cloudflare Pages read them: an address, or how it begins, then its headers.

    Where several fit an address, one host joins what they say and the other chooses. So nothing is said twice.

    Args:
        prefix: the path of the site on its host, with a slash at both ends.
        names: every file of the site.
    """
    said: dict[str, dict[str, str]] = {"*": EVERYWHERE}
    for rule in reversed(RULES):
        mine = [name for name in names if rule_for(name) is rule and not name.endswith(_TWINS)]
        places = {_place(rule, name) for name in mine}
        for place in sorted(place for place in places if place is not None):
            known = [headers.items() for other, headers in said.items() if _reaches(other, place)]
            own = set(rule.headers().items()) - {("Cache-Control", ASK_AGAIN)}
            said[place] = dict(sorted(own.difference(*known)))
    for name in names:
        suffix = PurePosixPath(name).suffix[1:]
        if suffix in _SELDOM_KNOWN:
            said[name] = {**said.get(name, {}), "Content-Type": TYPES[suffix]}
    blocks = [
        f"{prefix}{place}\n" + "".join(f"  {name}: {value}\n" for name, value in headers.items())
        for place, headers in said.items()
    ]
    return (
        "# For Netlify and Cloudflare Pages, at the top of what is published.\n"
        "# What is not named here they ask for again at each visit, as they should.\n\n"
    ) + "\n".join(blocks)


def _reaches(place: str, other: str) -> bool:
    return place.endswith("*") and other.startswith(place[:-1])


def _place(rule: Rule, name: str) -> str | None:
    """Return an address for a file, or how it begins, as wide as its rule allows; None where nothing is to be said."""
    if rule.pattern:
        return f"{rule.pattern}*" if re.escape(rule.pattern) == rule.pattern else name
    folder, _, rest = name.partition("/")
    if rest:
        return f"{folder}/*"
    return name.removesuffix("index.html") if name.endswith(".html") else None
