import { computed, ref, shallowRef } from 'vue'
import { Attempt } from '../api/attempt'
import { answered, api } from '../api/client'
import { problemWords } from '../i18n/problemWords'
import { useLive } from '../live/useLive'
import { useColleagues } from '../tickets/useColleagues'
import { kept, NOTHING, type Choice } from './choice'
import type { Handed, Handover, Unfinished } from './wire'

const SHOWN = 50

/** What one holds, received and gave; and the two things that are done with it. */
export function useHandover() {
  const held = shallowRef<Unfinished>({ tickets: [], alarms: [], has_more: false })
  const received = shallowRef<Handover[]>([])
  const given = shallowRef<Handover[]>([])
  const { colleagues, problem: unread, load: know } = useColleagues()
  const chosen = shallowRef<Choice>(NOTHING)
  const problem = ref('')
  const isLoaded = ref(false)
  const handing = new Attempt()
  const seeing = new Map<string, Attempt>()

  async function load(): Promise<void> {
    await tried(async () => {
      const of = (side: 'received' | 'given') =>
        answered(api.GET('/api/v1/handovers', { params: { query: { side, limit: SHOWN } } }))
      const [unfinished, mine, others] = await Promise.all([
        answered(api.GET('/api/v1/handovers/unfinished')),
        of('received'),
        of('given'),
      ])
      held.value = unfinished
      received.value = mine.items
      given.value = others.items
      chosen.value = kept(chosen.value, unfinished)
      isLoaded.value = true
    })
  }

  /** Hands over what is chosen; what came of it, or null when it was refused. */
  async function handOver(to_id: string, note: string): Promise<Handed | null> {
    const { tickets, alarms } = chosen.value
    const body = { from_id: null, to_id, note, ticket_ids: [...tickets], alarm_ids: [...alarms] }
    let done: Handed | null = null
    await tried(async () => {
      const params = { header: handing.header(body) }
      done = await answered(api.POST('/api/v1/handovers', { params, body }))
      handing.done()
    })
    if (done !== null) await load()
    return done
  }

  async function see(one: Handover): Promise<void> {
    const attempt = seeing.get(one.id) ?? new Attempt()
    seeing.set(one.id, attempt)
    await tried(async () => {
      const params = { path: { handover_id: one.id }, header: attempt.header() }
      await answered(api.POST('/api/v1/handovers/{handover_id}/seen', { params }))
      await load()
    })
  }

  async function tried(act: () => Promise<void>): Promise<void> {
    try {
      await act()
      problem.value = ''
    } catch (failure) {
      problem.value = problemWords(failure)
    }
  }

  useLive(['ticket', 'alarm', 'handover'], load)
  void load()
  const told = computed(() => problem.value || unread.value)
  return { held, received, given, colleagues, chosen, problem: told, isLoaded, load, know, handOver, see }
}
