import type { LocationQuery } from 'vue-router'

/** The filters of the calls: the address bar holds them, GET /api/v1/calls understands them. Pure. */

export interface Filters {
  phone: string
  isLive: boolean
  owner: string
  /** Days in China, both included. */
  since: string
  until: string
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const DAY = /^\d{4}-\d{2}-\d{2}$/
const CHINA = '+08:00'
const DAY_MS = 24 * 3600 * 1000

export function readFilters(query: LocationQuery): Filters {
  const text = (name: string) => (typeof query[name] === 'string' ? query[name].trim() : '')
  const fitting = (name: string, form: RegExp) => (form.test(text(name)) ? text(name) : '')
  return {
    phone: text('phone').slice(0, 40),
    isLive: text('live') === '1',
    owner: fitting('owner', UUID),
    since: fitting('since', DAY),
    until: fitting('until', DAY),
  }
}

export function writeFilters({ isLive, ...texts }: Filters): Record<string, string> {
  const all = { ...texts, live: isLive ? '1' : '' }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''))
}

export function askFor({ phone, isLive, owner, since, until }: Filters) {
  return {
    ...(phone && { phone }),
    ...(isLive && { live: true }),
    ...(owner && { owner_id: owner }),
    ...(since && { since: `${since}T00:00:00${CHINA}` }),
    ...(until && { until: new Date(Date.parse(`${until}T00:00:00${CHINA}`) + DAY_MS).toISOString() }),
  }
}

/** How long two people have spoken, as m:ss; nothing while they have not. */
export function spoken(answeredAt: string | null, endedAt: string | null): string {
  if (answeredAt === null || endedAt === null) return ''
  const seconds = Math.max(0, Math.round((Date.parse(endedAt) - Date.parse(answeredAt)) / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
