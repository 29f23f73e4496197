import { computed, ref, shallowRef, watch } from 'vue'
import { changesOf, conflictsOf, picked, rebased, type Fields } from './edits'
import { Problem } from './problem'
import { problemWords } from '../i18n/problemWords'

export interface Versioned {
  version: number
}

/**
 * Some fields of a thing, edited while others may edit it, too.
 *
 * `read` is the thing as it stands; when it changes under the hands, what was not touched follows,
 * and what both have changed is a conflict, shown until the person has chosen. `send` writes the
 * changes over the version that was read; `reload` fetches the thing anew when that was too old.
 */
export function useEdit<T extends Versioned, F extends keyof T>(
  read: () => T,
  fields: readonly F[],
  send: (changes: Partial<Fields<T, F>>, version: number) => Promise<void>,
  reload: () => Promise<void>,
) {
  const base = shallowRef<Fields<T, F>>(picked(read(), fields))
  const draft = shallowRef<Fields<T, F>>(base.value)
  const conflicts = shallowRef<F[]>([])
  const problem = ref('')
  const isSaving = ref(false)
  const isSaved = ref(false)
  const changes = computed(() => changesOf<T, F>(base.value, draft.value))
  const isDirty = computed(() => Object.keys(changes.value).length > 0)

  watch(read, (now) => {
    const theirs = picked(now, fields)
    const clashes = conflictsOf<T, F>(base.value, theirs, draft.value)
    draft.value = rebased<T, F>(base.value, theirs, draft.value)
    base.value = theirs
    const still = conflicts.value.filter((field) => field in changes.value)
    conflicts.value = [...new Set([...still, ...clashes])]
  })

  function set<K extends F>(field: K, value: T[K]): void {
    draft.value = { ...draft.value, [field]: value }
    isSaved.value = false
  }

  function take(field: F): void {
    set(field, base.value[field])
    conflicts.value = conflicts.value.filter((one) => one !== field)
  }

  function undo(): void {
    draft.value = base.value
    conflicts.value = []
    problem.value = ''
  }

  async function save(): Promise<void> {
    if (!isDirty.value || isSaving.value) return
    isSaving.value = true
    problem.value = ''
    try {
      await send(changes.value, read().version)
      conflicts.value = []
      isSaved.value = true
    } catch (failure) {
      problem.value = problemWords(failure)
      if (failure instanceof Problem && failure.code === 'version_stale') await reload()
    } finally {
      isSaving.value = false
    }
  }

  return { base, draft, conflicts, problem, isSaving, isSaved, isDirty, set, take, undo, save }
}
