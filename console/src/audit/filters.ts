import type { LocationQuery } from 'vue-router'
import { zh } from '../i18n/zh'

/** The audit's filters: the address bar holds them, GET /api/v1/audit understands them. Pure. */

export interface Filters {
  actor: string
  kind: string
  ticket: string
  station: string
  /** Days in China, both included. */
  since: string
  until: string
}

/** Kinds that have words; another one can be asked for by its code. */
export const KINDS = Object.keys(zh.audit.what).map((key) => key.replace('__', '.'))

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const DAY = /^\d{4}-\d{2}-\d{2}$/
const KIND = /^[a-z_]+\.[a-z_]+$/
const CHINA = '+08:00'
const DAY_MS = 24 * 3600 * 1000

export function readFilters(query: LocationQuery): Filters {
  const text = (name: string) => (typeof query[name] === 'string' ? query[name].trim() : '')
  const fitting = (name: string, form: RegExp) => (form.test(text(name)) ? text(name) : '')
  return {
    actor: text('actor').slice(0, 80),
    kind: fitting('kind', KIND),
    ticket: fitting('ticket', UUID),
    station: fitting('station', UUID),
    since: fitting('since', DAY),
    until: fitting('until', DAY),
  }
}

export function writeFilters(filters: Filters): Record<string, string> {
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== ''))
}

export function askFor({ actor, kind, ticket, station, since, until }: Filters): Record<string, string> {
  return {
    ...(actor && { actor }),
    ...(kind && { kind }),
    ...(ticket && { ticket_id: ticket }),
    ...(station && { station_id: station }),
    ...(since && { since: `${since}T00:00:00${CHINA}` }),
    ...(until && { until: new Date(Date.parse(`${until}T00:00:00${CHINA}`) + DAY_MS).toISOString() }),
  }
}

/** The key of a kind's words: a dot would be a step into the words. */
export function wordsKey(kind: string): string {
  return `audit.what.${kind.replace('.', '__')}`
}
