"""Headings of mentoring sign-up sheets in English, German, Spanish, French and Portuguese, the most telling first.

They come before those of HR systems (`wayfellow.tables.people`), which are read too. A line is a field, a language and
headings; a field may have several lines in one language.
"""

from wayfellow.tables.people.wordings import wordings as hr_wordings

_WORDINGS = """
role en: role; programme role; program role; mentoring role; participant role; role in the programme
role en: role in the program; mentor or mentee; mentee or mentor; mentor/mentee; mentor / mentee; participant type
role en: type of participant; participating as; joining as; taking part as; signing up as; i am a; i want to be
role en: mentor or a mentee; be a mentor; i would like to be
role de: rolle; rolle im programm; programmrolle; mentoring-rolle; mentor oder mentee; mentor:in oder mentee
role de: teilnahme als; ich nehme teil als; teilnehmerrolle; ich bin
role de: ich möchte teilnehmen als; ich möchte sein; mentor:in oder mentee:in; mentorin oder mentee
role es: rol; rol en el programa; papel; mentor o mentee; mentor o mentorado; participa como; participo como
role es: tipo de participante
role es: quiero ser; quiero participar como; soy; ser mentor
role fr: rôle; rôle dans le programme; mentor ou mentoré; participe en tant que; je participe en tant que
role fr: je souhaite être; je veux être; je suis; être mentor
role pt: papel no programa; função no programa; mentor ou mentorado; participa como; participo como
role pt: quero ser; quero participar como; eu sou; ser mentor; mentor(a) ou mentorado(a)
capacity en: capacity; places; number of places; places offered; mentee places; maximum mentees; max mentees
capacity en: maximum number of mentees; max number of mentees; number of mentees; how many mentees; mentee capacity
capacity en: mentee limit; slots; available slots; seats; spots; free places; mentees
capacity de: plätze; kapazität; anzahl plätze; freie plätze; mentee-plätze; anzahl mentees; max. mentees
capacity de: maximale anzahl mentees; höchstens mentees; wie viele mentees
capacity de: max mentees; anzahl der mentees
capacity es: plazas; capacidad; número de plazas; plazas disponibles; cupo; número de mentees; máximo de mentees
capacity es: número de mentorados; máximo de mentorados; cuántos mentees
capacity fr: capacité; nombre de places; nombre de mentorés; nombre maximum de mentorés; places disponibles
capacity fr: nombre max. de mentorés; nombre maximal de mentorés; combien de mentorés; mentorés max; max. mentorés
capacity pt: vagas; capacidade; número de vagas; lugares; máximo de mentorados; quantos mentorados
capacity pt: número de mentorados; número máximo de mentorados; quantos mentorandos; número de mentorandos
minimum en: minimum; minimum mentees; min mentees; minimum number of mentees; at least; minimum places; min places
minimum en: min
minimum de: mindestens; mindestanzahl; mindestanzahl mentees; mindestens mentees; mindestplätze
minimum es: mínimo; mínimo de mentees; número mínimo de mentees; mínimo de mentorados; plazas mínimas
minimum fr: nombre minimum de mentorés; au moins
minimum pt: mínimo de vagas; número mínimo de mentorados
wants en: mentors wanted; number of mentors wanted; number of mentors; how many mentors; wanted mentors; mentors needed
wants en: wants; want; mentors
wants de: gewünschte mentoren; gewünschte anzahl mentoren; anzahl gewünschter mentoren; anzahl mentoren
wants de: wie viele mentoren; mentoren
wants es: mentores deseados; número de mentores; número de mentores deseados; cuántos mentores; mentores
wants fr: mentors souhaités; nombre de mentors; nombre de mentors souhaités; combien de mentors
wants pt: mentores desejados; quantos mentores
skills_offered en: skills offered; offered skills; skills i offer; can help with; i can help with; offers; can offer
skills_offered en: areas of expertise; expertise; skills to share; skills i can teach; can teach; mentor skills
skills_offered en: strengths; competencies offered; what i can offer; skills to offer; offer
skills_offered de: angebotene fähigkeiten; angebotene kompetenzen; angebotene skills; biete; ich biete; bietet
skills_offered de: kann helfen bei; ich kann helfen bei; stärken; fachgebiete; kompetenzangebot; angebot
skills_offered de: kann anbieten; ich kann anbieten; könnte anbieten; was ich anbieten kann
skills_offered es: habilidades ofrecidas; competencias ofrecidas; habilidades que ofrece; ofrece; ofrezco
skills_offered es: puede ayudar en; puedo ayudar en; puede ayudar con; puedo ayudar con; fortalezas; especialidades
skills_offered es: áreas de experiencia
skills_offered fr: compétences offertes; compétences proposées; propose; je propose; domaines d'expertise
skills_offered fr: peut aider; peut aider sur; points forts
skills_offered pt: competências oferecidas; habilidades oferecidas; oferece; ofereço; pode ajudar com
skills_offered pt: posso ajudar com; áreas de especialização; pontos fortes; áreas de conhecimento
skills_wanted en: skills wanted; wanted skills; skills needed; skills to develop; skills to learn; wants to learn
skills_wanted en: i want to learn; skills sought; skills i want; skills i need; development areas; areas for development
skills_wanted en: areas to develop; looking for; seeks; seeking; help wanted; help needed; support needed; skill gaps
skills_wanted en: mentee skills; needs
skills_wanted de: gesuchte fähigkeiten; gesuchte kompetenzen; gesuchte skills; gewünschte fähigkeiten
skills_wanted de: gewünschte kompetenzen; gewünschte skills; suche; ich suche; sucht; möchte lernen
skills_wanted de: ich möchte lernen; entwicklungsfelder; lernfelder; entwicklungsbedarf; lernbedarf
skills_wanted es: habilidades buscadas; habilidades deseadas; competencias buscadas; competencias deseadas; busca
skills_wanted es: busco; quiere aprender; quiero aprender; áreas de desarrollo; áreas de mejora; necesita
skills_wanted fr: compétences recherchées; compétences souhaitées; cherche; je cherche; souhaite apprendre
skills_wanted fr: axes de développement; besoins
skills_wanted pt: competências desejadas; competências procuradas; habilidades desejadas; procura; procuro
skills_wanted pt: quer aprender; quero aprender; áreas de desenvolvimento
skills en: skills; skill; competencies; competences; skill set; key skills; skills and levels
skills de: fähigkeiten; kompetenzen; kenntnisse
skills es: habilidades; competencias; destrezas
skills fr: compétences
skills pt: competências
goals en: goals; goal; topics; topic; objectives; mentoring goals; mentoring topics; career goals; development goals
goals en: learning goals; aims; focus; focus areas; themes
goals en: hope to gain; hope to get out; hope to achieve; want to achieve; like to achieve; expectations
goals de: ziele; ziel; themen; thema; mentoring-ziele; mentoring-themen; karriereziele; entwicklungsziele; lernziele
goals de: schwerpunkte; anliegen
goals de: was möchtest du erreichen; was möchten sie erreichen; erwartungen
goals es: objetivos; objetivo; metas; meta; temas; tema; objetivos profesionales; qué quieres lograr; expectativas
goals fr: objectifs; objectif; thèmes; sujets; buts
goals pt: tópicos; objetivos de carreira
interests en: interests; interest; areas of interest; hobbies; hobbies and interests
interests de: interessen; interessensgebiete; hobbys
interests es: intereses; áreas de interés; aficiones
interests fr: centres d'intérêt; intérêts; loisirs
interests pt: interesses; áreas de interesse
ways_of_working en: ways of working; way of working; working style; work style; values; mentoring style; meeting style
ways_of_working en: communication style; preferred style; preferred format; format; how would you like to meet
ways_of_working de: arbeitsweise; arbeitsstil; werte; mentoring-stil
ways_of_working es: forma de trabajar; estilo de trabajo; valores; estilo de mentoría
ways_of_working fr: façon de travailler; manière de travailler; style de travail; valeurs
ways_of_working pt: forma de trabalhar; estilo de trabalho; modo de trabalho
availability en: availability; weekly availability; available hours; available times; free hours; free times; available
availability en: meeting times; preferred times; time slots; times; hours; when free
availability de: verfügbarkeit; verfügbare zeiten; verfügbar; freie zeiten; zeitfenster; zeiten; erreichbarkeit
availability de: wann hast du zeit; wann haben sie zeit; wann passt es dir; wann passt es ihnen
availability es: disponibilidad; horas disponibles; horario disponible; disponible; horarios; horario
availability fr: disponibilité; disponibilités; heures disponibles; créneaux; horaires
availability pt: disponibilidade; horas disponíveis; horário disponível; horários; horário
trained en: training done; training completed; training complete; mentor training; mentor training done; trained
trained en: completed training; training; certified
trained de: schulung absolviert; schulung gemacht; mentorenschulung; schulung; geschult; training absolviert
trained es: formación completada; formación realizada; formación; capacitación; capacitado; formado; curso realizado
trained fr: formation suivie; formation terminée; formation; formé
trained pt: formação concluída; formação feita; formação; treinamento concluído; treinamento; treinado
manager en: manager name; line manager name; name of manager; supervisor name; boss
manager de: name der führungskraft; name des vorgesetzten; vorgesetzter name; chef; chefin
manager es: nombre del responsable; nombre del jefe; jefa; superior directo; jefe/a
manager fr: responsable hiérarchique; supérieur; supérieur hiérarchique; n+1; e-mail du responsable
manager pt: gestor; gestor direto; gerente; chefe; líder; e-mail do gestor
id en: id; participant id; person id; mentee id; mentor id; identifier; number; no; nr
id de: teilnehmer-id; kennung; nummer
id es: identificador; número
id fr: identifiant; matricule
id pt: matrícula; número de funcionário
name fr: nom complet; nom et prénom; prénom et nom
name pt: nome completo; nome
first_name fr: prénom
first_name pt: primeiro nome
last_name fr: nom de famille
last_name pt: sobrenome; apelido
email fr: courriel; adresse e-mail; adresse électronique
email pt: endereço de e-mail; correio eletrónico
department fr: département; service; direction; équipe
department pt: equipe; equipa; área de negócio
site en: site; location; office
site fr: lieu; lieu de travail; bureau; ville
site pt: localização; local; escritório; cidade
function en: function; job function; business function; job family; discipline; profession
function de: funktion; funktionsbereich; berufsfeld
function es: función; área funcional
function fr: fonction; métier
function pt: função
industry en: industry; sector
industry de: branche; sektor
industry es: industria
industry fr: secteur; industrie
industry pt: setor; indústria; ramo
country en: country
country de: land
country es: país
country fr: pays
grade fr: niveau; échelon
grade pt: nível; senioridade
job_title fr: poste; intitulé du poste
time_zone fr: fuseau horaire
time_zone pt: fuso horário; fuso
languages fr: langues; langue; langues parlées
languages pt: línguas; língua
"""
_OF_HR = {"site": "location", "id": "employee_number"}


def wordings(field: str) -> dict[str, tuple[str, ...]]:
    """The headings of one field by language: those of HR systems first, then those of sign-up sheets."""
    hr = _OF_HR.get(field, field)
    found = hr_wordings(hr)
    for line in _WORDINGS.strip().splitlines():
        place, _, listed = line.partition(": ")
        name, language = place.split()
        if name == field:
            found[language] = found.get(language, ()) + tuple(listed.split("; "))
    return found
