import { computed, reactive, ref, shallowRef, watch } from 'vue'
import { Attempt } from '../api/attempt'
import { answered, api } from '../api/client'
import { useDraft } from '../drafts/useDraft'
import { i18n } from '../i18n'
import { problemWords } from '../i18n/problemWords'
import type { Told } from './PlaceEntry.vue'
import { draftIn, EMPTY, type Draft } from './asked'
import { placeOf, ticketOf } from './draft'
import type { Owner, Preview, Vehicle } from './wire'

/** Whoever has asked already who calls and in which car; it opens the ticket with that. */
export interface Opener {
  car: Vehicle | null
  /** Answers the ticket's id. */
  open: (draft: Draft) => Promise<string>
}

export interface From {
  callId?: string
  ownerId?: string
  vehicleId?: string
  opener?: Opener
}

/** A rescue before it is one: who calls, what is told, who would come, and the sending of it. */
export function useNewRescue(from: From) {
  const { callId, ownerId, vehicleId = '' } = from
  const keptAs = `rescue:${callId ?? ownerId ?? 'new'}`
  const kept = useDraft(keptAs)
  const draft = reactive<Draft>({ ...EMPTY, vehicleId, ...draftIn(kept.value) })
  const owner = shallowRef<Owner | null>(null)
  const vehicles = computed(() => owner.value?.vehicles ?? [])
  const safety = ref('')
  const choice = shallowRef<Preview | null>(null)
  const spot = shallowRef<Told['spot']>(null)
  const problem = ref('')
  const isBusy = ref(false)
  const attempts = { ticket: new Attempt(), place: new Attempt(), confirmation: new Attempt() }
  let opened: string | null = null
  let asking = new AbortController()

  async function know(): Promise<void> {
    try {
      owner.value = await whoCalls(callId, ownerId)
      const only = vehicles.value.length === 1 ? vehicles.value[0] : undefined
      if (draft.vehicleId === '' && only) draft.vehicleId = only.id
    } catch (failure) {
      problem.value = problemWords(failure)
    }
  }

  async function tellSafety(): Promise<void> {
    const query = { danger: draft.danger, expressway: draft.expressway }
    safety.value = (await answered(api.GET('/api/v1/safety-words', { params: { query } }))).words
  }

  async function lookAt(at: Told['spot']): Promise<void> {
    spot.value = at
    asking.abort()
    choice.value = null
    if (at === null) return
    asking = new AbortController()
    const { signal } = asking
    const car = from.opener ? from.opener.car : vehicles.value.find((one) => one.id === draft.vehicleId)
    const query = {
      lat: at.lat,
      lon: at.lon,
      fault: draft.fault ?? ('unknown' as const),
      ...(car?.energy && { energy: car.energy as 'petrol' }),
      ...(car?.weight_kg && { weight_kg: car.weight_kg }),
    }
    try {
      const found = await answered(api.GET('/api/v1/routing/preview', { params: { query }, signal }))
      if (!signal.aborted) choice.value = found
    } catch (failure) {
      if (!signal.aborted) problem.value = problemWords(failure)
    }
  }

  /** Opens the ticket, names the place and confirms it: then stations are asked. Answers its id. */
  async function send(told: Told | null): Promise<string | null> {
    if (isBusy.value) return null
    isBusy.value = true
    problem.value = ''
    try {
      opened ??= await (from.opener?.open(draft) ?? open())
      kept.value = ''
      if (told !== null) await name(opened, told)
      return opened
    } catch (failure) {
      // The ticket stands: what the place still lacks is asked for on the rescue's own page.
      if (opened !== null) return opened
      problem.value = problemWords(failure)
      return null
    } finally {
      isBusy.value = false
    }
  }

  async function open(): Promise<string> {
    const body = ticketOf(draft, owner.value)
    const header = attempts.ticket.header(body)
    const asked =
      callId === undefined
        ? api.POST('/api/v1/tickets', { params: { header }, body })
        : api.POST('/api/v1/calls/{call_id}/tickets', { params: { path: { call_id: callId }, header }, body })
    return (await answered(asked)).id
  }

  async function name(ticketId: string, told: Told): Promise<void> {
    const placed = await placeOf(ticketId, told, attempts.place)
    if (placed === null || placed.state === 'confirmed') return
    const body = { reason: told.reason }
    const path = { ticket_id: ticketId, place_id: placed.id }
    const params = { path, header: attempts.confirmation.header(body) }
    await answered(api.POST('/api/v1/tickets/{ticket_id}/places/{place_id}/confirmation', { params, body }))
  }

  watch(() => [draft.danger, draft.expressway, i18n.global.locale.value], () => void tellSafety().catch(() => {}), { immediate: true })
  watch(draft, () => (kept.value = opened === null ? JSON.stringify(draft) : ''))
  watch(() => [draft.fault, draft.vehicleId, from.opener?.car?.id], () => void lookAt(spot.value))
  if (!from.opener) void know()
  const needsPhone = computed(() => callId === undefined)
  return { draft, keptAs, owner, vehicles, needsPhone, safety, choice, problem, isBusy, lookAt, send }
}

async function whoCalls(callId?: string, ownerId?: string): Promise<Owner | null> {
  if (ownerId !== undefined) {
    return answered(api.GET('/api/v1/owners/{owner_id}', { params: { path: { owner_id: ownerId } } }))
  }
  if (callId === undefined) return null
  const { owners } = await answered(api.GET('/api/v1/calls/{call_id}', { params: { path: { call_id: callId } } }))
  return owners.length === 1 ? owners[0]! : null
}
