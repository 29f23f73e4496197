import { ref, shallowRef, watch, type Ref } from 'vue'
import { Attempt } from '../api/attempt'
import { answered, api } from '../api/client'
import type { Call, Ringing } from '../api/wire'
import { problemWords } from '../i18n/problemWords'
import { useLive } from '../live/useLive'

/** One call with its owners, and what is done with it. `found` has those that have just rung. */
export function useCall(id: Ref<string>, found: Map<string, Ringing>) {
  const ringing = shallowRef<Ringing | null>(null)
  const problem = ref('')
  const attempt = new Attempt()

  async function load(): Promise<void> {
    const call_id = id.value
    if (call_id === '') return
    try {
      const now = await answered(api.GET('/api/v1/calls/{call_id}', { params: { path: { call_id } } }))
      if (id.value === call_id) ringing.value = now
    } catch (failure) {
      if (id.value === call_id) problem.value = problemWords(failure)
    }
  }

  /** One verb; what it refuses is said, and the call is shown as it then stands. */
  async function act(verb: () => Promise<Call>): Promise<void> {
    problem.value = ''
    try {
      const call = await verb()
      attempt.done()
      if (ringing.value?.call.id === call.id) ringing.value = { ...ringing.value, call }
    } catch (failure) {
      problem.value = problemWords(failure)
      await load()
    }
  }

  const answer = (call_id: string) =>
    act(() => {
      const header = attempt.header(['answer', call_id])
      return answered(api.POST('/api/v1/calls/{call_id}/answer', { params: { path: { call_id }, header } }))
    })

  const hangUp = (call_id: string) =>
    act(() => {
      const body = { reason: 'agent_hung_up' } as const
      const header = attempt.header(['end', call_id])
      return answered(api.POST('/api/v1/calls/{call_id}/end', { params: { path: { call_id }, header }, body }))
    })

  const attach = (call_id: string, ticket_id: string) =>
    act(() => {
      const params = { path: { call_id } }
      return answered(api.PUT('/api/v1/calls/{call_id}/ticket', { params, body: { ticket_id } }))
    })

  function shown(): void {
    problem.value = ''
    ringing.value = found.get(id.value) ?? null
    // It is as it rang: good for the first look, not when somebody comes back to it.
    found.delete(id.value)
    if (ringing.value === null) void load()
  }

  watch(id, shown, { immediate: true })
  useLive(['call', 'owner', 'vehicle', 'contact_point'], ({ facts, isGap }) => {
    if (isGap || facts.some((fact) => isOfThis(fact.kind, fact.facts))) return load()
  })

  function isOfThis(kind: string, facts: Record<string, unknown>): boolean {
    if (kind.startsWith('call.')) return facts.call_id === id.value
    return ringing.value?.owners.some((owner) => owner.id === facts.owner_id) ?? false
  }

  return { ringing, problem, answer, hangUp, attach, load }
}
