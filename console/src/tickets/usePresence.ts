import { onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import { answered, api } from '../api/client'
import type { components } from '../api/schema'

export type Reader = components['schemas']['ReaderOut']

const AGAIN_MS = 5000

/**
 * Who else has the ticket open, asked every few seconds; the same breath says that we have.
 *
 * Whoever closes the page says so; who is lost is no longer named within 15 s.
 */
export function usePresence(ticketId: () => string, editing: Ref<boolean>): Ref<Reader[]> {
  const others = shallowRef<Reader[]>([])
  let timer = 0

  async function beat(): Promise<void> {
    clearTimeout(timer)
    const id = ticketId()
    let pause = AGAIN_MS
    try {
      const params = { path: { ticket_id: id } }
      const body = { editing: editing.value }
      const now = await answered(api.PUT('/api/v1/tickets/{ticket_id}/presence', { params, body }))
      if (id !== ticketId()) return
      others.value = now.items
      pause = now.beat_s * 1000
    } catch {
      // The banner tells of a lost line; who may be here is not known then.
      others.value = []
    }
    clearTimeout(timer)
    timer = window.setTimeout(beat, pause)
  }

  function leave(id: string): void {
    const params = { path: { ticket_id: id } }
    // It outlives the page. If it is lost, silence says the same a little later.
    void api.DELETE('/api/v1/tickets/{ticket_id}/presence', { params, keepalive: true }).catch(() => {})
  }

  const onHide = (): void => leave(ticketId())
  addEventListener('pagehide', onHide)
  watch(editing, beat)
  watch(ticketId, (_, before) => {
    if (before !== undefined) leave(before)
    others.value = []
    void beat()
  }, { immediate: true })
  onScopeDispose(() => {
    clearTimeout(timer)
    removeEventListener('pagehide', onHide)
    leave(ticketId())
  })
  return others
}
