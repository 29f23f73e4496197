import type { Attempt } from '../api/attempt'
import { answered, api } from '../api/client'
import type { Fault, Kind, Ticket, Vehicle } from '../api/wire'
import { plateIn, type Caller } from './steps'

/** Opening a ticket out of a call. */

export interface Told {
  kind: Exclude<Kind, 'part_order'>
  fault: Fault
  /** The two fields of an unknown caller. */
  name: string
  car: string
  summary: string
  danger: boolean
  expressway: boolean
  drill: boolean
}

/** The keys of its steps: each is made before its first try. */
export interface Attempts {
  car: Attempt
  ticket: Attempt
  link: Attempt
}

/**
 * The ticket with the caller's car. Who was unknown is an owner from now on, and so is his car his:
 * the next time he rings both are on the screen.
 */
export async function openTicket(callId: string, caller: Caller, told: Told, keys: Attempts): Promise<Ticket> {
  const car = caller.isUnknown && !told.drill ? await carOf(told.car, keys.car) : caller.car
  const body = {
    kind: told.kind,
    particulars: particularsOf(told, car),
    owner_id: caller.owner?.id ?? null,
    vehicle_id: car?.id ?? null,
    caller_name: caller.owner?.name ?? (told.name.trim() || null),
    // The call's own number goes with it: the one we see is masked.
    caller_phone: null,
    summary: summaryOf(told, car),
    drill: told.drill,
    danger: told.danger,
    expressway: told.expressway,
    language: languageOf(caller),
  }
  const params = { path: { call_id: callId }, header: keys.ticket.header(body) }
  const ticket = await answered(api.POST('/api/v1/calls/{call_id}/tickets', { params, body }))
  if (car !== null && caller.isUnknown && ticket.owner_id !== null) {
    await link(ticket.owner_id, car.id, keys.link)
  }
  for (const key of Object.values(keys) as Attempt[]) key.done()
  return ticket
}

function languageOf(caller: Caller): 'zh' | 'en' {
  return caller.owner?.language === 'en' ? 'en' : 'zh'
}

function particularsOf(told: Told, car: Vehicle | null): Record<string, unknown> {
  if (told.kind !== 'rescue') return {}
  return { fault: told.fault, car: car === null ? told.car.trim() : '' }
}

/** Where a ticket has no field for a car that is not registered, its words go before the notes. */
function summaryOf(told: Told, car: Vehicle | null): string {
  const words = car === null && told.kind !== 'rescue' ? told.car.trim() : ''
  return [words, told.summary].filter(Boolean).join('\n').slice(0, 2000)
}

/** The car of this plate, registered now if nobody knew it; null where no plate was said. */
async function carOf(words: string, attempt: Attempt): Promise<Vehicle | null> {
  const plate = plateIn(words)
  if (plate === null) return null
  const known = await answered(api.GET('/api/v1/vehicles', { params: { query: { plate } } }))
  if (known.items.length > 0) return known.items[0]!
  const body = { plate, model: '', colour: '', vin: null, energy: null, weight_kg: null, delivered_on: null }
  return answered(api.POST('/api/v1/vehicles', { params: { header: attempt.header(body) }, body }))
}

async function link(owner_id: string, vehicle_id: string, attempt: Attempt): Promise<void> {
  const body = { vehicle_id }
  const params = { path: { owner_id }, header: attempt.header({ owner_id, vehicle_id }) }
  await answered(api.POST('/api/v1/owners/{owner_id}/vehicles', { params, body }))
}
