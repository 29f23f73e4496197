import { ref } from 'vue'
import { Attempt } from '../api/attempt'
import { problemWords } from '../i18n/problemWords'

/**
 * Buttons that act: each once at a time, the refusal in words. Each name keeps its own key while what is
 * sent stays the same, so that pressing again is no second action.
 */
export function useActs(afterwards: () => unknown) {
  const problem = ref('')
  const busy = new Set<string>()
  const attempts = new Map<string, Attempt>()

  function attemptOf(name: string): Attempt {
    const kept = attempts.get(name) ?? new Attempt()
    attempts.set(name, kept)
    return kept
  }

  /** Answers whether it was done. */
  async function act(name: string, send: (attempt: Attempt) => Promise<unknown>): Promise<boolean> {
    if (busy.has(name)) return false
    busy.add(name)
    problem.value = ''
    try {
      const attempt = attemptOf(name)
      await send(attempt)
      attempt.done()
      void afterwards()
      return true
    } catch (failure) {
      problem.value = problemWords(failure)
      return false
    } finally {
      busy.delete(name)
    }
  }

  return { act, problem }
}

export type Act = ReturnType<typeof useActs>['act']
