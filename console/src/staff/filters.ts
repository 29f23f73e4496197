import type { LocationQuery } from 'vue-router'
import type { Role } from '../api/wire'
import { zh } from '../i18n/zh'

/** The list's filters: the address bar holds them, GET /api/v1/staff understands them. Pure. */

export interface Filters {
  search: string
  role: Role | ''
  active: 'yes' | 'no' | ''
}

export const ROLES = Object.keys(zh.staff.role) as Role[]

export function readFilters(query: LocationQuery): Filters {
  const text = (name: string) => (typeof query[name] === 'string' ? query[name].trim() : '')
  const active = text('active')
  return {
    search: text('search').slice(0, 60),
    role: ROLES.find((one) => one === text('role')) ?? '',
    active: active === 'yes' || active === 'no' ? active : '',
  }
}

export function writeFilters(filters: Filters): Record<string, string> {
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== ''))
}

export function askFor({ search, role, active }: Filters): { search?: string; role?: Role; active?: boolean } {
  return { ...(search && { search }), ...(role && { role }), ...(active && { active: active === 'yes' }) }
}

// Without what looks alike when it is read out: 0 O, 1 l I.
const SIGNS = 'abcdefghjkmnpqrstuvwxyzACDEFGHJKLMNPQRTUVWXY2346789'
const LENGTH = 14

/** A first password to read out or write down once; its owner must change it. */
export function firstPassword(random: (bytes: Uint8Array) => Uint8Array): string {
  const signs: string[] = []
  while (signs.length < LENGTH) {
    for (const byte of random(new Uint8Array(LENGTH))) {
      // The rest behind the last whole round would favour the first signs.
      if (byte < 256 - (256 % SIGNS.length)) signs.push(SIGNS[byte % SIGNS.length]!)
    }
  }
  return signs.slice(0, LENGTH).join('')
}
