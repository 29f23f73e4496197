import { computed, ref, watch, type Ref } from 'vue'
import { useRoute, useRouter, type LocationQuery } from 'vue-router'
import type { Call } from '../api/wire'
import { useDraft } from '../drafts/useDraft'
import { asideIn, isSame, laidAside, without, type Aside } from './aside'
import { afterNews, FREE, type Middle } from './pop'
import { NOTHING_PICKED, type Picked } from './steps'

/**
 * What stands in the middle: the address holds it, so that a reload comes back to it. What gave way
 * to something else is laid aside and kept like a draft; `words` names what stands there now.
 */
export function useMiddle(calls: Ref<Call[]>, words: () => string) {
  const route = useRoute()
  const router = useRouter()
  const isPopped = ref(false)
  const kept = useDraft('aside')
  const aside = computed(() => asideIn(kept.value))
  /** Whether what stands in the middle goes for good: it is done, or nobody has touched it. */
  let goes = false

  const middle = computed<Middle>((before) => {
    const now = { call: text(route.query, 'call'), ticket: text(route.query, 'ticket'), isPopped: isPopped.value }
    return before !== undefined && isSame(before, now) && before.isPopped === now.isPopped ? before : now
  })
  const picked = computed<Picked>(() => ({
    owner: text(route.query, 'owner'),
    car: text(route.query, 'car'),
    about: text(route.query, 'about') === 'rescue' ? 'rescue' : '',
  }))

  async function show(to: Middle, as = NOTHING_PICKED, isDone = false): Promise<void> {
    goes = isDone || middle.value.isPopped
    isPopped.value = to.isPopped
    if (!isSame(to, middle.value)) await go({ call: to.call, ticket: to.ticket, ...as })
    goes = false
  }

  /** To what was laid aside last, and this in its place. */
  async function back(isDone = false): Promise<void> {
    const [last] = aside.value
    if (last !== undefined) await show({ ...last, isPopped: false }, last.picked, isDone)
  }

  /** Done with this: back to what was laid aside, else free, and then what rings comes up at once. */
  async function free(): Promise<void> {
    if (aside.value.length > 0) await back(true)
    else await show(afterNews(FREE, calls.value), NOTHING_PICKED, true)
  }

  function pick(more: Partial<Picked>): void {
    void go({ call: middle.value.call, ...picked.value, ...more })
  }

  async function go(query: Record<string, string>): Promise<void> {
    await router.replace({ query: Object.fromEntries(Object.entries(query).filter(([, value]) => value !== '')) })
  }

  /** However it came about: a key, a link, the browser's way back. */
  function changed([now]: [Middle, Picked], [before, as]: [Middle, Picked]): void {
    if (isSame(now, before)) return
    const rest = without(aside.value, now)
    const { call, ticket } = before
    const isLeft = goes || isPopped.value || isSame(before, FREE)
    keep(isLeft ? rest : laidAside(rest, { call, ticket, picked: as, words: words() }))
  }

  function keep(left: readonly Aside[]): void {
    kept.value = left.length === 0 ? '' : JSON.stringify(left)
  }

  // Who went to another page has laid it aside; a link that leads back to it takes it up.
  keep(without(aside.value, middle.value))

  watch([middle, picked] as const, ([...now], [...before]) => changed(now, before), { flush: 'sync' })
  watch(calls, (now) => {
    const next = afterNews(middle.value, now)
    if (next !== middle.value) void show(next)
  })
  return { middle, picked, aside, show, back, free, pick, touched: () => (isPopped.value = false) }
}

function text(query: LocationQuery, name: string): string {
  const value = query[name]
  return typeof value === 'string' ? value : ''
}
