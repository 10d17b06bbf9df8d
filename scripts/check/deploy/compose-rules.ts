import { isUnknownSetting } from './known-names.ts'

interface ComposeService {
  image?: string
  build?: { args?: Record<string, string> }
  environment?: Record<string, string>
  depends_on?: Record<string, { condition: string }>
  volumes?: string[]
  ports?: string[]
  healthcheck?: object
}

export interface Compose {
  services: Record<string, ComposeService>
  volumes: Record<string, unknown>
}

const hostOf = (url: string): string | undefined => /^[a-z]+:\/\/(?:[^@/]*@)?([a-z0-9-]+)[:/]/.exec(url)?.[1]

/** What does not hold together in docker-compose.yml. */
export function composeFaults(
  compose: Compose,
  services: readonly string[],
  isUnknown: (name: string) => boolean = isUnknownSetting,
): string[] {
  const has = (name: string) => Object.hasOwn(compose.services, name)
  return [
    ...services.filter(name => !has(name)).map(name => `the service ${name} is missing`),
    ...Object.entries(compose.services).flatMap(([name, service]) =>
      serviceFaults(name, service, services.includes(name)).map(fault => `${name}: ${fault}`),
    ),
  ]

  function serviceFaults(name: string, service: ComposeService, isOurs: boolean): string[] {
    const { environment = {}, depends_on = {}, volumes = [], ports = [] } = service
    const named = volumes.map(volume => volume.split(':')[0] ?? '').filter(source => !/^[./]/.test(source))
    return [
      ...(isOurs && service.build?.args?.['SERVICE'] !== name ? [`is not built with SERVICE=${name}`] : []),
      ...(!isOurs && !service.healthcheck ? ['has no healthcheck'] : []),
      ...(!isOurs && !/:v?\d/.test(service.image ?? '') ? [`its image ${service.image} is not pinned`] : []),
      ...Object.entries(depends_on).flatMap(([other, { condition }]) =>
        has(other) && condition === 'service_healthy'
          ? []
          : [`waits for ${other}, which is not there or not until healthy`],
      ),
      ...named
        .filter(source => !Object.hasOwn(compose.volumes, source))
        .map(source => `the volume ${source} is not there`),
      ...Object.keys(environment)
        .filter(isUnknown)
        .map(setting => `sets ${setting}, which no configuration schema has`),
      ...Object.values(environment).flatMap(value => {
        const host = hostOf(value)
        return host && !has(host) ? [`points to ${host}, which is no service here`] : []
      }),
      ...ports
        .filter(published => !/127\.0\.0\.1/.test(published))
        .map(published => `publishes ${published} to the world; begin it with 127.0.0.1`),
    ]
  }
}
