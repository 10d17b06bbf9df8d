/**
 * Evaluated in the sandbox before the plugin. `ask(method, json)` is the one way out and gives a promise of JSON. It makes
 * `luna`, as `PluginHost` describes it, and the driver that runs the plugin. What it needs is captured first, so
 * that a plugin that replaces a global deceives itself alone.
 */
export const bootstrap = `((ask, now, limit) => {
  'use strict'
  const { stringify, parse } = JSON
  const begun = Date.now()
  const call = async (method, ...args) => {
    const text = await ask(method, stringify(args))
    return text === '' ? undefined : parse(text)
  }
  const luna = Object.freeze({
    now: () => new Date(now + (Date.now() - begun)),
    fetch: request => call('fetch', typeof request === 'string' ? { url: request } : request),
    storage: Object.freeze({
      get: key => call('storage.get', key),
      set: (key, value) => call('storage.set', key, value),
      delete: key => call('storage.delete', key),
      list: prefix => call('storage.list', prefix),
    }),
    memory: Object.freeze({
      recall: (query, limit) => call('memory.recall', query, limit),
      remember: text => call('memory.remember', text),
    }),
    timers: Object.freeze({
      set: timer => call('timers.set', { ...timer, at: new Date(timer.at).toISOString() }),
      list: () => call('timers.list'),
      cancel: id => call('timers.cancel', id),
    }),
  })
  return async (plugin, action, args) => {
    if (typeof plugin.execute !== 'function') throw new TypeError('the code exports no function "execute"')
    try {
      if (typeof plugin.initialize === 'function') await plugin.initialize(luna)
      const result = await plugin.execute(action, parse(args), luna)
      const text = typeof result === 'string' ? stringify({ text: result }) : stringify(result === undefined ? {} : { value: result })
      if (typeof text !== 'string') throw new TypeError('the result is not JSON')
      if (text.length > limit) throw new RangeError('luna:output')
      return text
    } finally {
      if (typeof plugin.cleanup === 'function') await plugin.cleanup()
    }
  }
})`
