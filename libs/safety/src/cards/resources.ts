export interface Resource {
  name: string
  /** Numbers, text lines, as the operator writes them. */
  contact: string
  hours?: string
  url: string
}

export interface Region {
  /** Number of the emergency services. */
  emergency: string
  resources: readonly Resource[]
}

/**
 * Crisis lines by region (ISO 3166-1), each with the address where its operator publishes the number. Written down without
 * network on the date below; compared.ts says what was compared since. Compare every line before a release, and at least every six
 * months, and move the date.
 */
export const compiledOn = '2026-11-21'

const always = '24/7'

export const regions: Readonly<Record<string, Region>> = {
  US: {
    emergency: '911',
    resources: [
      {
        name: '988 Suicide & Crisis Lifeline',
        contact: 'Call or text 988',
        hours: always,
        url: 'https://988lifeline.org',
      },
      {
        name: 'Crisis Text Line',
        contact: 'Text HOME to 741741',
        hours: always,
        url: 'https://www.crisistextline.org',
      },
    ],
  },
  CA: {
    emergency: '911',
    resources: [
      { name: '9-8-8 Suicide Crisis Helpline', contact: 'Call or text 988', hours: always, url: 'https://988.ca' },
    ],
  },
  GB: {
    emergency: '999',
    resources: [
      { name: 'Samaritans', contact: '116 123', hours: always, url: 'https://www.samaritans.org' },
      { name: 'Shout', contact: 'Text SHOUT to 85258', hours: always, url: 'https://giveusashout.org' },
    ],
  },
  IE: {
    emergency: '112',
    resources: [
      { name: 'Samaritans', contact: '116 123', hours: always, url: 'https://www.samaritans.org/ireland' },
      { name: 'Text About It', contact: 'Text HELLO to 50808', hours: always, url: 'https://www.textaboutit.ie' },
    ],
  },
  AU: {
    emergency: '000',
    resources: [
      { name: 'Lifeline', contact: '13 11 14', hours: always, url: 'https://www.lifeline.org.au' },
      {
        name: 'Suicide Call Back Service',
        contact: '1300 659 467',
        hours: always,
        url: 'https://www.suicidecallbackservice.org.au',
      },
    ],
  },
  NZ: {
    emergency: '111',
    resources: [
      { name: '1737 Need to talk?', contact: 'Call or text 1737', hours: always, url: 'https://1737.org.nz' },
    ],
  },
  ZA: {
    emergency: '112',
    resources: [
      { name: 'SADAG Suicide Crisis Helpline', contact: '0800 567 567', hours: always, url: 'https://www.sadag.org' },
    ],
  },
  IN: {
    emergency: '112',
    resources: [{ name: 'Tele-MANAS', contact: '14416', hours: always, url: 'https://telemanas.mohfw.gov.in' }],
  },
  DE: {
    emergency: '112',
    resources: [
      {
        name: 'TelefonSeelsorge',
        contact: '0800 1110111, 0800 1110222, 116 123',
        hours: always,
        url: 'https://www.telefonseelsorge.de',
      },
      {
        name: 'Nummer gegen Kummer',
        contact: '116 111',
        hours: 'Mo-Sa 14-20',
        url: 'https://www.nummergegenkummer.de',
      },
    ],
  },
  AT: {
    emergency: '112',
    resources: [{ name: 'Telefonseelsorge', contact: '142', hours: always, url: 'https://www.telefonseelsorge.at' }],
  },
  CH: {
    emergency: '112',
    resources: [
      {
        name: 'Die Dargebotene Hand / La Main Tendue / Telefono Amico',
        contact: '143',
        hours: always,
        url: 'https://www.143.ch',
      },
    ],
  },
  FR: {
    emergency: '112',
    resources: [
      {
        name: '3114, numéro national de prévention du suicide',
        contact: '3114',
        hours: always,
        url: 'https://3114.fr',
      },
      { name: 'SOS Amitié', contact: '09 72 39 40 50', hours: always, url: 'https://www.sos-amitie.com' },
    ],
  },
  BE: {
    emergency: '112',
    resources: [
      {
        name: 'Centre de Prévention du Suicide',
        contact: '0800 32 123',
        hours: always,
        url: 'https://www.preventionsuicide.be',
      },
      { name: 'Zelfmoordlijn', contact: '1813', hours: always, url: 'https://www.zelfmoord1813.be' },
    ],
  },
  NL: {
    emergency: '112',
    resources: [
      { name: '113 Zelfmoordpreventie', contact: '113, 0800-0113', hours: always, url: 'https://www.113.nl' },
    ],
  },
  ES: {
    emergency: '112',
    resources: [{ name: 'Línea 024', contact: '024', hours: always, url: 'https://www.sanidad.gob.es/linea024' }],
  },
  MX: {
    emergency: '911',
    resources: [
      { name: 'Línea de la Vida', contact: '800 911 2000', hours: always, url: 'https://www.gob.mx/lineadelavida' },
    ],
  },
  AR: {
    emergency: '911',
    resources: [
      {
        name: 'Centro de Asistencia al Suicida',
        contact: '135, 0800 345 1435',
        url: 'https://www.asistenciaalsuicida.org.ar',
      },
    ],
  },
  IT: {
    emergency: '112',
    resources: [
      { name: 'Telefono Amico Italia', contact: '02 2327 2327', hours: '9-24', url: 'https://www.telefonoamico.it' },
    ],
  },
  PT: {
    emergency: '112',
    resources: [{ name: 'SNS 24', contact: '808 24 24 24', hours: always, url: 'https://www.sns24.gov.pt' }],
  },
  BR: { emergency: '192', resources: [{ name: 'CVV', contact: '188', hours: always, url: 'https://www.cvv.org.br' }] },
  RU: {
    emergency: '112',
    resources: [
      { name: 'Детский телефон доверия', contact: '8-800-2000-122', hours: always, url: 'https://telefon-doveria.ru' },
    ],
  },
  JP: {
    emergency: '119',
    resources: [
      { name: '#いのちSOS', contact: '0120-061-338', hours: '24時間', url: 'https://www.lifelink.or.jp/inochisos' },
      {
        name: 'よりそいホットライン',
        contact: '0120-279-338',
        hours: '24時間',
        url: 'https://www.since2011.net/yorisoi',
      },
    ],
  },
  CN: {
    emergency: '120',
    resources: [{ name: '全国统一心理援助热线', contact: '12356', hours: always, url: 'https://www.nhc.gov.cn' }],
  },
  TW: {
    emergency: '119',
    resources: [{ name: '安心專線', contact: '1925', hours: always, url: 'https://www.mohw.gov.tw' }],
  },
  HK: {
    emergency: '999',
    resources: [{ name: '撒瑪利亞防止自殺會', contact: '2389 2222', hours: always, url: 'https://sbhk.org.hk' }],
  },
  EU: { emergency: '112', resources: [] },
}

/** The directory for every country, and the last entry of every card. */
export const directory: Resource = {
  name: 'Find A Helpline',
  contact: 'findahelpline.com',
  url: 'https://findahelpline.com',
}

/** Where a language that comes without a region is most likely to be written; null: too many places to guess. */
export const homeOf: Readonly<Record<string, string | null>> = {
  en: null,
  de: 'DE',
  fr: 'FR',
  es: null,
  it: 'IT',
  pt: null,
  ru: null,
  hi: 'IN',
  ja: 'JP',
  zh: null,
  nl: 'NL',
}
