from wayfellow.core.registry import NotPersonal, PersonalData, Subject


class SearchConfig(Subject):
    name = "wayfellow.search"
    label = "search"
    personal_data = [
        PersonalData(
            model="search.Document",
            fields=("name", "sort_name", "codes", "facets", "facts", "slots"),
            export="wayfellow.search.personal.export_nothing_new",
            erase="wayfellow.search.personal.erase",
        ),
        PersonalData(
            model="search.Term",
            fields=("text",),
            export="wayfellow.search.personal.export_nothing_new",
            erase="wayfellow.search.personal.erase",
        ),
        NotPersonal("search.Value", why="Skills, languages, departments and the like; who has them is in Document."),
    ]
