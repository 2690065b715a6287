"""What the owners of imported taxonomies ask to be said where they are used. Their words, so not translated.

O*NET: https://www.onetcenter.org/license_db.html, "How to Credit Us", for a database that was edited or added to, as
merging and shortening do. ESCO: https://esco.ec.europa.eu/en/use-esco/download, for services under Commission Decision
2011/833/EU; what was changed must be told.
"""

from dataclasses import dataclass

from wayfellow.skills.models import Source, Taxonomy


@dataclass(frozen=True)
class Part:
    """A piece of a notice, with the address it leads to, if any."""

    text: str
    url: str = ""


def notices() -> list[list[Part]]:
    """The notices of all taxonomies that were imported, in one read; none when nothing was."""
    return [notice_of(taxonomy) for taxonomy in Taxonomy.objects.order_by("source")]


def notice_of(taxonomy: Taxonomy) -> list[Part]:
    """The notice of one taxonomy."""
    if taxonomy.source == Source.ONET:
        return [
            Part("This page includes information from the "),
            Part(f"O*NET {taxonomy.release} Database", "https://www.onetcenter.org/database.html"),
            Part(
                " by the U.S. Department of Labor, Employment and Training Administration (USDOL/ETA). Used under the "
            ),
            Part("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
            Part(
                " license. O*NET® is a trademark of USDOL/ETA. Wayfellow has modified all or some of this information."
                " USDOL/ETA has not approved, endorsed, or tested these modifications."
            ),
        ]
    return [
        Part("This service uses the ESCO classification of the European Commission", "https://esco.ec.europa.eu/"),
        Part(". It has been modified: merged with other skills and shortened."),
    ]


def text_of(notice: list[Part]) -> str:
    """A notice as text, its addresses in brackets."""
    return "".join(f"{part.text} ({part.url})" if part.url else part.text for part in notice)
