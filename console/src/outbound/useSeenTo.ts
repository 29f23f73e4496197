import { ref } from 'vue'
import { Attempt } from '../api/attempt'
import { problemWords } from '../i18n/problemWords'

/** One line of a list that a person deals with: his note, and that it is done, said once. */
export function useSeenTo(say: (body: { note: string }, attempt: Attempt) => Promise<unknown>, isDone: () => void) {
  const note = ref('')
  const problem = ref('')
  const isSending = ref(false)
  const attempt = new Attempt()

  async function done(): Promise<void> {
    isSending.value = true
    try {
      await say({ note: note.value }, attempt)
      attempt.done()
      isDone()
    } catch (failure) {
      problem.value = problemWords(failure)
    } finally {
      isSending.value = false
    }
  }

  return { note, problem, isSending, done }
}
