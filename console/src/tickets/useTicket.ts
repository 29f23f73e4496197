import { ref, shallowRef, watch } from 'vue'
import { answered, api } from '../api/client'
import { useSession } from '../api/session'
import type { Ticket } from '../api/wire'
import type { components } from '../api/schema'
import { problemWords } from '../i18n/problemWords'
import { useLive } from '../live/useLive'
import type { Timeline } from './timeline'

type Owner = components['schemas']['OwnerOut']

/** One ticket with its timeline and owner, as they stand now. */
export function useTicket(ticketId: () => string) {
  const session = useSession()
  const ticket = shallowRef<Ticket | null>(null)
  const timeline = shallowRef<Timeline | null>(null)
  const owner = shallowRef<Owner | null>(null)
  const problem = ref('')

  async function load(): Promise<void> {
    const id = ticketId()
    const params = { path: { ticket_id: id } }
    try {
      const [now, happened] = await Promise.all([
        answered(api.GET('/api/v1/tickets/{ticket_id}', { params })),
        answered(api.GET('/api/v1/tickets/{ticket_id}/timeline', { params })),
      ])
      const his = await ownerOf(now)
      if (id !== ticketId()) return
      ticket.value = now
      timeline.value = happened
      owner.value = his
      problem.value = ''
    } catch (failure) {
      if (id === ticketId()) problem.value = problemWords(failure)
    }
  }

  async function ownerOf(now: Ticket): Promise<Owner | null> {
    if (now.owner_id === null || !session.may('customers_read')) return null
    const params = { path: { owner_id: now.owner_id } }
    return answered(api.GET('/api/v1/owners/{owner_id}', { params }))
  }

  watch(ticketId, () => {
    ticket.value = timeline.value = owner.value = null
    return load()
  }, { immediate: true })
  useLive(['ticket', 'place', 'offer', 'dispatch', 'tow', 'alarm', 'call', 'owner', 'recording', 'left_message'], ({ facts, isGap }) => {
    const isOurs = facts.some(
      (fact) => fact.ticket_id === ticketId() || (owner.value !== null && fact.facts.owner_id === owner.value.id),
    )
    if (isGap || isOurs) return load()
  })
  return { ticket, timeline, owner, problem, load }
}
