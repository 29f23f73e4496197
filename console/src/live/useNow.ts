import { onScopeDispose, ref } from 'vue'

/** The clock here, in ms, a few times a second while the view is open. */
export function useNow(everyMs = 250) {
  const now = ref(Date.now())
  const timer = setInterval(() => (now.value = Date.now()), everyMs)
  onScopeDispose(() => clearInterval(timer))
  return now
}
