import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import { answered, api } from '../api/client'
import type { Call, Owner, Ticket } from '../api/wire'
import { problemWords } from '../i18n/problemWords'
import type { Fact } from '../live/news'
import { useLive } from '../live/useLive'
import { contactsOf } from './contacts'

const LAST = 10
const OPEN = 20

/** An owner as he is now, with his open tickets and last contacts. `found` is what is known already. */
export function useCustomer(ownerId: Ref<string>, found: Ref<Owner | undefined>) {
  const loaded = shallowRef<Owner | null>(null)
  const open = shallowRef<Ticket[]>([])
  const tickets = shallowRef<Ticket[]>([])
  const calls = shallowRef<Call[]>([])
  const problem = ref('')
  const owner = computed(() => (loaded.value?.id === ownerId.value ? loaded.value : (found.value ?? null)))
  const contacts = computed(() => contactsOf(calls.value, tickets.value, LAST))

  async function load(): Promise<void> {
    const owner_id = ownerId.value
    if (owner_id === '') return
    try {
      const [now, live, last, rung] = await Promise.all([
        answered(api.GET('/api/v1/owners/{owner_id}', { params: { path: { owner_id } } })),
        answered(api.GET('/api/v1/tickets', { params: { query: { owner_id, live: true, limit: OPEN } } })),
        answered(api.GET('/api/v1/tickets', { params: { query: { owner_id, limit: LAST } } })),
        answered(api.GET('/api/v1/calls', { params: { query: { owner_id, limit: LAST } } })),
      ])
      if (owner_id !== ownerId.value) return
      ;[loaded.value, open.value, tickets.value, calls.value] = [now, live.items, last.items, rung.items]
      problem.value = ''
    } catch (failure) {
      if (owner_id === ownerId.value) problem.value = problemWords(failure)
    }
  }

  function another(): void {
    ;[loaded.value, open.value, tickets.value, calls.value] = [null, [], [], []]
    problem.value = ''
    void load()
  }

  watch(ownerId, another, { immediate: true })
  useLive(['ticket', 'call.attached', 'owner', 'contact_point', 'vehicle'], ({ facts, isGap }) => {
    if (isGap || facts.some(isAboutHim)) return load()
  })

  /** Of all the centre's news only his: a new ticket says whose it is, and his tickets are known. */
  function isAboutHim(fact: Fact): boolean {
    if (fact.facts.owner_id === ownerId.value && ownerId.value !== '') return true
    return [...open.value, ...tickets.value].some((ticket) => ticket.id === fact.ticket_id)
  }
  return { owner, open, contacts, problem, load }
}
