/** Resolves after the milliseconds, or as soon as the signal is aborted. Keeps no process alive. */
export const pause = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
  new Promise(resolve => {
    if (signal?.aborted) return resolve()
    const finish = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', finish)
      resolve()
    }
    const timer = setTimeout(finish, milliseconds)
    timer.unref()
    signal?.addEventListener('abort', finish)
  })
