"""Tables of second names and symbols that stand for answers: elements, letters, days, foods, places."""

import re

from .lexicon import groups


def _table(text: str) -> dict[str, str]:
    return dict(zip(text.split()[::2], text.split()[1::2], strict=True))


ELEMENTS = _table("""
    H hydrogen He helium Li lithium Be beryllium B boron C carbon N nitrogen O oxygen F fluorine Ne neon
    Na sodium Mg magnesium Al aluminium Si silicon P phosphorus S sulfur Cl chlorine Ar argon K potassium
    Ca calcium Ti titanium Cr chromium Mn manganese Fe iron Co cobalt Ni nickel Cu copper Zn zinc Ga
    gallium Ge germanium As arsenic Se selenium Br bromine Kr krypton Rb rubidium Sr strontium Zr
    zirconium Mo molybdenum Ag silver Cd cadmium Sn tin Sb antimony Te tellurium Xe xenon Cs caesium Ba
    barium W tungsten Pt platinum Au gold Hg mercury Pb lead Bi bismuth Po polonium Rn radon Ra radium Th
    thorium U uranium Pu plutonium
""")
"""Chemical symbols."""

STATE_CODES = _table("""
    AL Alabama AK Alaska AZ Arizona AR Arkansas CA California CO Colorado CT Connecticut DE Delaware FL
    Florida GA Georgia HI Hawaii ID Idaho IL Illinois IA Iowa KS Kansas KY Kentucky LA Louisiana MD
    Maryland MA Massachusetts MI Michigan MN Minnesota MS Mississippi MO Missouri MT Montana NE Nebraska
    NV Nevada NC North-Carolina ND North-Dakota NH New-Hampshire NJ New-Jersey NM New-Mexico NY New-York
    PA Pennsylvania RI Rhode-Island SC South-Carolina SD South-Dakota TN Tennessee TX Texas UT Utah VT
    Vermont VA Virginia WA Washington WV West-Virginia WI Wisconsin WY Wyoming
""")
"""Postal codes of states, but for those that are words in capitals (OH, OK, OR, IN, ME)."""

ABBREVIATED_DAYS = _table("""
    Mon Monday Tue Tuesday Tues Tuesday Wed Wednesday Thu Thursday Thur Thursday Thurs Thursday Fri Friday
    Sat Saturday Sun Sunday
""")
"""Short forms of days of the week."""

GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρστυφχψω",
        [
            "alpha",
            "beta",
            "gamma",
            "delta",
            "epsilon",
            "zeta",
            "eta",
            "theta",
            "iota",
            "kappa",
            "lambda",
            "mu",
            "nu",
            "xi",
            "omicron",
            "pi",
            "rho",
            "sigma",
            "tau",
            "upsilon",
            "phi",
            "chi",
            "psi",
            "omega",
        ],
        strict=True,
    )
)
"""Greek letters by themselves."""

DIE_FACES = {face: str(i) for i, face in enumerate("⚀⚁⚂⚃⚄⚅", start=1)}
"""Faces of a die."""

LONG_CARDS = re.compile(r"\b([AKQJ])(?=\s?[♠♥♦♣])")
"""The letter of a picture card or an ace."""

SECOND_NAMES = [
    (re.compile(rf"(?<!\w){name.replace('_', ' ')}(?!\w)", re.IGNORECASE), group[0].replace("_", " "))
    for group in groups("""
    eggplant aubergine | zucchini courgettes? | cilantro coriander_leaves | arugula rocket_salad |
    chickpeas? garbanzo_beans? garbanzos? | shrimp prawns? | soccer association_football | truck lorry |
    elevator lift(?=_shaft) | apartment flat(?=_building) | candy sweets(?=_shop) | puma cougars?
    mountain_lions? catamount | moose(?=_in_europe) european_elk | groundhog woodchucks? | caribou
    reindeers? | killer_whale orcas? | Germany Deutschland | Spain España | Japan Nippon Nihon |
    Switzerland Schweiz Suisse Svizzera (?:the_)?Helvetic_Confederation | Finland Suomi | Hungary
    Magyarország | Greece Hellas | Ireland Éire | Thailand Siam | Iran Persia | Slovakia Slovak_Republic |
    Czechia Czech_Republic | Turkey Türkiye Turkiye | Ivory_Coast Côte_d['’]Ivoire | Cambodia Kampuchea |
    Ethiopia Abyssinia | Zimbabwe Rhodesia | Sri_Lanka Ceylon | Munich München | Vienna Wien | Florence
    Firenze | Rome Roma | Venice Venezia | Milan Milano | Naples Napoli | Turin Torino | Cologne Köln |
    Prague Praha | Lisbon Lisboa | Warsaw Warszawa | Copenhagen København | Istanbul
    Constantinople(?=,?_now) | Mumbai Bombay | Kolkata Calcutta | Beijing Peking | Saigon Ho_Chi_Minh_City
    | Amazon Rio_Amazonas Amazonas | Everest Chomolungma Sagarmatha | Los_Angeles L\\.A\\. | John_Kennedy
    JFK John_F\\._Kennedy | Franklin_Roosevelt FDR | Martin_Luther_King MLK | Lyndon_Johnson LBJ | violin
    fiddle | cello violoncello | salt sodium_chloride NaCl | water H2O H₂O | carbon_dioxide CO2 CO₂ |
    aluminium aluminum | sulfur sulphur | caesium cesium | sulfuric_acid H2SO4 H₂SO₄ | hydrochloric_acid
    HCl
    """)
    for name in group[1:]
]
"""Second names, in American and British kitchens, other languages and textbooks, each to its first."""
