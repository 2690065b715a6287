"""Invented names by site. Family names are made up, so that nobody is meant."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Site:
    """Where people of Larkmoor work.

    Attributes:
        city, zone: as the staff list says it.
        languages: spoken there besides English, by code; the first one by everybody.
        weight: how many of a hundred people work there.
        given, family: names.
    """

    city: str
    zone: str
    languages: tuple[str, ...]
    weight: int
    given: tuple[str, ...]
    family: tuple[str, ...]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


SITES = (
    Site(
        "Lisbon",
        "Europe/Lisbon",
        ("pt", "es"),
        24,
        _words(
            "Beatriz Duarte Leonor Tiago Matilde Rui Filipa Vasco Madalena Nuno Carminho Afonso Teresa Martim Luísa "
            "Gonçalo Rafael Joana Salvador Mafalda"
        ),
        _words(
            "Castrelo Ombrado Varzim-Reis Pomarinho Lagoeiro Serpanova Moutelo Caldeirinha Brunhosa Vilarmos "
            "Taverneiro Ribalonga Quintalva Azenhal Fontelar Sobralinho Marvelas Canedal Penarroia Outeirinho"
        ),
    ),
    Site(
        "Graz",
        "Europe/Vienna",
        ("de",),
        20,
        _words(
            "Anneliese Jonas Valentin Petra Severin Magdalena Korbinian Liesl Matthias Franziska Emil Hedwig Lorenz "
            "Theresia Kilian Johanna Moritz Agnes Leopold Selma"
        ),
        _words(
            "Thalbrenner Moosgruben Eichwald-Simm Kranzlhof Wiesental Unterbirk Haselwanth Lindmayr Rauchensee "
            "Steinbrugg Obermoor Felderau Gschwandl Birkenstett Ahornegg Schwarzlehn Talheimer-Roth Kogelnau "
            "Brunnleitn Edelbach"
        ),
    ),
    Site(
        "Nairobi",
        "Africa/Nairobi",
        ("sw",),
        22,
        _words(
            "Wanjira Kofi Achieng Baraka Nafula Jabali Zuhura Otieno Makena Tendai Adisa Kerubo Simba Chausiku Mwende "
            "Dalmar Nyambura Kwame Imani Rehema"
        ),
        _words(
            "Asantewe Kiprutoli Wambugani Ochiemba Mutharika-Bell Njorolwe Abonyore Kamaunde Obiechara Waitherero "
            "Odingwa Muthembani Chepkurui Adjeimah Barasano Kilonzani Nandwala Omwambo Gathecha Tumainde"
        ),
    ),
    Site(
        "Tromsø",
        "Europe/Oslo",
        ("no",),
        14,
        _words(
            "Jorun Mikael Solveig Aksel Tuva Eirik Ragnhild Sander Ylva Håkon Marte Sindre Oddny Torbjørn Live Jarle "
            "Astrid Magnus Runa Viljar"
        ),
        _words(
            "Haldsted Strandholt Fjellvarg Nordskarv Brattvoll Isbrekken Kvaldal Lyngmark Rystraum Sørfjellheim "
            "Tindhaug Vågrand Ulsnesvik Grøtfjord Skarholt Måsvær Storelvnes Hansnesby Breivikås Kaldsletta"
        ),
    ),
    Site(
        "Amman",
        "Asia/Amman",
        ("ar",),
        12,
        _words(
            "Rania Sami Dima Tareq Nour Khalil Hala Ziad Lina Faris Samar Bashir Reem Nadim Salma Yazan Maysa Karim "
            "Abeer Hatem"
        ),
        _words(
            "Darwashi Qasmour Haddarian Nabulsin Tarawneth Khouryad Masarwi Zreiqan Shamaleh Bitarro Hawamdin Jazairo "
            "Rawashdan Sabbaghin Maraqi Obeidin Tahbouni Fakhourai Anabtine Salaymeh-Orr"
        ),
    ),
    Site(
        "Halifax",
        "America/Halifax",
        ("fr",),
        8,
        _words(
            "Margot Devon Élodie Graham Noémie Colm Odette Tobias Maëlle Hollis Corinne Ansel Jocelyne Piers Delphine "
            "Wendell Solange Rory Bettina Lucien"
        ),
        _words(
            "Thibodrel Maccraewick Arsenelle Lunenbrook Gaudreval Pictounby Comeauvin Fairhaven-Dool Robichelle "
            "Cheticanne Burgeowen Melansault Tusketer Bridgemoor Saulnierac Peggsworth Boudrelle Stellarby Landrieul "
            "Glenmorrin"
        ),
    ),
)

BY_CITY = {site.city: site for site in SITES}
