/** The parameters that say a birth, as JSON Schema properties: shared by the actions that need one. */
export const birthParameters = {
  profile: {
    type: 'string',
    minLength: 1,
    maxLength: 80,
    description: 'Name of a saved birth profile. Without it and without a date the only saved one is taken.',
  },
  date: { type: 'string', maxLength: 10, description: 'Date of birth, Gregorian, as year-month-day: 1990-05-17.' },
  time: {
    type: 'string',
    maxLength: 8,
    description: 'Time of birth as the local clocks showed it, 24 hours: 06:45 or 06:45:30.',
  },
  place: {
    type: 'string',
    maxLength: 120,
    description: 'Place of birth: a town, best with its country ("Pune, India"), or coordinates ("18.52, 73.86").',
  },
  zone: { type: 'string', maxLength: 60, description: 'IANA time zone, only if it is not that of the place.' },
  offset: {
    type: 'string',
    maxLength: 9,
    description:
      'Offset from UTC as the record states it, such as +05:30; only if it is known to differ from the zone.',
  },
  occurrence: {
    type: 'string',
    enum: ['first', 'second'],
    description: 'Only when asked for: which of the two, for a time that clocks showed twice or jumped over.',
  },
  node: {
    type: 'string',
    enum: ['mean', 'true'],
    description: 'Which node is Rahu; the mean one unless the person asks for the true one.',
  },
} as const

/** Charts in the manner of northern or southern India. */
export const styleParameter = {
  style: { type: 'string', enum: ['north', 'south'], description: 'North or south Indian drawing; north unless said.' },
} as const
