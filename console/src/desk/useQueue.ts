import { ref, shallowRef } from 'vue'
import { answered, api } from '../api/client'
import type { Ticket } from '../api/wire'
import { problemWords } from '../i18n/problemWords'
import { useLive } from '../live/useLive'
import { needsSomeone } from './waiting'

const MOST = 100
const GATHER_MS = 1000

/** The live tickets that need somebody, the most urgent first. */
export function useQueue(me: string) {
  const tickets = shallowRef<Ticket[]>([])
  const problem = ref('')

  async function load(): Promise<void> {
    try {
      const page = await answered(api.GET('/api/v1/queue', { params: { query: { limit: MOST } } }))
      tickets.value = page.items.filter((ticket) => needsSomeone(ticket, me))
      problem.value = ''
    } catch (failure) {
      problem.value = problemWords(failure)
    }
  }

  useLive(['ticket'], load, GATHER_MS)
  void load()
  return { tickets, problem }
}
