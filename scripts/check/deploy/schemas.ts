import { Ajv2020 } from 'ajv/dist/2020.js'

const text = { type: 'string', minLength: 1 }
const texts = { type: 'array', items: { type: 'string' } }
const labels = { type: 'object', additionalProperties: { type: 'string' } }
const open = { type: 'object' }
const port = { type: 'integer', minimum: 1, maximum: 65_535 }
const closed = (properties: object, required: readonly string[] = []) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
})

const probe = closed({
  httpGet: closed({ path: { type: 'string', pattern: '^/' }, port: { type: ['string', 'integer'] } }, ['path', 'port']),
  exec: closed({ command: texts }, ['command']),
  periodSeconds: { type: 'integer' },
  timeoutSeconds: { type: 'integer' },
  failureThreshold: { type: 'integer' },
})
const container = closed(
  {
    name: text,
    image: { type: 'string', not: { pattern: ':latest$' } },
    args: texts,
    env: { type: 'array', items: closed({ name: text, value: { type: 'string' }, valueFrom: open }, ['name']) },
    envFrom: { type: 'array', items: closed({ configMapRef: open, secretRef: open }) },
    ports: { type: 'array', items: closed({ name: text, containerPort: port }, ['name', 'containerPort']) },
    startupProbe: probe,
    livenessProbe: probe,
    readinessProbe: probe,
    resources: open,
    securityContext: open,
    volumeMounts: {
      type: 'array',
      items: closed({ name: text, mountPath: { type: 'string', pattern: '^/' }, readOnly: { type: 'boolean' } }, [
        'name',
        'mountPath',
      ]),
    },
  },
  ['name', 'image', 'ports', 'readinessProbe', 'securityContext'],
)
const podTemplate = closed(
  {
    metadata: closed({ labels, annotations: labels }, ['labels']),
    spec: closed(
      {
        terminationGracePeriodSeconds: { type: 'integer' },
        automountServiceAccountToken: { const: false },
        securityContext: open,
        topologySpreadConstraints: { type: 'array' },
        containers: { type: 'array', minItems: 1, items: container },
        volumes: { type: 'array', items: open },
      },
      ['terminationGracePeriodSeconds', 'securityContext', 'containers'],
    ),
  },
  ['metadata', 'spec'],
)
const selector = closed({ matchLabels: labels }, ['matchLabels'])
const workload = { replicas: { type: 'integer', minimum: 1 }, selector, template: podTemplate }

/** Version and the shape of `spec` (or `data`) of every kind that Luna's manifests use; nothing else may be in them. */
const kinds: Record<string, { apiVersion: string; body: object }> = {
  Deployment: {
    apiVersion: 'apps/v1',
    body: { spec: closed({ ...workload, strategy: open }, ['selector', 'template']) },
  },
  StatefulSet: {
    apiVersion: 'apps/v1',
    body: {
      spec: closed(
        { ...workload, serviceName: text, podManagementPolicy: text, volumeClaimTemplates: { type: 'array' } },
        ['serviceName', 'selector', 'template'],
      ),
    },
  },
  Service: {
    apiVersion: 'v1',
    body: {
      spec: closed(
        {
          selector: labels,
          clusterIP: { const: 'None' },
          publishNotReadyAddresses: { type: 'boolean' },
          ports: {
            type: 'array',
            minItems: 1,
            items: closed({ name: text, port, targetPort: { type: ['string', 'integer'] } }, ['name', 'port']),
          },
        },
        ['selector', 'ports'],
      ),
    },
  },
  PodDisruptionBudget: {
    apiVersion: 'policy/v1',
    body: { spec: closed({ maxUnavailable: { type: 'integer' }, selector }, ['maxUnavailable', 'selector']) },
  },
  HorizontalPodAutoscaler: {
    apiVersion: 'autoscaling/v2',
    body: {
      spec: closed(
        {
          scaleTargetRef: closed({ apiVersion: text, kind: text, name: text }, ['apiVersion', 'kind', 'name']),
          minReplicas: { type: 'integer', minimum: 1 },
          maxReplicas: { type: 'integer', minimum: 1 },
          metrics: { type: 'array', minItems: 1 },
          behavior: open,
        },
        ['scaleTargetRef', 'maxReplicas', 'metrics'],
      ),
    },
  },
  NetworkPolicy: {
    apiVersion: 'networking.k8s.io/v1',
    body: { spec: closed({ podSelector: open, policyTypes: texts, ingress: { type: 'array' } }, ['podSelector']) },
  },
  Ingress: {
    apiVersion: 'networking.k8s.io/v1',
    body: { spec: closed({ tls: { type: 'array' }, rules: { type: 'array' } }) },
  },
  ConfigMap: { apiVersion: 'v1', body: { data: { type: 'object', additionalProperties: { type: 'string' } } } },
  Namespace: { apiVersion: 'v1', body: {} },
}

const ajv = new Ajv2020({ allErrors: true, strict: false })
const validators = new Map(
  Object.entries(kinds).map(([kind, { apiVersion, body }]) => [
    kind,
    ajv.compile(
      closed({ apiVersion: { const: apiVersion }, kind: { const: kind }, metadata: open, ...body }, [
        'apiVersion',
        'kind',
        'metadata',
        ...Object.keys(body),
      ]),
    ),
  ]),
)

/** What of a manifest is not as its kind should be, each with its path. */
export function schemaFaults(manifest: { kind?: string }): string[] {
  const validate = validators.get(manifest.kind ?? '')
  if (!validate) return [`the kind ${String(manifest.kind)} is not one of ${[...validators.keys()].join(', ')}`]
  if (validate(manifest)) return []
  return (validate.errors ?? []).map(({ instancePath, message, params }) =>
    `${instancePath || '/'} ${message ?? ''} ${JSON.stringify(params)}`.trim(),
  )
}
