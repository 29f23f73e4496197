import type { Words } from '../../i18n/zh'
import type { Leaf } from './tree'

/** Every condition with its fields, as a person fills them in. A new one is one entry here. */

export type Choice = keyof Words['audiences']['options']
export type Listed = 'provinces' | 'models' | 'cities' | 'stations' | 'campaigns' | 'audiences' | 'plates'
export type Unit = keyof Words['audiences']['units']
export type LeafKind = keyof Words['audiences']['kinds']
export type Category = keyof Words['audiences']['categories']

export type Field =
  | { as: 'number'; name: string; unit: Unit; min: number; max: number; optional?: true; scale?: number }
  | { as: 'one'; name: string; of: Choice | Listed; optional?: true }
  | { as: 'many'; name: string; of: Choice | Listed; optional?: true }
  | { as: 'flag'; name: string }
  | { as: 'text'; name: string }

interface Kind {
  in: Category
  fields: readonly Field[]
  first: () => Omit<Leaf, 'kind'>
}

const DAYS = { as: 'number', name: 'within_days', unit: 'days', min: 1, max: 3660 } as const
const SOON = { as: 'number', name: 'within_days', unit: 'days_soon', min: 0, max: 60 } as const
const MONTHS = { as: 'number', name: 'months', unit: 'months_back', min: 1, max: 240 } as const
const COMPARED = { as: 'one', name: 'compared', of: 'compared' } as const
const VISITS = [
  { as: 'many', name: 'visit_kinds', of: 'visit_kinds', optional: true },
  { as: 'many', name: 'station_ids', of: 'stations', optional: true },
] as const
const TICKETS = { as: 'many', name: 'ticket_kinds', of: 'ticket_kinds', optional: true } as const
const CAMPAIGN = { as: 'one', name: 'campaign_id', of: 'campaigns', optional: true } as const

function many(of: Choice | Listed): readonly Field[] {
  return [{ as: 'many', name: 'any_of', of }]
}

export const KINDS: Readonly<Record<LeafKind, Kind>> = {
  due: {
    in: 'due',
    fields: [
      { as: 'number', name: 'from_days', unit: 'from_days', min: -3660, max: 3660 },
      { as: 'number', name: 'to_days', unit: 'to_days', min: -3660, max: 3660 },
    ],
    first: () => ({ from_days: -7, to_days: 21 }),
  },
  due_passed: {
    in: 'due',
    fields: [
      { as: 'one', name: 'quantile', of: 'quantile' },
      { as: 'number', name: 'days', unit: 'days_over', min: 0, max: 3660 },
    ],
    first: () => ({ quantile: 'p90', days: 30 }),
  },
  still_ours: {
    in: 'due',
    fields: [{ as: 'number', name: 'at_least', unit: 'percent', min: 0, max: 100, scale: 100 }],
    first: () => ({ at_least: 0.5 }),
  },
  booking: {
    in: 'due',
    fields: [
      { as: 'flag', name: 'is_there' },
      { as: 'many', name: 'wanted', of: 'visit_kinds', optional: true },
    ],
    first: () => ({ is_there: false }),
  },
  last_visit: {
    in: 'visits',
    fields: [{ as: 'one', name: 'when', of: 'when' }, { ...DAYS, name: 'days', unit: 'days' }, ...VISITS],
    first: () => ({ when: 'longer_ago', days: 180 }),
  },
  never_came: { in: 'visits', fields: VISITS, first: () => ({}) },
  visit_count: {
    in: 'visits',
    fields: [MONTHS, COMPARED, { as: 'number', name: 'number', unit: 'times', min: 0, max: 1000 }, ...VISITS],
    first: () => ({ months: 12, compared: 'at_least', number: 2 }),
  },
  visit_amount: {
    in: 'visits',
    fields: [MONTHS, COMPARED, { as: 'number', name: 'yuan', unit: 'yuan', min: 0, max: 100_000_000 }, ...VISITS],
    first: () => ({ months: 12, compared: 'at_least', yuan: 5000 }),
  },
  model: { in: 'car', fields: many('models'), first: () => ({ any_of: [] }) },
  energy: { in: 'car', fields: many('energies'), first: () => ({ any_of: ['electric'] }) },
  plate: { in: 'car', fields: many('plates'), first: () => ({ any_of: [] }) },
  car_age: {
    in: 'car',
    fields: [
      { as: 'number', name: 'at_least_months', unit: 'at_least_months', min: 0, max: 600, optional: true },
      { as: 'number', name: 'at_most_months', unit: 'at_most_months', min: 0, max: 600, optional: true },
    ],
    first: () => ({ at_least_months: 2, at_most_months: 6 }),
  },
  delivery_day: { in: 'car', fields: [SOON], first: () => ({ within_days: 7 }) },
  tier: { in: 'owner', fields: many('tiers'), first: () => ({ any_of: [1, 2] }) },
  province: { in: 'owner', fields: many('provinces'), first: () => ({ any_of: [] }) },
  city: { in: 'owner', fields: many('cities'), first: () => ({ any_of: [] }) },
  language: { in: 'owner', fields: [{ as: 'one', name: 'language', of: 'languages' }], first: () => ({ language: 'zh' }) },
  birthday: { in: 'owner', fields: [SOON], first: () => ({ within_days: 7 }) },
  wedding_day: { in: 'owner', fields: [SOON], first: () => ({ within_days: 7 }) },
  email: { in: 'owner', fields: [{ as: 'flag', name: 'is_known' }], first: () => ({ is_known: true }) },
  profiling_refused: { in: 'owner', fields: [{ as: 'flag', name: 'is_refused' }], first: () => ({ is_refused: false }) },
  open_ticket: { in: 'tickets', fields: [{ as: 'flag', name: 'is_there' }, TICKETS], first: () => ({ is_there: false }) },
  ticket: { in: 'tickets', fields: [DAYS, { as: 'one', name: 'what', of: 'what' }, TICKETS], first: () => ({ within_days: 30, what: 'closed' }) },
  rating: {
    in: 'tickets',
    fields: [DAYS, { as: 'number', name: 'at_most', unit: 'stars', min: 1, max: 5 }],
    first: () => ({ within_days: 90, at_most: 2 }),
  },
  not_contacted: { in: 'contacts', fields: [DAYS, CAMPAIGN], first: () => ({ within_days: 30 }) },
  contacted: {
    in: 'contacts',
    fields: [DAYS, CAMPAIGN, { as: 'many', name: 'outcomes', of: 'outcomes', optional: true }],
    first: () => ({ within_days: 30 }),
  },
  promise: { in: 'contacts', fields: [{ as: 'one', name: 'which', of: 'promises' }, DAYS], first: () => ({ which: 'broken', within_days: 30 }) },
  audience: {
    in: 'others',
    fields: [{ as: 'flag', name: 'is_in' }, { as: 'one', name: 'audience_id', of: 'audiences' }],
    first: () => ({ is_in: true, audience_id: '' }),
  },
  share: {
    in: 'others',
    fields: [{ as: 'number', name: 'percent', unit: 'percent', min: 0.1, max: 100 }, { as: 'text', name: 'salt' }],
    first: () => ({ percent: 10, salt: 'A' }),
  },
}

/** A condition as it is when it is added. */
export function fresh(kind: LeafKind): Leaf {
  return { kind, ...KINDS[kind].first() }
}

export function kindsOf(category: Category): LeafKind[] {
  return (Object.keys(KINDS) as LeafKind[]).filter((kind) => KINDS[kind].in === category)
}

/** A field with another value; one that may be left out is, while it is empty. */
export function filled(leaf: Leaf, field: Field, value: unknown): Leaf {
  const isEmpty = value === '' || value === null || value === undefined || (Array.isArray(value) && value.length === 0)
  if (!isEmpty || !('optional' in field)) return { ...leaf, [field.name]: value }
  const { [field.name]: _, ...rest } = leaf
  return rest as Leaf
}
