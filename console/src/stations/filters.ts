import type { LocationQuery } from 'vue-router'
import type { Province, StationKind } from '../api/wire'
import { zh } from '../i18n/zh'

/** The list's filters: the address bar holds them, GET /api/v1/stations understands them. Pure. */

export interface Filters {
  search: string
  province: Province | ''
  kind: StationKind | ''
  /** `yes`, `no`, or empty for both. */
  suspended: 'yes' | 'no' | ''
  /** Whether the map is beside the list. */
  map: 'yes' | ''
}

export const PROVINCES = Object.keys(zh.province) as Province[]
export const KINDS = Object.keys(zh.stations.kind) as StationKind[]

/** What the address says; what it cannot mean is left out. */
export function readFilters(query: LocationQuery): Filters {
  const text = (name: string) => (typeof query[name] === 'string' ? query[name].trim() : '')
  const suspended = text('suspended')
  return {
    search: text('search').slice(0, 60),
    province: PROVINCES.find((one) => one === text('province')) ?? '',
    kind: KINDS.find((one) => one === text('kind')) ?? '',
    suspended: suspended === 'yes' || suspended === 'no' ? suspended : '',
    map: text('map') === 'yes' ? 'yes' : '',
  }
}

/** The filters as the address bar shows them: only those that are set. */
export function writeFilters(filters: Filters): Record<string, string> {
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== ''))
}

export interface StationQuery {
  search?: string
  province?: Province
  kind?: StationKind
  suspended?: boolean
}

/** The filters as the API takes them. */
export function askFor({ search, province, kind, suspended }: Filters): StationQuery {
  return {
    ...(search && { search }),
    ...(province && { province }),
    ...(kind && { kind }),
    ...(suspended && { suspended: suspended === 'yes' }),
  }
}
