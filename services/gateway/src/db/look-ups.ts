import { person } from '@luna/service'
import { type RawBuilder, sql } from 'kysely'
import type { GatewayContext } from '../context.ts'

type Store = Pick<GatewayContext, 'store'>

/** The scope of nobody: it sees no row of any table, only what a look-up function lets out. */
const nobody = person('00000000-0000-0000-0000-000000000000')

async function first<Row>({ store }: Store, query: RawBuilder<Row>): Promise<Row | null> {
  const { rows } = await store.transaction(nobody, transaction => query.execute(transaction))
  return rows[0] ?? null
}

/** Questions asked before anybody is signed in; each goes through its own SECURITY DEFINER function. */
export const findAccount = (ctx: Store, indexes: readonly Buffer[]) =>
  first(
    ctx,
    sql<{ id: string; password_hash: string | null; email_index: Buffer }>`
      select * from gateway.find_account(${indexes}::bytea[])`,
  )

export const findOwner = (ctx: Store) => first(ctx, sql<{ id: string }>`select * from gateway.find_owner()`)

export const findRefreshToken = (ctx: Store, hash: Buffer) =>
  first(ctx, sql<{ person_id: string; session_id: string }>`select * from gateway.find_refresh_token(${hash})`)

export const findApiKey = (ctx: Store, hash: Buffer) =>
  first(ctx, sql<{ id: string; person_id: string }>`select * from gateway.find_api_key(${hash})`)

export const findErasure = (ctx: Store, id: string) =>
  first(
    ctx,
    sql<{
      requested_at: Date
      completed_at: Date | null
      purged: number | null
      own_counts: Record<string, number>
      answers: Record<string, Record<string, number>>
    }>`select * from gateway.find_erasure(${id})`,
  )
