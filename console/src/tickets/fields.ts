import type { Kind, Ticket } from '../api/wire'

/** What may be edited of a ticket, by kind, and how a form holds it. Pure. */

export type Value = string | boolean
export type Values = Record<string, Value>

export interface Field {
  /** As the API's history names it: a kind's own begin with `particulars.`. */
  name: string
  shape: 'line' | 'text' | 'yes' | 'choice' | 'lines'
  longest?: number
  options?: readonly string[]
}

const OWN = 'particulars.'
const COMMON: readonly Field[] = [
  { name: 'summary', shape: 'text', longest: 2000 },
  { name: 'caller_name', shape: 'line', longest: 80 },
  { name: 'caller_phone', shape: 'line', longest: 40 },
  { name: 'language', shape: 'choice', options: ['zh', 'en'] },
]
const OF_KIND: Record<Kind, readonly Field[]> = {
  complaint: [
    { name: 'particulars.category', shape: 'choice', options: ['product', 'service', 'sales', 'other'] },
    { name: 'particulars.severity', shape: 'choice', options: ['low', 'medium', 'high'] },
  ],
  technical: [
    { name: 'particulars.symptom', shape: 'text', longest: 2000 },
    { name: 'particulars.fault_code', shape: 'line', longest: 16 },
  ],
  enquiry: [
    { name: 'particulars.topic', shape: 'choice', options: ['product', 'sales', 'service', 'programme', 'other'] },
  ],
  part_order: [
    { name: 'particulars.part_numbers', shape: 'lines', longest: 6000 },
    { name: 'particulars.waiting_car', shape: 'line', longest: 120 },
  ],
  rescue: [
    { name: 'danger', shape: 'yes' },
    { name: 'expressway', shape: 'yes' },
    { name: 'particulars.plate', shape: 'line', longest: 120 },
    { name: 'particulars.car', shape: 'line', longest: 120 },
    { name: 'particulars.brand', shape: 'line', longest: 120 },
  ],
}

export function fieldsOf(kind: Kind): readonly Field[] {
  return [...COMMON, ...OF_KIND[kind]]
}

/** The field's name without where it lies: the key of its words. */
export function shortName(name: string): string {
  return name.startsWith(OWN) ? name.slice(OWN.length) : name
}

/** What the form shows of a ticket. */
export function valuesOf(ticket: Ticket): Values {
  return Object.fromEntries(fieldsOf(ticket.kind).map(({ name }) => [name, shown(read(ticket, name))]))
}

function read(ticket: Ticket, name: string): unknown {
  return name.startsWith(OWN) ? ticket.particulars[shortName(name)] : ticket[name as keyof Ticket]
}

function shown(value: unknown): Value {
  if (typeof value === 'boolean') return value
  return Array.isArray(value) ? value.join('\n') : String(value ?? '')
}

/** The names of those that differ. */
export function changed(before: Values, now: Values): string[] {
  return Object.keys(now).filter((name) => now[name] !== before[name])
}

const MAY_BE_MISSING = new Set(['caller_name', 'caller_phone'])

/** The edit as the API takes it: only these fields, so that all others stay as they are. */
export function patchOf(kind: Kind, values: Values, names: readonly string[]): Record<string, unknown> {
  const patch: Record<string, unknown> = {}
  const own: Record<string, unknown> = {}
  for (const { name, shape } of fieldsOf(kind)) {
    if (!names.includes(name)) continue
    const value = sent(name, shape, values[name] ?? '')
    if (name.startsWith(OWN)) own[shortName(name)] = value
    else patch[name] = value
  }
  return Object.keys(own).length > 0 ? { ...patch, particulars: own } : patch
}

function sent(name: string, shape: Field['shape'], value: Value): unknown {
  if (typeof value === 'boolean') return value
  if (shape === 'lines') return value.split('\n').map((line) => line.trim()).filter(Boolean)
  const text = name === 'particulars.fault_code' ? value.trim().toUpperCase() : value.trim()
  return text === '' && MAY_BE_MISSING.has(name) ? null : text
}
