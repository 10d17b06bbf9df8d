import { erasureReceipt, readReceipt } from '../erasure/receipt.ts'
import { byId, type Routes } from './route.ts'

/** Open to whoever has the id, which is random as a whole: after an erasure there is nobody left to sign in. */
export const erasureRoutes: Routes = ctx => async app => {
  app.get(
    '/me/erasure/:id',
    {
      schema: {
        tags: ['Me'],
        security: [],
        summary: 'The receipt of an erasure: what each service has erased, and whether all have answered.',
        params: byId,
        response: { 200: erasureReceipt },
      },
    },
    async request => readReceipt(ctx, request.params.id),
  )
}
