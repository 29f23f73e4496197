import { nextTick, ref, watch, type Ref } from 'vue'
import { useShortcuts } from '../shell/shortcuts'
import { moved, type Step } from './roving'

/**
 * One tab stop for a whole list: j, k and the arrows choose a row, Tab leaves the list.
 *
 * `ids` are the rows in their order; the element that takes the focus in each row carries
 * `data-row` and `:tabindex="tabindex(id)"`. The choice follows its row when the list changes.
 */
export function useRoving(list: Ref<HTMLElement | null>, ids: Ref<readonly string[]>) {
  const chosen = ref<string | null>(null)

  function go(step: Step): void {
    const at = chosen.value === null ? -1 : ids.value.indexOf(chosen.value)
    const id = ids.value[moved(at, step, ids.value.length)]
    if (id === undefined) return
    chosen.value = id
    void nextTick(focus)
  }

  function focus(): void {
    list.value?.querySelector<HTMLElement>('[data-row][tabindex="0"]')?.focus()
  }

  function tabindex(id: string): 0 | -1 {
    return id === (chosen.value ?? ids.value[0]) ? 0 : -1
  }

  function onKey(event: KeyboardEvent): void {
    const step = ({ ArrowDown: 'next', ArrowUp: 'previous', Home: 'first', End: 'last' } as const)[event.key]
    if (step === undefined) return
    event.preventDefault()
    go(step)
  }

  watch(ids, (now) => {
    if (chosen.value !== null && !now.includes(chosen.value)) chosen.value = null
  })
  useShortcuts(
    { key: 'j', words: 'next', run: () => go('next') },
    { key: 'k', words: 'previous', run: () => go('previous') },
  )
  return { tabindex, onKey, choose: (id: string) => (chosen.value = id) }
}
