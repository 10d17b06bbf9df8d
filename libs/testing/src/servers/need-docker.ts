import { dockerAnswers } from './docker-engine.ts'
import type { Missing } from './need.ts'

export interface NeededDocker {
  available: true
  name: string
}

/** A container engine, for what is tested in containers as such. */
export async function needDocker(): Promise<NeededDocker | Missing> {
  const name = 'needs-docker'
  if (await dockerAnswers()) return { available: true, name }
  return { available: false, name, reason: 'no container engine answers at DOCKER_HOST or /var/run/docker.sock' }
}
