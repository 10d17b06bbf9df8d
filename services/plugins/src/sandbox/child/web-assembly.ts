/** WebAssembly as far as the sandbox uses it: TypeScript knows it only together with a browser's document. */
export interface WasmModule {
  readonly brand?: 'WebAssembly.Module'
}

interface Global {
  compile(bytes: Uint8Array): Promise<WasmModule>
  /** In pages of 64 KiB. */
  Memory: new (pages: {
    initial: number
    maximum: number
  }) => { readonly buffer: ArrayBufferLike }
}

export const wasm: Global = (globalThis as unknown as { WebAssembly: Global }).WebAssembly
