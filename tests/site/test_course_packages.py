"""What lies in the packages for course systems, and whether a course system would find it."""

import re
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from tests.conftest import SITE_URL

NAMES = {
    "cp": "http://www.imsproject.org/xsd/imscp_rootv1p1p2",
    "adlcp": "http://www.adlnet.org/xsd/adlcp_rootv1p2",
}
SCORM_TYPE = f"{{{NAMES['adlcp']}}}scormtype"
LESSONS = ["biomechanics", "setup", "bracing", "pain-signals", "alternatives"]


def opened(site: Path, name: str) -> tuple[ElementTree.Element, ZipFile]:
    package = ZipFile(site / f"scorm/{name}-1.2.zip")
    return ElementTree.fromstring(package.read("imsmanifest.xml")), package


def test_there_is_a_package_for_each_lesson_and_one_for_all(site: Path) -> None:
    found = {path.name for path in (site / "scorm").iterdir()}
    assert found == {f"{name}-1.2.zip" for name in [*LESSONS, "course"]}


@pytest.mark.parametrize("name", [*LESSONS, "course"])
def test_a_package_lists_every_file_that_it_holds_and_no_other(site: Path, name: str) -> None:
    manifest, package = opened(site, name)
    with package:
        # two lessons may share a file
        listed = {str(file.get("href")) for file in manifest.iterfind(".//cp:file", NAMES)}
        held = package.namelist()
        assert listed | {"imsmanifest.xml"} == set(held)
        assert len(set(held)) == len(held)
        assert {entry.date_time[0] for entry in package.infolist()} == {1980}
        assert package.testzip() is None
    assert not any(file.endswith((".gz", ".br", ".mjs", "service-worker.js")) for file in held)


@pytest.mark.parametrize("name", [*LESSONS, "course"])
def test_a_course_system_finds_each_lesson_with_its_title(site: Path, name: str) -> None:
    manifest, package = opened(site, name)
    with package:
        assert manifest.findtext("cp:metadata/cp:schema", namespaces=NAMES) == "ADL SCORM"
        assert manifest.findtext("cp:metadata/cp:schemaversion", namespaces=NAMES) == "1.2"
        identifiers = [part.get("identifier") for part in manifest.iter() if part.get("identifier")]
        assert len(set(identifiers)) == len(identifiers)
        [organization] = manifest.iterfind("cp:organizations/cp:organization", NAMES)
        default = manifest.find("cp:organizations", NAMES)
        assert default is not None
        assert default.get("default") == organization.get("identifier")
        resources = {r.get("identifier"): r for r in manifest.iterfind(".//cp:resource", NAMES)}
        items = organization.findall("cp:item", NAMES)
        assert [item.get("identifierref") for item in items] == (
            LESSONS if name == "course" else [name]
        )
        for item in items:
            resource = resources[item.get("identifierref")]
            assert resource.get(SCORM_TYPE) == "sco"
            page = package.read(str(resource.get("href"))).decode()
            title = item.findtext("cp:title", namespaces=NAMES)
            assert f"<title>{title}</title>" in page
            for dependency in resource.iterfind("cp:dependency", NAMES):
                assert resources[dependency.get("identifierref")].get(SCORM_TYPE) == "asset"


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_in_a_package_names_its_own_files_or_whole_addresses(
    site: Path, name: str
) -> None:
    _, package = opened(site, name)
    with package:
        page = package.read(f"lessons/{name}/index.html").decode()
        anchors = set(re.findall(r'\sid="([^"]+)"', page))
        for link in re.findall(r'<a\s[^>]*?href="([^"]+)"', page):
            assert link.startswith(("https://", "#")), link
            assert not link.startswith("#") or link[1:] in anchors, link
        for file in re.findall(r'<(?:link|script|img)\s[^>]*?(?:href|src)="([^"]+)"', page):
            assert file.startswith("../../"), file
            assert file.removeprefix("../../") in package.namelist()
    # the lesson itself is there, and what belongs to the site alone is not
    built = (site / f"lessons/{name}/index.html").read_text()
    assert page.count("<lesson-widget") == built.count("<lesson-widget") > 0
    assert page.count(" data-private") == page.count("<lesson-widget")
    assert page.count('class="admonition self-check"') == built.count('"admonition self-check"') > 0
    assert f"each of its {page.count('admonition self-check')} questions" in page
    assert f'<a href="{SITE_URL}lessons/{name}/"' in page
    for part in ("headerlink", "/edit/main/", "lesson-end"):
        assert part in built
        assert part not in page
    assert "Copy link" not in page
