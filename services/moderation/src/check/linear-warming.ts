/** Loads the linear layer beside the start, so that the first message does not wait for its weights. */
export const linearWarming = {
  name: 'the loading of the linear layer',
  async start() {
    const loading = import('@luna/safety/linear').then(({ assessLinear }) => assessLinear('', []))
    return {
      async stop() {
        await loading
      },
    }
  },
}
