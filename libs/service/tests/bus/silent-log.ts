const silent = () => undefined

export const silentLog = { debug: silent, info: silent, warn: silent, error: silent }
