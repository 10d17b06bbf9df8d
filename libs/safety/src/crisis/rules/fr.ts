import { crisisRules } from '../rule.ts'

export const french = crisisRules('fr', {
  imminent: {
    comprimes:
      "(j'ai|je viens de|jai) (avalé|avaler|pris|prendre) (tous|toute|toutes|une boîte|trop|plein|tout) ~3 (comprimés|cachets|médicaments|pilules|somnifères|boîte)",
    moyens:
      '(comprimés|cachets|corde|arme|pistolet|lame|rasoir|couteau) (est|sont) ~1 (devant moi|prête|prêts|dans ma main|à côté de moi|autour de mon cou|chargé)',
    lettre: "(lettre|lettres|mot) (d'adieu|de suicide)",
    dernier:
      "(c'est|voici|ce sont) (mon|mes|ma) (dernier message|derniers mots|adieu|dernière nuit|dernier soir|dernier jour)",
    pont: '(suis|debout|assis|assise) (sur|au bord) (le rebord|du toit|du pont|le parapet|les rails|de la fenêtre|du vide)',
    demain: '(demain|ce soir) je (ne)? serai (plus là|morte|mort|plus de ce monde)',
    veines: '(ouvert|ouvrir|tailler|coupé|couper) les veines',
  },
  high: {
    'veux-mourir!':
      '(veux|voudrais|envie de|souhaite|vais|préfère|préférerais|voulais|aimerais) (juste|vraiment|simplement|seulement)? (mourir|crever|être morte|être mort|disparaître pour toujours|ne plus vivre|ne plus exister|ne plus me réveiller|en finir|mettre fin à mes jours|mettre fin à ma vie)',
    'en-finir!':
      '(en finir avec (la vie|ma vie|tout)|envie den finir|veux en finir|vais en finir|mettre fin à (mes jours|ma vie|mon existence))',
    'me-tuer!':
      '(me|m) (tuer|suicider|pendre|flinguer|foutre en lair|jeter sous|jeter dans le vide|jeter du|ôter la vie|noyer|tirer une balle|buter|supprimer)',
    'mapostrophe!': "(m'ôter la vie|m'enlever la vie|m'ouvrir les veines)",
    suicidaire: '(suicidaire|idées noires|idées suicidaires|pensées suicidaires|envies suicidaires)',
    'penser-suicide':
      '(pense|penser|songe|pensé|réfléchis) (souvent|au|à|tout le temps au)? (au suicide|me suicider|me tuer|la mort|suicide)',
    tentative: "(tentative de suicide|j'ai essayé de (me tuer|me suicider|mourir))",
    'plus-vivre':
      '(ne)? (veux|voudrais|peux|envie) (plus|plus de|de ne plus) (vivre|exister|être là|être en vie|me réveiller)',
    'envie-de-vivre': '(plus|aucune) (envie|raison|goût|force) de (vivre|continuer à vivre|rester en vie|la vie)',
    'mieux-sans-moi':
      '(mieux|bien mieux|plus heureux) (sans moi|si je nétais plus là|si je mourais|si jétais morte|si jétais mort|si je disparaissais)',
    'etre-mort':
      "(j'aurais préféré|je voudrais|j'aimerais|si seulement je pouvais) (ne jamais être né|ne jamais être née|être mort|être morte|ne pas être né|mourir)",
    'ne-pas-me-reveiller': '(dormir|endormir) et (ne plus|ne jamais|plus jamais) me réveiller',
    'vaut-la-peine': "(vie|vivre) (ne)? (vaut|mérite) (pas|plus) (la peine|le coup)? (d'être vécue)?",
    scarifier:
      '(me|mes) (scarifie|scarifier|scarifié|mutile|mutiler|coupe les bras|faire du mal|fais du mal|taillade|taillader)',
  },
  low: {
    'nen-peux-plus':
      "(j'en peux plus|je n'en peux plus|j'ai plus la force|je n'ai plus la force|je suis à bout|je tiens plus|je ne tiens plus)",
    disparaitre:
      '(veux|voudrais|aimerais|envie de) (juste|tout simplement)? (disparaître|que tout sarrête|que ça sarrête|dormir pour toujours)',
    'sans-espoir': '(plus aucun|aucun|plus d|sans) (espoir|issue|avenir|échappatoire)',
    fardeau: '(suis|être) (un fardeau|un poids|de trop|un boulet) (pour)?',
    'sert-a-rien': '(ma vie|vivre|tout|je) (ne)? (sert|sers|rime) (plus)? à rien',
    manquerai: '(personne|je) (ne)? (manquerai|me regrettera|me pleurera|remarquera) (à personne|si je)?',
    'me-deteste': 'je me déteste',
    suicide: '(suicide|suicider)',
  },
})
