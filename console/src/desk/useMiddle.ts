import { computed, ref, watch, type Ref } from 'vue'
import { useRoute, useRouter, type LocationQuery } from 'vue-router'
import type { Call } from '../api/wire'
import { afterNews, FREE, type Middle } from './pop'
import type { Picked } from './steps'

/** What stands in the middle: the address holds it, so that a reload comes back to it. */
export function useMiddle(calls: Ref<Call[]>) {
  const route = useRoute()
  const router = useRouter()
  const isPopped = ref(false)

  const middle = computed<Middle>((before) => {
    const now = { call: text(route.query, 'call'), ticket: text(route.query, 'ticket'), isPopped: isPopped.value }
    const isSame = before?.call === now.call && before.ticket === now.ticket && before.isPopped === now.isPopped
    return isSame ? before : now
  })
  const picked = computed<Picked>(() => ({ owner: text(route.query, 'owner'), car: text(route.query, 'car') }))

  async function show(to: Middle): Promise<void> {
    isPopped.value = to.isPopped
    if (to.call === middle.value.call && to.ticket === middle.value.ticket) return
    await router.replace({ query: { ...(to.call && { call: to.call }), ...(to.ticket && { ticket: to.ticket }) } })
  }

  /** Free again: what rings comes up at once. */
  async function free(): Promise<void> {
    await show(afterNews(FREE, calls.value))
  }

  function pick(more: Partial<Picked>): void {
    const query = { call: middle.value.call, ...picked.value, ...more }
    const set = Object.entries(query).filter(([, value]) => value !== '')
    void router.replace({ query: Object.fromEntries(set) })
  }

  watch(calls, (now) => void show(afterNews(middle.value, now)))
  return { middle, picked, show, free, pick, touched: () => (isPopped.value = false) }
}

function text(query: LocationQuery, name: string): string {
  const value = query[name]
  return typeof value === 'string' ? value : ''
}
