import { isUnknownSetting } from './known-names.ts'
import { type Container, type Manifest, ofKind, selects, titleOf } from './manifest.ts'

export interface ManifestFacts {
  services: readonly string[]
  /** Seconds that a process may take to drain. */
  drainSeconds: number
  isUnknown?: (name: string) => boolean
}

/** Those that deploy/README.md says how to make. */
const secrets: readonly string[] = ['luna-secrets', 'luna-nats']

/** References that lead nowhere and promises that do not hold, in a set of rendered manifests. */
export function manifestFaults(manifests: readonly Manifest[], facts: ManifestFacts): string[] {
  const workloads = ofKind(manifests, 'Deployment', 'StatefulSet')
  return [
    ...facts.services.flatMap(name => [
      ...missing(manifests, 'Deployment', name),
      ...missing(manifests, 'Service', name),
      ...missing(manifests, 'PodDisruptionBudget', name),
    ]),
    ...workloads.flatMap(workload => workloadFaults(workload, manifests, facts)),
    ...ofKind(manifests, 'Service').flatMap(service => serviceFaults(service, workloads)),
    ...ofKind(manifests, 'PodDisruptionBudget')
      .filter(budget => !workloads.some(each => selects(budget.spec?.selector?.matchLabels ?? {}, podLabels(each))))
      .map(budget => `${titleOf(budget)} protects no pod`),
    ...ofKind(manifests, 'HorizontalPodAutoscaler')
      .filter(
        ({ spec }) => missing(manifests, spec?.scaleTargetRef?.kind ?? '', spec?.scaleTargetRef?.name ?? '').length > 0,
      )
      .map(scaler => `${titleOf(scaler)} scales what is not there`),
    ...ofKind(manifests, 'ConfigMap').flatMap(map =>
      Object.keys(map.data ?? {})
        .filter(facts.isUnknown ?? isUnknownSetting)
        .map(name => `${titleOf(map)} sets ${name}, which no configuration schema has`),
    ),
  ]
}

const podLabels = (workload: Manifest) => workload.spec?.template?.metadata.labels

const missing = (manifests: readonly Manifest[], kind: string, name: string): string[] =>
  manifests.some(each => each.kind === kind && each.metadata.name === name) ? [] : [`${kind}/${name} is missing`]

function workloadFaults(workload: Manifest, all: readonly Manifest[], facts: ManifestFacts): string[] {
  const title = titleOf(workload)
  const { spec } = workload
  const pod = spec?.template?.spec
  if (!spec || !pod) return []
  const volumes = new Set([
    ...(pod.volumes ?? []).map(volume => volume.name),
    ...(spec.volumeClaimTemplates ?? []).map(claim => claim.metadata.name),
  ])
  const maps = (pod.volumes ?? []).flatMap(volume => (volume.configMap ? [volume.configMap.name] : []))
  return [
    ...(selects(spec.selector?.matchLabels ?? {}, podLabels(workload))
      ? []
      : [`${title} does not select its own pods`]),
    ...(pod.terminationGracePeriodSeconds > facts.drainSeconds || !facts.services.includes(workload.metadata.name)
      ? []
      : [
          `${title} is killed after ${pod.terminationGracePeriodSeconds} s, but a drain takes up to ${facts.drainSeconds} s`,
        ]),
    ...(spec.serviceName ? missing(all, 'Service', spec.serviceName).map(fault => `${title}: ${fault}`) : []),
    ...maps.flatMap(name => missing(all, 'ConfigMap', name).map(fault => `${title}: ${fault}`)),
    ...pod.containers.flatMap(container =>
      containerFaults(container, volumes, all, facts).map(fault => `${title}: ${fault}`),
    ),
  ]
}

function containerFaults(
  { env = [], envFrom = [], ports = [], volumeMounts = [], ...container }: Container,
  volumes: ReadonlySet<string>,
  all: readonly Manifest[],
  facts: ManifestFacts,
): string[] {
  const names = new Set(ports.map(port => port.name))
  const probes = [container.startupProbe, container.livenessProbe, container.readinessProbe]
  return [
    ...probes.flatMap(probe =>
      typeof probe?.httpGet?.port === 'string' && !names.has(probe.httpGet.port)
        ? [`a probe asks the port ${probe.httpGet.port}, which is not there`]
        : [],
    ),
    ...volumeMounts.filter(mount => !volumes.has(mount.name)).map(mount => `the volume ${mount.name} is not there`),
    ...envFrom.flatMap(({ configMapRef, secretRef }) => [
      ...(configMapRef ? missing(all, 'ConfigMap', configMapRef.name) : []),
      ...(secretRef ? unknownSecret(secretRef.name) : []),
    ]),
    ...env.flatMap(({ valueFrom }) => (valueFrom?.secretKeyRef ? unknownSecret(valueFrom.secretKeyRef.name) : [])),
    ...env
      .filter(({ name }) => (facts.isUnknown ?? isUnknownSetting)(name))
      .map(({ name }) => `sets ${name}, which no configuration schema has`),
  ]
}

const unknownSecret = (name: string): string[] =>
  secrets.includes(name) ? [] : [`the Secret ${name} is none of ${secrets.join(', ')}`]

function serviceFaults(service: Manifest, workloads: readonly Manifest[]): string[] {
  const chosen = workloads.find(each => selects(service.spec?.selector ?? {}, podLabels(each)))
  if (!chosen) return [`${titleOf(service)} leads to no pod`]
  const ports = chosen.spec?.template?.spec.containers.flatMap(container => container.ports ?? []) ?? []
  return (service.spec?.ports ?? [])
    .filter(({ targetPort }) => !ports.some(port => port.name === targetPort || port.containerPort === targetPort))
    .map(
      ({ targetPort }) => `${titleOf(service)} leads to the port ${targetPort}, which ${titleOf(chosen)} does not have`,
    )
}
