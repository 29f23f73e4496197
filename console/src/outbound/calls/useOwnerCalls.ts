import { defineStore } from 'pinia'
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { Attempt } from '../../api/attempt'
import { answered, api } from '../../api/client'
import { i18n } from '../../i18n'
import { problemWords } from '../../i18n/problemWords'
import { subscribe } from '../../live/live'
import { useSeat } from '../../seat/useSeat'
import type { CameOf, OwnerCall, Promised, Skip } from './wire'

const LOOK_MS = 30_000

/** Whom this agent has before him, and whom he has promised to call. One for the whole console. */
export const useOwnerCalls = defineStore('owner-calls', () => {
  const seat = useSeat()
  const call = shallowRef<OwnerCall | null>(null)
  const due = ref(0)
  /** When somebody may be called again, where nobody may be now. */
  const nextAt = ref<string | null>(null)
  const promised = shallowRef<Promised[]>([])
  const problem = ref('')
  /** What came of the last one without a word of the agent's. */
  const ended = shallowRef<{ owner: string; outcome: string | null } | null>(null)
  /** When he asked last there was nobody. */
  const isNobody = ref(false)
  const isBusy = ref(false)
  const keys = { take: new Attempt(), dial: new Attempt(), skip: new Attempt(), came: new Attempt(), ask: new Attempt() }
  const isFree = computed(() => call.value === null && seat.seat?.contact === 'none')
  let asked = 0

  async function load(): Promise<void> {
    const mine = ++asked
    const [found, promises] = await Promise.all([
      answered(api.GET('/api/v1/owner-calls/mine')),
      answered(api.GET('/api/v1/owner-calls/promised')),
    ])
    if (mine !== asked) return
    call.value = found.call
    due.value = found.due
    nextAt.value = found.next_at
    if (found.due > 0) isNobody.value = false
    promised.value = promises.items
  }

  /** What cannot be read now comes with the next news. */
  const look = () => void load().catch(() => undefined)

  async function act<T>(verb: () => Promise<T>): Promise<T | null> {
    if (isBusy.value) return null
    isBusy.value = true
    // What is being read now is older than what is done now.
    asked += 1
    try {
      const done = await verb()
      problem.value = ''
      return done
    } catch (failure) {
      problem.value = problemWords(failure)
      return null
    } finally {
      isBusy.value = false
      look()
    }
  }

  const pathOf = (one: OwnerCall) => ({ owner_call_id: one.id })

  const next = () => act(async () => {
    ended.value = null
    const found = await answered(api.POST('/api/v1/owner-calls', { params: { header: keys.take.header() } }))
    keys.take.done()
    call.value = found.call
    isNobody.value = found.call === null
  })

  const dial = () => act(async () => {
    const one = call.value
    if (one?.state !== 'taken') return
    const params = { path: pathOf(one), header: keys.dial.header(one.id) }
    call.value = await answered(api.POST('/api/v1/owner-calls/{owner_call_id}/dial', { params }))
    keys.dial.done()
    // He may not be called any more, and nobody was.
    if (call.value.state === 'ended') ended.value = { owner: one.owner, outcome: 'not_called' }
  })

  const skip = (why: Skip) => act(async () => {
    const one = call.value
    if (one?.state !== 'taken') return
    const params = { path: pathOf(one), header: keys.skip.header([one.id, why]) }
    await answered(api.POST('/api/v1/owner-calls/{owner_call_id}/skip', { params, body: { why } }))
    keys.skip.done()
    call.value = null
  })

  /** Whether it was taken. */
  const cameOf = (body: CameOf) => act(async () => {
    const one = call.value
    if (one === null) return false
    const params = { path: pathOf(one), header: keys.came.header([one.id, body]) }
    await answered(api.POST('/api/v1/owner-calls/{owner_call_id}/outcome', { params, body }))
    keys.came.done()
    call.value = null
    return true
  })

  /** The owner's response to the campaign's survey; null: it cannot be asked, and why is said. */
  async function openSurvey(one: OwnerCall): Promise<string | null> {
    try {
      const params = { path: pathOf(one), header: keys.ask.header(one.id) }
      return (await answered(api.POST('/api/v1/owner-calls/{owner_call_id}/survey', { params }))).response_id
    } catch (failure) {
      problem.value = problemWords(failure)
      return null
    }
  }

  function isMine(facts: Record<string, unknown>): boolean {
    return facts.staff_id === seat.me || (call.value !== null && facts.owner_call_id === call.value.id)
  }

  onScopeDispose(subscribe(['owner_call'], ({ facts, isGap }) => {
    const over = facts.find((one) => one.kind === 'owner_call.ended' && one.facts.owner_call_id === call.value?.id)
    if (over && call.value && !isBusy.value) ended.value = { owner: call.value.owner, outcome: text(over.facts.outcome) }
    if (isGap || facts.some((one) => isMine(one.facts))) look()
  }))
  // An owner who was put through is at the seat first; why he was chosen is said in the page's language.
  watch(() => [seat.seat?.contact, seat.seat?.call_id, i18n.global.locale.value], look, { immediate: true })
  // What is due becomes so by the clock alone.
  const timer = setInterval(() => {
    if (isFree.value && !document.hidden) look()
  }, LOOK_MS)
  onScopeDispose(() => clearInterval(timer))

  return { call, due, nextAt, promised, problem, ended, isNobody, isBusy, isFree, load, next, dial, skip, cameOf, openSurvey }
})

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
