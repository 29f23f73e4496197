import { ref, shallowRef, watch, type Ref } from 'vue'
import { problemWords } from '../i18n/problemWords'

/** What a card reads for itself: at once, and anew each time `when` is another. The last asking counts. */
export function useSeen<T>(when: () => unknown, read: () => Promise<T>) {
  const seen: Ref<T | null> = shallowRef(null)
  const problem = ref('')
  let asked = 0

  async function load(): Promise<void> {
    const mine = ++asked
    try {
      const found = await read()
      if (mine !== asked) return
      seen.value = found
      problem.value = ''
    } catch (failure) {
      if (mine === asked) problem.value = problemWords(failure)
    }
  }

  watch(when, load, { immediate: true })
  return { seen, problem, load }
}
