import type { Attempt } from '../api/attempt'
import { answered, api } from '../api/client'
import type { Told } from './PlaceEntry.vue'
import type { Draft } from './asked'
import type { Owner, TicketDraft } from './wire'

/** What the questions of a new rescue become on the wire. */

export function ticketOf(draft: Draft, owner: Owner | null): TicketDraft {
  return {
    kind: 'rescue',
    particulars: { fault: draft.fault ?? 'unknown' },
    danger: draft.danger,
    expressway: draft.expressway,
    drill: false,
    owner_id: owner?.id ?? null,
    vehicle_id: draft.vehicleId || null,
    caller_name: owner?.name ?? (draft.name.trim() || null),
    caller_phone: draft.phone.trim() || null,
    language: owner?.language === 'en' ? 'en' : 'zh',
    summary: '',
  }
}

interface Placed {
  id: string
  state: string
}

/** Puts the place on the ticket: the pin, or the words. Null where the words give none. */
export async function placeOf(ticketId: string, told: Told, attempt: Attempt): Promise<Placed | null> {
  const path = { ticket_id: ticketId }
  if (told.pin === null) {
    const body = { text: told.text, datum: told.datum }
    const params = { path, header: attempt.header(body) }
    return (await answered(api.POST('/api/v1/tickets/{ticket_id}/sayings', { params, body }))).place
  }
  const { lat, lon, accuracyM } = told.pin
  const body = {
    lat,
    lon,
    datum: 'wgs84' as const,
    accuracy_m: accuracyM,
    source: 'agent_pin' as const,
    words: '',
    fixed_at: null,
    on_road: null,
  }
  return answered(api.POST('/api/v1/tickets/{ticket_id}/places', { params: { path, header: attempt.header(body) }, body }))
}
