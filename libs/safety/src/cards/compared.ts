/**
 * Which lines of resources.ts were compared with something published, on 2026-11-21, from stored copies of the pages: `operator` with
 * a page of the operator, `others` with what public bodies or the press say of it. Lines that are not here were compared with
 * nothing yet, and no line was called: both are to be done before a release.
 */
export const compared: Readonly<Record<string, { by: 'operator' | 'others'; source: string }>> = {
  '3114, numéro national de prévention du suicide': {
    by: 'operator',
    source: 'https://3114.fr/que-se-passe-t-il-quand-je-contacte-le-3114/',
  },
  Samaritans: { by: 'operator', source: 'https://www.samaritans.org/how-we-can-help/contact-samaritan/' },
  Shout: { by: 'operator', source: 'https://www.crisistextline.uk/how-it-works/' },
  '988 Suicide & Crisis Lifeline': {
    by: 'others',
    source: 'https://www.mcphs.edu/student-life/counseling-services/emergency-services/988-suicide-and-crisis-lifeline',
  },
  'Crisis Text Line': { by: 'others', source: 'https://internationalmentalhealth.org/resources/' },
  TelefonSeelsorge: { by: 'others', source: 'https://www.domradio.de/glossar/telefonseelsorge-0' },
  'Línea 024': {
    by: 'others',
    source: 'https://www.rtve.es/noticias/20220509/sanidad-presenta-telefono-prevencion-suicidio/2347183.shtml',
  },
  CVV: {
    by: 'others',
    source:
      'http://www.folhadoestado.com.br/numero-188-torna-se-gratuito-no-pais-todo-telefone-de-ajuda-a-prevencao-do-suicidio/',
  },
  Lifeline: { by: 'others', source: 'https://pt.qwe.wiki/wiki/Lifeline_(counselling_service)' },
}
