import type { LocationQuery } from 'vue-router'
import type { Kind, Stage } from '../api/wire'
import { zh } from '../i18n/zh'

/** The list's filters: the address bar holds them, GET /api/v1/tickets understands them. Pure. */

export interface Filters {
  kind: Kind | ''
  stage: Stage | ''
  number: string
  isLive: boolean
  /** `me`, a colleague's id, or empty for all. */
  assignee: string
  owner: string
}

// The words name every kind and stage; the compiler holds them to the API's lists.
export const KINDS = Object.keys(zh.kind) as Kind[]
export const STAGES = Object.keys(zh.stage) as Stage[]
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** What the address says; what it cannot mean is left out. */
export function readFilters(query: LocationQuery): Filters {
  const text = (name: string) => (typeof query[name] === 'string' ? query[name].trim() : '')
  const id = (name: string) => (UUID.test(text(name)) ? text(name) : '')
  return {
    kind: KINDS.find((kind) => kind === text('kind')) ?? '',
    stage: STAGES.find((stage) => stage === text('stage')) ?? '',
    number: text('number').slice(0, 20),
    isLive: text('live') === '1',
    assignee: text('assignee') === 'me' ? 'me' : id('assignee'),
    owner: id('owner'),
  }
}

/** The filters as the address bar shows them: only those that are set. */
export function writeFilters(filters: Filters): Record<string, string> {
  const { kind, stage, number, assignee, owner } = filters
  const all = { kind, stage, number, live: filters.isLive ? '1' : '', assignee, owner }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''))
}

export interface TicketQuery {
  kind?: Kind
  stage?: Stage
  number?: string
  live?: boolean
  assignee_id?: string
  owner_id?: string
}

/** The filters as the API takes them. `me` is the session's id, staff:UUID. */
export function askFor(filters: Filters, me: string): TicketQuery {
  const { kind, stage, number, isLive, assignee, owner } = filters
  return {
    ...(kind && { kind }),
    ...(stage && { stage }),
    ...(number && { number }),
    ...(isLive && { live: true }),
    ...(assignee && { assignee_id: assignee === 'me' ? me.replace(/^staff:/, '') : assignee }),
    ...(owner && { owner_id: owner }),
  }
}
