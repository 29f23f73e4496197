import { onMounted, onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import { answered, api, isAborted } from '../api/client'
import { useWords } from '../i18n'
import { problemWords } from '../i18n/problemWords'
import type { Datum, Reading } from './wire'

const REST_MS = 300

/**
 * Understands what is typed or pasted while it is typed; nothing is kept on the server. `text` may
 * hold words already: a draft.
 */
export function usePlaceReading(text: Ref<string>) {
  /** Of plain coordinates, once somebody has said where they come from. */
  const datum = ref<Datum | null>(null)
  const reading = shallowRef<Reading | null>(null)
  const problem = ref('')
  const isReading = ref(false)
  let asking = new AbortController()
  let timer = 0

  /** Other words: what was understood of the last ones no longer counts. */
  function say(words: string, rest = REST_MS, told: Datum | null = null): void {
    text.value = words
    datum.value = told
    reading.value = null
    problem.value = ''
    asking.abort()
    clearTimeout(timer)
    isReading.value = words.trim() !== ''
    if (isReading.value) timer = window.setTimeout(read, rest)
  }

  async function read(): Promise<void> {
    clearTimeout(timer)
    asking = new AbortController()
    const { signal } = asking
    try {
      const body = { text: text.value.trim(), datum: datum.value }
      const found = await answered(api.POST('/api/v1/places/reading', { body, signal }))
      if (signal.aborted) return
      reading.value = found
    } catch (failure) {
      if (signal.aborted || isAborted(failure)) return
      problem.value = problemWords(failure)
    }
    isReading.value = false
  }

  onMounted(() => say(text.value, 0))
  // What was understood is said in the language of the page.
  watch(useWords().locale, () => say(text.value, 0, datum.value))
  onScopeDispose(() => {
    asking.abort()
    clearTimeout(timer)
  })
  return { datum, reading, problem, isReading, say }
}
