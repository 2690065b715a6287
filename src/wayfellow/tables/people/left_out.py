"""Columns of people files that are known and never, or not, imported. Patterns are tried on normalised headings."""

import re

from wayfellow.tables.columns import LeftOut

_PAY = (
    r"\bsalar|\bsueldo|\bretribuci|\bremunera|\bnomina\b|gehalt|lohn|entgelt|vergutung|besoldung|bezuge\b"
    r"|tarifgruppe|\bcompensation|\bwages?\b|\bbonus|\bpay\b|\bpay(?:roll|grade|scale|rate)|\bearnings|\bstock\b"
    r"|\bequity\b|\bhourly rate|\bcommission\b|\bprovision\b|\bprima\b|\bvariable\b|\bincome\b|\bcomp\b"
    r"|\ballowance"
)
_PRIVATE = (
    r"\bbirth|\bdob\b|\bborn\b|geburt|\bnacimiento|\bgender|\bsex\b|\bsexo\b|geschlecht|\bgenero\b|\bpronoun"
    r"|\banrede\b|\bmarital|\bfamilienstand|\bestado civil|\bnationalit|\bcitizen|staatsangehorig|\bnacionalidad"
    r"|\bssn\b|\bsocial security|\bnational id|\btax\b|\bsteuer|sozialversicherung|\bsv n|\bdni\b|\bnie\b|\bnif\b"
    r"|\bcurp\b|\brfc\b|\bseguridad social|\bpassport|\breisepass|\bpasaporte|\biban\b|\bbic\b|\bbank|\bbanco\b"
    r"|\bbancari|\bcuenta\b|\bkonto|\breligio|\bkonfession|\bdisab|schwerbehind|behinderung|\bdiscapacidad"
    r"|\bethnic|\brace\b|\betnia|\bveteran"
    r"|\bhome (?:address|phone|mobile|city|street|mail|e ?mail|zip|country|state|number)|\bprivat"
    r"|\bpersonal (?:phone|mobile|address|cell)|\bstreet|\bstrasse|\bpostal|\bpostleit|\bplz\b|\bzip\b|\bpostcode"
    r"|\bdireccion\b|\bdomicilio|\bcodigo postal|\baddress\b|\banschrift|\badresse\b|\bemergency|\bnotfall"
    r"|\bemergencia|\brecovery|\bhealth|\bkrank|\bage\b|\balter\b|\bedad\b|\bunion\b|\bgewerkschaft|\bsindicat"
    r"|\bchildren|\bkinder|\bhijos|\balternate e ?mail|\bpersonalausweis"
)
_SIGN_IN = r"password|\bpasswort|\bkennwort|\bcontrasena|\bpin\b|\bsecret|\btoken\b"
_MANAGER_WORDS = (
    r"\bmanager|\bmgr\b|\bsupervisor|vorgesetzt|\bfuhrungskraft|\bresponsable|\bjefe|\breports to|\breporting to"
    r"|\bboss\b"
)
_NOT_USED = (
    r"\bcost cent|\bkostenstelle|\bcentro de coste|\bfte\b|\bheadcount|\bhours\b|stunden|\bhoras\b|\bcontract"
    r"|vertrag|\bcontrato|\bemploy\w* (?:type|status|class)|\bbeschaftigung|\bstatus\b|\bestado\b|\bcompany\b"
    r"|\bfirma\b|\bempresa\b|\bgesellschaft|\blegal entity|\bentity\b|\bcountry|\bland\b|\bpais\b|\bregion"
    r"|\bstate\b|\bbundesland|\bprovincia|\btermination|\baustritt|\bbaja\b|\bend date|\bleaving|\bprobation"
    r"|\bprobezeit|\bperiodo de prueba|\bshift\b|\bschicht|\bturno|\bbuilding|\bgebaude|\bedificio|\bfloor\b"
    r"|\broom\b|\bdesk\b|\bstock?werk|\bfax\b|\bphoto|\bfoto\b|\bsuffix|\bsalutation|\bmiddle name|\bmi\b"
    r"|\bjob code|\bjob family|\bexempt|\bflsa\b|\beeo\b|\bwork council|\bbetriebsrat|\bobject id|\buser ?name"
    r"|\baccount|\bcreated|\bupdated|\bmodified|\bcomment|\bnotes?\b|\bbemerkung|\bobservaciones|\bapproval"
    r"|\bwork model|\barbeitsmodell|\bremote\b|\bbadge\b|\bausweis\b|\busage location|\buser type|\btenure"
    r"|\blast sign in"
    r"|\b(?:department|location|division|position|business unit|abteilung\w*|standort\w*|team)"
    r" (?:id|code|number|no|nr|key)$"
)
LEFT_OUT = (
    LeftOut("left_out_secret", re.compile(_SIGN_IN), never=True),
    LeftOut("left_out_pay", re.compile(_PAY), never=True),
    LeftOut("left_out_private", re.compile(_PRIVATE), never=True),
    LeftOut("left_out_manager_name", re.compile(_MANAGER_WORDS)),
    LeftOut("left_out_not_used", re.compile(_NOT_USED)),
)
