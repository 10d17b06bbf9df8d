import { crisisRules } from '../rule.ts'

export const italian = crisisRules('it', {
  imminent: {
    pillole:
      '(ho|appena) (preso|ingoiato|ingerito|buttato giù) (tutte|troppe|un flacone|una scatola|tutto) ~3 (pillole|pastiglie|pasticche|farmaci|sonniferi|flacone)',
    mezzi:
      '(pillole|pasticche|corda|pistola|lametta|coltello) (è|sono) ~1 (davanti a me|pronta|pronte|in mano|accanto a me|carica)',
    lettera: "(lettera|lettere|biglietto) (d'addio|di addio|di suicidio)",
    ultimo:
      '(questo è|questa è|queste sono) (il mio|la mia|le mie) (ultimo messaggio|addio|ultime parole|ultima notte|ultima sera)',
    ponte: '(sono|in piedi|seduto|seduta) ~1 (sul cornicione|sul parapetto|sul bordo|sui binari|sul ponte pronto)',
    domani: '(domani|presto) non ci (sarò|sono) più',
    vene: '(tagliarmi|tagliata|tagliato|aperto|aprirmi) le vene',
  },
  high: {
    'voglio-morire!':
      '(voglio|vorrei|desidero|preferirei|preferisco|voglia di|volevo|sto per) (solo|soltanto|davvero|proprio)? (morire|essere morto|essere morta|non esistere più|non vivere più|smettere di vivere|smettere di esistere|non svegliarmi più|farla finita|uccidermi|ammazzarmi|suicidarmi)',
    'uccidermi!':
      '(uccidermi|ammazzarmi|suicidarmi|impiccarmi|spararmi|togliermi la vita|buttarmi (da un|dal|sotto|giù)|farla finita|mi uccido|mi ammazzo|mi suicido|mi impicco)',
    'porre-fine!': '(porre fine|mettere fine|dare fine) (alla mia vita|a tutto|alla mia esistenza|alla mia sofferenza)',
    pensieri: '(pensieri|idee|istinti) (suicidi|suicide|di suicidio|di morte|suicidari)',
    'penso-suicidio':
      '(penso|pensando|pensato) (spesso|sempre)? (al suicidio|a suicidarmi|a uccidermi|alla morte|di uccidermi|di farla finita)',
    tentato: '(tentato il suicidio|tentativo di suicidio|ho provato a (uccidermi|morire|suicidarmi))',
    'non-vivere':
      'non (voglio|vorrei|riesco|ho voglia di) (più)? (a)? (vivere|esistere|svegliarmi|stare al mondo|essere viva|essere vivo|esserci) (più)?',
    'senza-motivo':
      '(non ho|nessun|senza|non vedo|non trovo) (più)? (un|alcun)? (motivo|ragione|motivi|voglia|scopo) (per|di|per cui) (vivere|andare avanti a vivere|continuare a vivere|stare al mondo)',
    'senza-di-me':
      '(meglio|più felici) (senza di me|se (morissi|sparissi|non esistessi|non ci fossi|fossi morto|fossi morta))',
    'vorrei-mai-nato': '(vorrei|magari) (non essere|non fossi|fossi) (mai)? (nato|nata|morto|morta)',
    'non-svegliarmi': '(addormentarmi|dormire) e non svegliarmi (mai)? più',
    'non-vale': '(vita|vivere) non (vale la pena|ha più senso|ha senso)',
    tagliarmi:
      '(mi taglio|tagliarmi|mi sono tagliata|mi sono tagliato|autolesionismo|autolesionista|farmi del male|mi faccio del male)',
  },
  low: {
    'non-ce-la-faccio': 'non ce la faccio più',
    sparire: '(voglio|vorrei) (solo)? (sparire|scomparire|che tutto finisca|che finisca tutto|dormire per sempre)',
    'senza-uscita': "(non vedo|non c'è|nessuna|senza) (più)? (una)? (via d'uscita|speranza|futuro)",
    peso: '(sono|essere) (solo)? un peso (per)?',
    'nessuno-mi': '(nessuno|a nessuno) (mi|sentirebbe|importa|accorgerebbe) (mancherei|la mia mancanza|di me)?',
    'niente-senso': '(niente|nulla) ha (più)? senso',
    'mi-odio': '(mi odio|odio la mia vita)',
    suicidio: '(suicidio|suicidarsi)',
  },
})
