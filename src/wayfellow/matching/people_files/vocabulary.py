"""Words of sign-up sheets in English, German, Spanish, French and Portuguese, folded: no case, no accents."""

_WORDS = """
mentor: mentor, mentors, mentorin, mentorinnen, mentoren, mentora, mentores, mentoras
mentee: mentee, mentees, menteein, mentoree, mentorees, mentorado, mentorada, mentorados, mentoradas, mentorando
mentee: mentoranda, mentorizado, mentorizada, mentorierte, mentorierter, protege, protegee, protegido, protegida
mentee: aprendiz, telemaco
both: both, beide, beides, ambos, ambas, entrambi, deux, sowohl, dos
around a role: a, an, and, or, i, am, to, only, the, in, innen, e, en, und, oder, nur, rollen, roles
around a role: ein, eine, ich, bin, y, o, solo, un, una, soy, el, la, et, ou, les, tous, seulement
around a role: je, suis, apenas, sou, um, uma, s, es, r, eu, me, os, los, papeis, yo, participate, take, part
around a role: join, sign, up, teilnehmen, mitmachen, participar, participer, auch, einen, einem, einer, my
being in a role: be, become, ser, etre, sein, werden, devenir, as, als, como, comme
wanting a role: want, wants, would, like, d, quiero, quisiera, gustaria, mochte, will, veux, voudrais, souhaite
wanting a role: aimerais, quero, gostaria
having somebody: have, find, get, need, needs, seek, seeks, seeking, look, looking, for, search, searching, wanted
having somebody: suche, sucht, gesucht, brauche, habe, haben, finden, nach, tener, busco, busca, necesito, encontrar
having somebody: cherche, avoir, trouver, besoin, procuro, procura, preciso, ter
yes: yes, y, true, 1, x, ja, j, wahr, si, s, verdadero, oui, o, vrai, sim, verdadeiro, done, completed, complete, ok
yes: abgeschlossen, erledigt, absolviert, hecho, completado, completada, ✓, ✔, ☑
no: no, n, false, 0, nein, falsch, falso, non, faux, nao, pending, open, planned, not yet, noch nicht, todavia no
no: aun no, pas encore, ainda nao, pendiente, ausstehend, offen, geplant, ✗, ✘, ☐
level 1: beginner, novice, anfanger, einsteiger, principiante, debutant, iniciante
level 2: basic, basics, elementary, grundkenntnisse, grundlagen, basico, elemental, notions, elementar
level 3: intermediate, working, medium, good, mittel, gut, fortgeschritten, medio, intermedio, intermediaire
level 3: intermediario
level 4: advanced, very good, strong, sehr gut, avanzado, avance, avancado
level 5: expert, master, excellent, experte, expertin, profi, experto, experta, especialista
day 0: mo, mon, monday, mondays, montag, montags, lu, lun, lunes, lundi, seg, segunda, segundas
day 1: tu, tue, tues, tuesday, tuesdays, di, die, dienstag, dienstags, ma, mar, martes, mardi, ter, terca, tercas
day 2: we, wed, weds, wednesday, wednesdays, mi, mit, mittwoch, mittwochs, mie, mier, miercoles, mer, mercredi, qua
day 2: quarta, quartas
day 3: th, thu, thur, thurs, thursday, thursdays, do, don, donnerstag, donnerstags, ju, jue, jueves, jeu, jeudi, qui
day 3: quinta, quintas
day 4: fr, fri, friday, fridays, freitag, freitags, vi, vie, viernes, ven, vendredi, sex, sexta, sextas
day 5: sa, sat, saturday, saturdays, samstag, samstags, sonnabend, sab, sabado, sabados, sam, samedi
day 6: su, sun, sunday, sundays, so, son, sonntag, sonntags, dom, domingo, domingos, dim, dimanche
working days: weekdays, weekday, workdays, werktags, wochentags, werktage, laborables, semana, ouvres, uteis
every day: daily, everyday, taglich, diario, diariamente
weekend: weekend, weekends, wochenende, wochenenden, finde
9-12: morning, mornings, am, vormittag, vormittags, morgens, fruh, manana, mananas, matin, matins, manha, manhas
12-13: lunch, lunchtime, noon, mittag, mittags, mediodia, midi, almoco
13-17: afternoon, afternoons, pm, nachmittag, nachmittags, tarde, tardes
17-20: evening, evenings, abend, abends, noche, noches, soir, soirs, noite, noites
any time: any time, anytime, any, flexible, flexibel, always, jederzeit, immer, cualquier hora, siempre, a tout moment
any time: toujours, qualquer hora, sempre, flexivel, all day, ganztags
around a time: on, at, from, between, and, to, in, the, every, each, um, von, bis, am, im, jeden, jede, uhr, und, de, a
around a time: las, los, el, y, entre, cada, h, hs, hrs, hours, o, le, les, du, des, et, das, as, e, os, la, por, para
around a time: desde, hasta, feira, free, available, frei, libre, days, dias
"""


def _read() -> dict[str, frozenset[str]]:
    read: dict[str, frozenset[str]] = {}
    for line in _WORDS.strip().splitlines():
        kind, _, words = line.partition(": ")
        read[kind] = read.get(kind, frozenset()) | frozenset(words.split(", "))
    return read


WORDS = _read()
