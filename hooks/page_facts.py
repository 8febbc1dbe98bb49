"""What a page tells readers and search engines about itself: time, evidence, authors, review, sources."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hooks.bibliography import publications
from hooks.lesson_file import LessonFile
from hooks.lesson_meta import NOT_REVIEWED, LessonMeta, is_lesson, is_reviewed, read_meta
from hooks.problems import Level, Place, Problem
from interactive.translation import said

SOON = timedelta(days=30)
KNOWN = {
    "high": "High. More research is unlikely to change it.",
    "moderate": "Moderate. More research may change it.",
    "low": "Low. More research is likely to change it.",
    "very low": "Very low. It is a careful guess.",
    "expert": "By experience. Coaches and clinicians say so, and hardly anybody has tested it.",
}


@dataclass(frozen=True)
class PageFacts:
    """What stands below the title and at the end of a page; an empty text is left out.

    Attributes:
        minutes: how long it takes to read.
        audience: whom it is for.
        known: how well its main sentence is known.
        written: who wrote it.
        reviewed: who has reviewed it, or that nobody has.
        review_in_short: the same without the next review.
        overdue: that the next review is late.
        conflicts: what ties authors and reviewer to others.
    """

    minutes: str = ""
    audience: str = ""
    known: str = ""
    written: str = ""
    reviewed: str = ""
    review_in_short: str = ""
    overdue: str = ""
    conflicts: str = ""


def facts(meta: LessonMeta, path: str, today: date) -> PageFacts:
    """Return what a page says about itself.

    Args:
        meta: its front matter.
        path: the page, from the top of the content.
        today: the day of the build.

    Example:
        >>> facts(LessonMeta(minutes=5), "lessons/a/index.md", date(2026, 3, 1)).reviewed
        'Not yet reviewed by a health professional.'
    """
    reviewed = reviewed_words(meta) if is_reviewed(path) else ""
    in_short = reviewed.partition(" Next review:")[0]
    overdue = ""
    if meta.reviewed_by and meta.review_due and meta.review_due < today:
        overdue = f"The next review of this page was due on {in_words(meta.review_due)}. Some of it may be out of date."
    if not is_lesson(path):
        return PageFacts(reviewed=reviewed, overdue=overdue)
    if meta.authors:
        written, conflicts = (
            ", ".join(meta.authors) + ".",
            f"{_sentence(meta.conflicts or 'none declared')}",
        )
    else:
        written, conflicts = (
            "No author is named yet.",
            "None declared, as long as no author is named.",
        )
    return PageFacts(
        minutes=f"{meta.minutes} {'minute' if meta.minutes == 1 else 'minutes'} to read"
        if meta.minutes
        else "",
        audience=_sentence(meta.audience),
        known=KNOWN.get(meta.evidence, ""),
        written=written,
        reviewed=reviewed,
        review_in_short=in_short,
        overdue=overdue,
        conflicts=conflicts,
    )


def in_language(told: PageFacts, words: Mapping[str, str]) -> PageFacts:
    """Return facts in the words of a language's catalogue; names and front matter stay as they are.

    Example:
        >>> in_language(
        ...     PageFacts(minutes="5 minutes to read"), {"{n} minutes to read": "{n} Minuten"}
        ... )
        PageFacts(minutes='5 Minuten', audience='', known='', written='', reviewed='', review_in_short='', overdue='', conflicts='')
    """
    return PageFacts(**{name: said(text, words) for name, text in vars(told).items()})


def reviewed_words(meta: LessonMeta) -> str:
    """Return who has reviewed a page, and when it is read again; or that nobody has.

    Example:
        >>> from hooks.lesson_meta import Reviewer
        >>> who = Reviewer("A. B.", "physical therapist")
        >>> reviewed_words(
        ...     LessonMeta(
        ...         reviewed_by=who, last_reviewed=date(2026, 3, 2), review_due=date(2028, 3, 2)
        ...     )
        ... )
        'Reviewed on 2 March 2026 by A. B., physical therapist. Next review: 2 March 2028.'
    """
    if not (meta.reviewed_by and meta.last_reviewed and meta.review_due):
        return NOT_REVIEWED
    who = meta.reviewed_by
    return (
        f"Reviewed on {in_words(meta.last_reviewed)} by {who.name}, {who.role}. "
        f"Next review: {in_words(meta.review_due)}."
    )


def structured_data(
    meta: LessonMeta, path: str, url: str, language: str, site: str
) -> dict[str, Any]:
    """Return what search engines read of a lesson, in the words of schema.org; nothing for other pages.

    Args:
        meta: its front matter.
        path: the page, from the top of the content.
        url: its address; empty if the site has none.
        language: of its text.
        site: the name of the site.
    """
    if not is_lesson(path) or not meta.title:
        return {}
    known = publications()
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": ["MedicalWebPage", "LearningResource"],
        "name": meta.title,
        "description": meta.summary,
        "url": url,
        "inLanguage": language,
        "isPartOf": {"@type": "WebSite", "name": site},
        "isAccessibleForFree": True,
        "learningResourceType": "lesson",
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "timeRequired": f"PT{meta.minutes}M" if meta.minutes else "",
        "audience": {"@type": "Audience", "audienceType": meta.audience} if meta.audience else {},
        "author": [{"@type": "Person", "name": name} for name in meta.authors],
        "citation": [
            _citation(known[key].text, known[key].doi) for key in meta.sources if key in known
        ],
    }
    if meta.reviewed_by and meta.last_reviewed:
        data["lastReviewed"] = meta.last_reviewed.isoformat()
        data["reviewedBy"] = {
            "@type": "Person",
            "name": meta.reviewed_by.name,
            "jobTitle": meta.reviewed_by.role,
        }
    return {name: value for name, value in data.items() if value not in ("", [], {})}


def overdue_problems(lesson: LessonFile, today: date) -> Sequence[Problem]:
    """Return that a lesson's review is due, or soon will be."""
    meta, _ = read_meta(lesson.above, lesson.path.partition("/")[2])
    if not (meta.reviewed_by and meta.review_due) or meta.review_due > today + SOON:
        return ()
    line = next(at for at, text in enumerate(lesson.above, 1) if text.startswith("review_due"))
    day = in_words(meta.review_due)
    late = meta.review_due < today
    what = f"The next review {'was' if late else 'is'} due on {day}."
    hint = f"Ask {meta.reviewed_by.name}, or another professional, to read it; then change last_reviewed and review_due."
    return (
        Problem(Place(lesson.path, line), what, hint, Level.MUST_FIX if late else Level.PLEASE),
    )


def day_of_build() -> date:
    """Return the day that the build counts as today, which is the last commit's, so that builds are equal."""
    return datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "0")), tz=UTC).date()


def in_words(day: date) -> str:
    """Return a day as readers see it.

    Example:
        >>> in_words(date(2026, 3, 2))
        '2 March 2026'
    """
    return f"{day.day} {day:%B %Y}"


def _citation(text: str, doi: str) -> dict[str, str]:
    found = {"@type": "CreativeWork", "name": text}
    return found | ({"url": f"https://doi.org/{doi}"} if doi else {})


def _sentence(text: str) -> str:
    text = text.strip()
    return text and text[0].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")
