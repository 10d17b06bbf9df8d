import { createHmac } from 'node:crypto'
import type pg from 'pg'

/** The role a service logs in as: it sees its own schema only. */
export const roleOf = (schema: string): string => `luna_${schema}`

/**
 * A role's password, derived from the administrator's own (HMAC-SHA256), so that nothing more has to be kept: whoever
 * has DATABASE_URL may set it anyway. Changing the administrator's password changes it at the next start.
 */
export const rolePassword = (adminUrl: string, role: string): string =>
  createHmac('sha256', `luna:${decodeURIComponent(new URL(adminUrl).password)}`)
    .update(role)
    .digest('base64url')

/** DATABASE_URL with a service's own login in it. */
export function roleUrl(adminUrl: string, schema: string): string {
  const url = new URL(adminUrl)
  const role = roleOf(schema)
  url.username = role
  url.password = rolePassword(adminUrl, role)
  return url.toString()
}

const ignoreDuplicate = (error: { code?: string }) => {
  if (error.code !== '42710' && error.code !== '23505') throw error
}

/** Roles belong to the whole cluster, advisory locks to one database: starts on several databases may meet here. */
async function setPassword(admin: pg.ClientBase, role: string, password: string, tries = 10): Promise<void> {
  try {
    await admin.query(`alter role ${role} password '${password}'`)
  } catch (error) {
    if (tries === 0 || !/tuple concurrently updated/.test((error as Error).message)) throw error
    await setPassword(admin, role, password, tries - 1)
  }
}

/** Makes schema and role, and nothing else visible to it. Several starts at once wait for each other. */
export async function ensureRole(admin: pg.ClientBase, adminUrl: string, schema: string): Promise<void> {
  const role = roleOf(schema)
  const password = rolePassword(adminUrl, role)
  await admin.query('select pg_advisory_lock(hashtext($1))', ['luna roles'])
  try {
    const { rowCount } = await admin.query('select 1 from pg_roles where rolname = $1', [role])
    if (rowCount === 0) await admin.query(`create role ${role} login nobypassrls`).catch(ignoreDuplicate)
    await setPassword(admin, role, password)
    await admin.query(`create schema if not exists ${schema}`)
    await admin.query(`grant usage on schema ${schema} to ${role}`)
    await admin.query(
      `alter default privileges in schema ${schema} grant select, insert, update, delete on tables to ${role}`,
    )
    await admin.query(`alter default privileges in schema ${schema} grant usage, select on sequences to ${role}`)
    await admin.query(`alter default privileges in schema ${schema} grant execute on functions to ${role}`)
  } finally {
    await admin.query('select pg_advisory_unlock(hashtext($1))', ['luna roles'])
  }
}
