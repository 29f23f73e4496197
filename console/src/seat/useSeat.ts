import { defineStore } from 'pinia'
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { Attempt } from '../api/attempt'
import { answered, api } from '../api/client'
import { Problem } from '../api/problem'
import { useSession } from '../api/session'
import type { AwayReason, Disposition, Seat, SeatWish } from '../api/wire'
import { useParts } from '../board/useParts'
import { problemWords } from '../i18n/problemWords'
import { subscribe } from '../live/live'
import { useNow } from '../live/useNow'
import { keepBeating } from './beat'
import { after, EMPTY, floorOf, mineOf, seatBoard, type Sat } from './floor'
import { isAtTheHotline } from './seat'

const MOST = 500
/** What rings here is not gathered with other news. */
const AT_ONCE_MS = 0

/** The agent's own seat at the hotline, and what of the queue is his. One for the whole console. */
export const useSeat = defineStore('seat', () => {
  const me = (useSession().who?.id ?? '').replace(/^staff:/, '')
  const here = useNow()
  const aheadMs = ref(0)
  const now = computed(() => here.value + aheadMs.value)
  const floor = shallowRef(EMPTY)
  const refused = ref('')
  const passing = new Attempt()
  const writing = new Attempt()

  const { state, problem: unread, anew } = useParts(seatBoard(me), LOAD, {
    gatherMs: AT_ONCE_MS,
    after({ places }) {
      if (places === undefined) return
      floor.value = floorOf(places.items)
      aheadMs.value = Date.parse(places.at) - Date.now()
    },
  })
  const seat = computed(() => state.value.shown.seat ?? null)
  const isKnown = computed(() => state.value.shown.seat !== undefined)
  const mine = computed(() => mineOf(state.value.shown.places.items, floor.value, seat.value))
  const problem = computed(() => refused.value || unread.value)

  /** One verb of the seat; whether it was done. What it refuses is said. */
  async function act(verb: () => Promise<unknown>): Promise<boolean> {
    try {
      await verb()
      refused.value = ''
      return true
    } catch (failure) {
      refused.value = problemWords(failure)
      return false
    } finally {
      void anew()
    }
  }

  const wish = (body: SeatWish) => act(() => answered(api.PUT('/api/v1/me/seat', { body })))

  const passOn = (call_id: string, reason: AwayReason) =>
    act(async () => {
      const body = { reason }
      const params = { path: { call_id }, header: passing.header([call_id, reason]) }
      await answered(api.POST('/api/v1/calls/{call_id}/pass-on', { params, body }))
      passing.done()
    })

  const wrapUp = (disposition: Disposition, note: string) =>
    act(async () => {
      const body = { disposition, note: note.trim() || null }
      const params = { header: writing.header([seat.value?.call_id, body]) }
      await answered(api.POST('/api/v1/me/seat/wrap-up', { params, body }))
      writing.done()
    })

  /** Before the session ends. Who is rung or talks stays until his browser is missed. */
  async function leave(): Promise<void> {
    if (isAtTheHotline(seat.value)) await wish({ availability: 'signed_out', reason: null })
  }

  onScopeDispose(
    subscribe(['queue'], ({ facts }) => {
      floor.value = facts.reduce(after, floor.value)
    }),
  )
  // Who never sits here needs no clock.
  const isHere = computed(() => isAtTheHotline(seat.value))
  watch(isHere, () => keepBeating(() => isHere.value), { once: true })
  return { me, now, seat, isKnown, floor, mine, problem, wish, passOn, wrapUp, leave }
})

const LOAD = {
  seat: mySeat,
  places: async (): Promise<Sat['places']> => {
    return answered(api.GET('/api/v1/waiting', { params: { query: { limit: MOST } } }))
  },
}

/** Null for who has not taken one yet. */
async function mySeat(): Promise<Seat | null> {
  try {
    return await answered(api.GET('/api/v1/me/seat'))
  } catch (failure) {
    if (failure instanceof Problem && failure.code === 'seat_missing') return null
    throw failure
  }
}
