import { ref } from 'vue'
import { Attempt } from '../api/attempt'
import { problemWords } from '../i18n/problemWords'

/**
 * Buttons that act: one at a time, the refusal in words. Each name keeps its own key while what is
 * sent stays the same, so that pressing again is no second action.
 */
export function useActs(afterwards: () => Promise<void> | void) {
  const problem = ref('')
  const isBusy = ref(false)
  const attempts = new Map<string, Attempt>()

  function attemptOf(name: string): Attempt {
    const kept = attempts.get(name) ?? new Attempt()
    attempts.set(name, kept)
    return kept
  }

  /** Answers whether it was done. */
  async function act(name: string, send: (attempt: Attempt) => Promise<unknown>): Promise<boolean> {
    if (isBusy.value) return false
    isBusy.value = true
    problem.value = ''
    try {
      const attempt = attemptOf(name)
      await send(attempt)
      attempt.done()
      await afterwards()
      return true
    } catch (failure) {
      problem.value = problemWords(failure)
      return false
    } finally {
      isBusy.value = false
    }
  }

  return { act, problem, isBusy }
}
