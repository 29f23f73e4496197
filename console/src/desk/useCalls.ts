import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import { answered, api } from '../api/client'
import type { Call, Ringing } from '../api/wire'
import { problemWords } from '../i18n/problemWords'
import { subscribe } from '../live/live'
import { useLive } from '../live/useLive'
import { inOrder } from './pop'

const MOST = 50

/**
 * The live calls as they stand now, and the owners of those that rang while the desk was open.
 * `own` is the call at the agent's seat: it is among them, however many wait in the queue.
 */
export function useCalls(own: () => string) {
  const calls = shallowRef<Call[]>([])
  const problem = ref('')
  const found = new Map<string, Ringing>()
  /** Calls that came while the list was on its way: it may not know them yet. */
  let late: Call[] = []

  async function load(): Promise<void> {
    late = []
    try {
      const query = { live: true, limit: MOST }
      const { items } = await answered(api.GET('/api/v1/calls', { params: { query } }))
      put([...late, ...items, ...(await besides(items))])
      problem.value = ''
    } catch (failure) {
      problem.value = problemWords(failure)
    }
  }

  async function besides(items: readonly Call[]): Promise<Call[]> {
    const call_id = own()
    if (call_id === '' || items.some((call) => call.id === call_id)) return []
    const { call } = await answered(api.GET('/api/v1/calls/{call_id}', { params: { path: { call_id } } }))
    return call.state === 'ended' ? [] : [call]
  }

  function put(now: readonly Call[]): void {
    const newest = new Map<string, Call>()
    for (const call of now) if ((newest.get(call.id)?.version ?? 0) <= call.version) newest.set(call.id, call)
    calls.value = inOrder([...newest.values()])
    for (const id of found.keys()) if (!now.some((call) => call.id === id)) found.delete(id)
  }

  /** A ring is not gathered with other news: the caller is on the screen before he is answered. */
  async function ring(call_id: string): Promise<void> {
    const ringing = await answered(api.GET('/api/v1/calls/{call_id}', { params: { path: { call_id } } }))
    if (ringing.call.state === 'ended') return
    found.set(call_id, ringing)
    late.push(ringing.call)
    put([ringing.call, ...calls.value])
  }

  const leave = subscribe(['call.ringing'], ({ facts }) => {
    // What fails here comes with the list, a moment later.
    for (const fact of facts) void ring(String(fact.facts.call_id)).catch(() => undefined)
  })
  onScopeDispose(leave)
  watch(own, (call_id) => void (call_id !== '' && ring(call_id).catch(() => undefined)), { immediate: true })
  useLive(['call'], load)
  void load()
  return { calls, problem, found, load }
}
