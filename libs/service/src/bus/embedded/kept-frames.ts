/** How long frames are kept after the last one of their address, and how much in all. */
export interface KeepLimits {
  /** Milliseconds; at least five minutes in production. */
  idleMs: number
  /** Bytes over all addresses, counted as UTF-16 with a small charge for each frame. */
  totalBytes: number
}

interface Kept {
  frames: string[]
  bytes: number
  lastAt: number
}

const frameCharge = 64

/** Frames of replayed feeds by address, oldest first. Over the limit the address idle longest goes first. */
export class KeptFrames {
  readonly #limits: KeepLimits
  readonly #now: () => number
  // In order of the last frame: an address that gets one moves to the end.
  readonly #addresses = new Map<string, Kept>()
  #bytes = 0

  constructor(limits: KeepLimits, now: () => number) {
    this.#limits = limits
    this.#now = now
  }

  get bytes(): number {
    return this.#bytes
  }

  add(address: string, frame: string): void {
    const kept = this.#addresses.get(address) ?? { frames: [], bytes: 0, lastAt: 0 }
    const bytes = sizeOf(frame)
    kept.frames.push(frame)
    kept.bytes += bytes
    kept.lastAt = this.#now()
    this.#bytes += bytes
    this.#addresses.delete(address)
    this.#addresses.set(address, kept)
    this.#evict(address)
  }

  of(address: string): string[] {
    this.sweep()
    return [...(this.#addresses.get(address)?.frames ?? [])]
  }

  drop(address: string): void {
    const kept = this.#addresses.get(address)
    if (!kept) return
    this.#bytes -= kept.bytes
    this.#addresses.delete(address)
  }

  /** Drops the addresses that are past their age. */
  sweep(): void {
    const oldest = this.#now() - this.#limits.idleMs
    for (const [address, kept] of this.#addresses) {
      if (kept.lastAt >= oldest) return
      this.drop(address)
    }
  }

  #evict(current: string): void {
    for (const address of this.#addresses.keys()) {
      if (this.#bytes <= this.#limits.totalBytes || address === current) break
      this.drop(address)
    }
    if (this.#bytes > this.#limits.totalBytes) this.#shorten(current)
  }

  /** A single address over the limit loses its oldest frames, an eighth at a time. */
  #shorten(address: string): void {
    const kept = this.#addresses.get(address)!
    while (this.#bytes > this.#limits.totalBytes && kept.frames.length > 0) {
      for (const frame of kept.frames.splice(0, Math.ceil(kept.frames.length / 8))) {
        kept.bytes -= sizeOf(frame)
        this.#bytes -= sizeOf(frame)
      }
    }
    if (kept.frames.length === 0) this.#addresses.delete(address)
  }
}

const sizeOf = (frame: string): number => frame.length * 2 + frameCharge
