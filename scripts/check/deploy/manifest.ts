export interface Port {
  name?: string
  port?: number
  containerPort?: number
  targetPort?: string | number
}

export interface Probe {
  httpGet?: { port: string | number }
}

export interface Container {
  name: string
  env?: { name: string; valueFrom?: { secretKeyRef?: { name: string } } }[]
  envFrom?: { configMapRef?: { name: string }; secretRef?: { name: string } }[]
  ports?: Port[]
  startupProbe?: Probe
  livenessProbe?: Probe
  readinessProbe?: Probe
  volumeMounts?: { name: string }[]
}

/** As much of a Kubernetes object as the rules look at. */
export interface Manifest {
  kind: string
  metadata: { name: string }
  data?: Record<string, string>
  spec?: {
    serviceName?: string
    replicas?: number
    selector?: { matchLabels?: Record<string, string> } & Record<string, unknown>
    ports?: Port[]
    scaleTargetRef?: { kind: string; name: string }
    volumeClaimTemplates?: { metadata: { name: string } }[]
    template?: {
      metadata: { labels: Record<string, string> }
      spec: {
        terminationGracePeriodSeconds: number
        containers: Container[]
        volumes?: { name: string; configMap?: { name: string } }[]
      }
    }
  }
}

export const titleOf = ({ kind, metadata }: Manifest): string => `${kind}/${metadata.name}`

export const ofKind = (manifests: readonly Manifest[], ...kinds: string[]): Manifest[] =>
  manifests.filter(({ kind }) => kinds.includes(kind))

/** Whether every label asked for is there. */
export const selects = (wanted: Record<string, unknown>, labels: Record<string, string> = {}): boolean =>
  Object.entries(wanted).every(([name, value]) => labels[name] === value)
