import { shallowRef } from 'vue'
import { answered, api } from '../../api/client'
import type { Span } from './promise'

/** When the owner before the agent may be called back; null as long as that is not known: what is
 * promised is judged by the API in any case. */
export function usePromiseTimes(id: () => string) {
  const spans = shallowRef<readonly Span[] | null>(null)

  async function load(): Promise<void> {
    try {
      const params = { path: { owner_call_id: id() } }
      spans.value = (await answered(api.GET('/api/v1/owner-calls/{owner_call_id}/promise-times', { params }))).spans
    } catch {
      spans.value = null
    }
  }

  return { spans, load }
}
