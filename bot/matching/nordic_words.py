"""Everyday words that tell Danish, Norwegian and Swedish from English, and from each other."""

from __future__ import annotations

from spacy.lang.da.stop_words import STOP_WORDS as DANISH_STOPS
from spacy.lang.en.stop_words import STOP_WORDS as ENGLISH_STOPS
from spacy.lang.nb.stop_words import STOP_WORDS as NORWEGIAN_STOPS
from spacy.lang.sv.stop_words import STOP_WORDS as SWEDISH_STOPS


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TELLING = {
    "da": _words(
        """af anden andet ansøgning ansøgningen antal at beløb beløbet betale bilag bilaget billede blev blive
        bliver bruge byde dage dato datoen dig dit efter ej en endnu er et faar fakturaen fakturaer
        fik finde findes forkert forskellen fra frist fristen få fået får før først gaelder gerne gik giver
        goddag godkendt gået gælder gør gøre hej hejsa hele helst hjælp hjælpe hos hvad hvem hver hvilken
        hvilket hvis hvor hvordan hvorfor hvornaar hvornår hører igen igennem ik ikke ind jeg jep jer jeres
        kigge kun kunde kundeservice kunne kvittering kvitteringen køb købe køber købet købt købte laver lidt
        lige lægge mangler med meget mellem mere mig mit muligt måde måned måneder naar nej nogen noget nogle
        nu nyt når næste og ogsaa også op os paa penge pengene produkter rabat regning regningen sagde samme
        selv sende sendt sendte sidder siden sidste sig skal skrive skærm skærme skærmen stadig stykker svar
        synes sådan søge tager tak til tilbage ud udbetales udbetaling udbetalt uden udfylde uge uger undskyld
        varer ved vedhæfte vil virksomhed virksomheden vores vælge være været ændre"""
    ),
    "nb": _words(
        """antall at bedriften beløp beløpet berre betale bilde ble blei bli blir blitt bruke dager dato
        datoen deg dere deres ditt dykk dykkar eg ein eit en enda endre ennå er et ett etter fakturaen
        fakturaer fikk finner fordi fra frist fristen frå funker få får fått før først gi gikk gir gjeld
        gjelder gjør gjøre godkjent gått hallo hei heisann hele hjelp hjelpe hos hva hvem hver hvilken hvis
        hvor hvordan hvorfor hører høyrer igjen ikke ikkje imot inn jeg kanskje kjøp kjøpe kjøper kjøpet kjøpt
        kjøpte kor korleis krav kravet kun kunde kundeservice kunne kva kven kvittering kvitteringa
        kvitteringen lagt lenge litt mangler med meg mitt mottatt mulig mye må måned måneder nei noe noen noko
        nokon nytt nå når og også opp ordentlig oss penga pengane pengene produkter regning regninga regningen
        riktig samme seg selv sende sendt sendte siste sjøl skal skjema skjemaet skjer skjerm skjermen skriva
        skrive skular skule snakke snakkes svar søke søknad søknaden takk til tilbake tilbud trenger trengs
        uke uker unnskyld utbetaling utbetalingen utbetalt uten varer ved vedlegg velge vere vert vet videre
        vil vår våre være vært å"""
    ),
    "sv": _words(
        """aldrig ansöka ansökan ansökningen ansökt antal artiklar att av avbryt bara behöver belopp beloppet
        betala bifoga bilaga bilagan blev bli blir blivit datum dig ditt där efter eller emot era ert ett
        fakturan fakturor fick finns fran fråga från funkar få får fått för företag företaget förlåt
        gar godkänd gälla gäller gått gör göra hej hejdå hejsan hjälp hos hur här hör igen in inga inget innan
        inne int inte ja jag kan kanske kontot kunde kundservice kundtjänst kvar kvitto kvitton kvittot köp
        köpa köper köpet köpt köpte lite länge maste med mig missade mitt mycket månad månader många måste
        nagon nej ni nu när nästa någon något några nån nåt och också oss pengar pengarna produkter räknas
        räkning räkningen saknas samma sedan sen sin sista ska skicka skickade skickar skickat skriva skärm
        skärmar skärmen som stämmer svar svaret säga sätt söka tack tackar till tillbaka tills tjena upp ut
        utan utbetalning utbetalningen vad var varför varor vart vecka veckor vem vet vilka vilken vilket vill
        välja vår våra vårt än ändra ändå är även ångra"""
    ),
}
"""A word that two of them share stands with both, and so speaks against the third. Norwegian is Bokmål and Nynorsk."""

_IN_ENGLISH_TOO = _words(
    """bag ban bland bra da dag day de del den dens der did dig din dock dog en end enda ends era et faktura
    fast fin fire folk for gang gar gi god ha ham han hans has have hen her hit hon inn int is kamp kl kom kr
    kroner la lad laget land lav leder legat like lite liten lo man me men mens mere min mine mot ned ni nod
    nog nor nr of on or os over per plass runde sa sat se sen sent ses sett sex sig sin sine so som sted store svar
    ta tack tar tid till tills tit tok ur ut van vant vert vet vi via ville"""
)

NORDIC = DANISH_STOPS.union(NORWEGIAN_STOPS, SWEDISH_STOPS, *TELLING.values()) - ENGLISH_STOPS - _IN_ENGLISH_TOO
"""Words that English messages do not hold, neither as words nor as names and slips."""

ENGLISH = ENGLISH_STOPS - _words("an at for go have her i in mine over per to under via")
"""Words that Nordic messages do not hold, not as names of products either."""
