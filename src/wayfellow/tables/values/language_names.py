"""Names of languages in English, German, Spanish and the language itself, by ISO 639-1 code; many in French and
Portuguese too."""

from functools import cache

from wayfellow.tables.words import fold

# code, three-letter codes, names
_LANGUAGES = """
aa aar | Afar
ab abk | Abkhazian, Abkhaz, Abchasisch, Abjasio
af afr | Afrikaans, Afrikáans
ak aka | Akan, Twi
am amh | Amharic, Amharisch, Amárico, አማርኛ
an arg | Aragonese, Aragonesisch, Aragonés
ar ara | Arabic, Arabisch, Árabe, العربية, Arab, Arabe
as asm | Assamese, Assamesisch, Asamés
av ava | Avaric, Avar, Awarisch
ay aym | Aymara, Aimara
az aze | Azerbaijani, Azeri, Aserbaidschanisch, Azerí, Azerbaiyano, Azərbaycanca
ba bak | Bashkir, Baschkirisch, Baskir
be bel | Belarusian, Belarussisch, Weissrussisch, Bielorruso, Беларуская
bg bul | Bulgarian, Bulgarisch, Búlgaro, Български
bi bis | Bislama
bm bam | Bambara
bn ben | Bengali, Bangla, Bengalisch, Bengalí, বাংলা
bo bod tib | Tibetan, Tibetisch, Tibetano
br bre | Breton, Bretonisch, Bretón
bs bos | Bosnian, Bosnisch, Bosnio, Bosanski
ca cat | Catalan, Katalanisch, Catalán, Català, Valencian, Valenciano, Valencià
ce che | Chechen, Tschetschenisch, Checheno
ch cha | Chamorro
co cos | Corsican, Korsisch, Corso
cs ces cze | Czech, Tschechisch, Checo, Čeština, Cesky, Česky, Tchèque, Tcheco
cv chv | Chuvash, Tschuwaschisch
cy cym wel | Welsh, Walisisch, Galés, Cymraeg
da dan | Danish, Dänisch, Daenisch, Danés, Dansk, Danois, Dinamarquês
de deu ger | German, Deutsch, Alemán, Swiss German, Schweizerdeutsch, Austrian German, Allemand, Alemão
dv div | Dhivehi, Divehi, Maldivian
dz dzo | Dzongkha
ee ewe | Ewe
el ell gre | Greek, Griechisch, Griego, Ελληνικά, Grec, Grego
en eng | English, Englisch, Inglés, Anglais
eo epo | Esperanto
es spa | Spanish, Spanisch, Español, Castellano, Castilian, Espagnol, Espanhol
et est | Estonian, Estnisch, Estonio, Eesti
eu eus baq | Basque, Baskisch, Euskera, Vasco, Euskara
fa fas per | Persian, Farsi, Persisch, Persa, فارسی, Dari
ff ful | Fulah, Fula, Fulani
fi fin | Finnish, Finnisch, Finés, Finlandés, Suomi, Finnois, Finlandês
fj fij | Fijian, Fidschi, Fiyiano
fo fao | Faroese, Färöisch, Feroés
fr fra fre | French, Französisch, Franzoesisch, Francés, Français
fy fry | Western Frisian, Frisian, Friesisch, Frisón
ga gle | Irish, Irisch, Irlandés, Gaeilge, Irish Gaelic
gd gla | Scottish Gaelic, Schottisch-Gälisch, Gaélico escocés
gl glg | Galician, Galicisch, Galizisch, Gallego, Galego
gn grn | Guarani, Guaraní
gu guj | Gujarati, Guyaratí, ગુજરાતી
gv glv | Manx
ha hau | Hausa
he heb iw | Hebrew, Hebräisch, Hebraeisch, Hebreo, Ivrit, עברית, Hébreu, Hebraico
hi hin | Hindi, हिन्दी
hr hrv | Croatian, Kroatisch, Croata, Hrvatski
ht hat | Haitian Creole, Haitian, Haitianisch, Criollo haitiano
hu hun | Hungarian, Ungarisch, Húngaro, Magyar, Hongrois
hy hye arm | Armenian, Armenisch, Armenio, Հայերեն
id ind | Indonesian, Indonesisch, Indonesio, Bahasa Indonesia
ig ibo | Igbo
ii iii | Sichuan Yi
ik ipk | Inupiaq
io ido | Ido
is isl ice | Icelandic, Isländisch, Islaendisch, Islandés, Íslenska
it ita | Italian, Italienisch, Italiano, Italien
iu iku | Inuktitut
ja jpn | Japanese, Japanisch, Japonés, 日本語, Nihongo, Japonais, Japonês
jv jav | Javanese, Javanisch, Javanés
ka kat geo | Georgian, Georgisch, Georgiano, ქართული
kg kon | Kongo, Kikongo
ki kik | Kikuyu
kk kaz | Kazakh, Kasachisch, Kazajo, Қазақша
kl kal | Greenlandic, Kalaallisut, Grönländisch, Groenlandés
km khm | Khmer, Jemer
kn kan | Kannada, Canarés, ಕನ್ನಡ
ko kor | Korean, Koreanisch, Coreano, 한국어, Coréen
kr kau | Kanuri
ks kas | Kashmiri
ku kur | Kurdish, Kurdisch, Kurdo, Kurdî, Kurmanji, Sorani
kv kom | Komi
kw cor | Cornish, Kornisch
ky kir | Kyrgyz, Kirgisisch, Kirguís
la lat | Latin, Latein, Latín
lb ltz | Luxembourgish, Luxemburgisch, Luxemburgués, Lëtzebuergesch
lg lug | Ganda, Luganda
ln lin | Lingala
lo lao | Lao, Laotisch, Laosiano
lt lit | Lithuanian, Litauisch, Lituano, Lietuvių
lv lav | Latvian, Lettisch, Letón, Latviešu
mg mlg | Malagasy, Madagassisch, Malgache
mi mri mao | Maori, Māori
mk mkd mac | Macedonian, Mazedonisch, Macedonio, Македонски
ml mal | Malayalam, മലയാളം
mn mon | Mongolian, Mongolisch, Mongol
mr mar | Marathi, Maratí, मराठी
ms msa may | Malay, Malaiisch, Malayo, Bahasa Melayu
mt mlt | Maltese, Maltesisch, Maltés, Malti
my mya bur | Burmese, Birmanisch, Birmano
nb nob | Norwegian Bokmål, Bokmål, Norwegisch Bokmål
ne nep | Nepali, Nepalesisch, Nepalí
nl nld dut | Dutch, Niederländisch, Niederlaendisch, Holländisch, Neerlandés, Holandés, Nederlands, Flemish, Flämisch
nl | Néerlandais
nn nno | Norwegian Nynorsk, Nynorsk
no nor | Norwegian, Norwegisch, Noruego, Norsk, Norvégien, Norueguês
nv nav | Navajo
ny nya | Chichewa, Nyanja
oc oci | Occitan, Okzitanisch, Occitano
om orm | Oromo
or ori | Odia, Oriya
os oss | Ossetian
pa pan | Punjabi, Panjabi, Pandschabi, Panyabí, ਪੰਜਾਬੀ
pl pol | Polish, Polnisch, Polaco, Polski, Polonais, Polonês, Polaco
ps pus | Pashto, Paschtu, Pastún
pt por | Portuguese, Portugiesisch, Portugués, Português, Brazilian Portuguese, Brasilianisch, Portugais
qu que | Quechua, Ketschua
rm roh | Romansh, Rätoromanisch, Romanche
rn run | Rundi, Kirundi
ro ron rum | Romanian, Rumänisch, Rumaenisch, Rumano, Română, Moldovan, Roumain, Romeno
ru rus | Russian, Russisch, Ruso, Русский, Russe
rw kin | Kinyarwanda
sa san | Sanskrit, Sánscrito
sc srd | Sardinian, Sardisch, Sardo
sd snd | Sindhi
se sme | Northern Sami, Nordsamisch, Sami
sg sag | Sango
si sin | Sinhala, Singhalesisch, Cingalés
sk slk slo | Slovak, Slowakisch, Eslovaco, Slovenčina
sl slv | Slovenian, Slovene, Slowenisch, Esloveno, Slovenščina
sm smo | Samoan, Samoanisch
sn sna | Shona
so som | Somali, Somalí
sq sqi alb | Albanian, Albanisch, Albanés, Shqip
sr srp | Serbian, Serbisch, Serbio, Srpski, Српски
ss ssw | Swati
st sot | Sotho, Southern Sotho
su sun | Sundanese, Sundanesisch
sv swe | Swedish, Schwedisch, Sueco, Svenska, Suédois
sw swa | Swahili, Kiswahili, Suaheli, Suajili
ta tam | Tamil, தமிழ்
te tel | Telugu, తెలుగు
tg tgk | Tajik, Tadschikisch, Tayiko
th tha | Thai, Thailändisch, Tailandés, ไทย
ti tir | Tigrinya, Tigriña
tk tuk | Turkmen, Turkmenisch, Turcomano
tl tgl fil | Tagalog, Filipino, Pilipino
tn tsn | Tswana, Setswana
to ton | Tongan
tr tur | Turkish, Türkisch, Tuerkisch, Turco, Türkçe, Turc
ts tso | Tsonga
tt tat | Tatar, Tatarisch
ug uig | Uyghur, Uighur, Uigurisch
uk ukr | Ukrainian, Ukrainisch, Ucraniano, Ucranio, Українська, Ukrainien
ur urd | Urdu, اردو
uz uzb | Uzbek, Usbekisch, Uzbeko
ve ven | Venda
vi vie | Vietnamese, Vietnamesisch, Vietnamita, Tiếng Việt
wa wln | Walloon, Wallonisch
wo wol | Wolof
xh xho | Xhosa
yi yid | Yiddish, Jiddisch, Yidis
yo yor | Yoruba
za zha | Zhuang
zh zho chi cmn | Chinese, Chinesisch, Chino, Mandarin, Mandarín, Mandarin Chinese, Cantonese, Kantonesisch, 中文
zh | Chinois, Chinês
zu zul | Zulu, isiZulu, Zulú
"""


def _by_name() -> dict[str, str]:
    names: dict[str, str] = {}
    for line in _LANGUAGES.strip().splitlines():
        codes, _, listed = line.partition("|")
        code, *longer = codes.split()
        for name in (code, *longer, *listed.split(",")):
            names[fold(name)] = code
    return names


CODE_BY_NAME = _by_name()


def name_of_language(code: str) -> str:
    """The English name of a language by its ISO 639-1 code; the code itself when it is not known."""
    return _names().get(code, code)


@cache
def _names() -> dict[str, str]:
    names: dict[str, str] = {}
    for line in _LANGUAGES.strip().splitlines():
        codes, _, listed = line.partition("|")
        names.setdefault(codes.split()[0], listed.split(",")[0].strip())
    return names
