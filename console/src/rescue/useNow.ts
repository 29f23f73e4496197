import { onScopeDispose, ref } from 'vue'

/** The clock here, in ms, a few times a second while the view is open. */
export function useNow() {
  const now = ref(Date.now())
  const timer = setInterval(() => (now.value = Date.now()), 250)
  onScopeDispose(() => clearInterval(timer))
  return now
}
