import { computed, onScopeDispose, ref, toValue, watch, type MaybeRefOrGetter, type Ref } from 'vue'
import { useSession } from '../api/session'
import { draftName, keepDraft, readDraft } from './shelf'

/**
 * What somebody is writing, kept in the browser at every key: it survives a reload and a lost
 * connection, and is gone at sign-out. Set it to '' when it was sent.
 *
 * `key` says what it is about, `call:ID` or `ticket:ID`; when it changes, the other draft is shown.
 * Two tabs with the same one show the same words.
 */
export function useDraft(key: MaybeRefOrGetter<string>): Ref<string> {
  const who = useSession().who?.id ?? ''
  const name = computed(() => draftName(who, toValue(key)))
  const text = ref(readDraft(localStorage, name.value))

  // At once: between two keys there is no moment in which a word is nowhere.
  watch(name, (now) => (text.value = readDraft(localStorage, now)), { flush: 'sync' })
  watch(text, (now) => keepDraft(localStorage, name.value, now), { flush: 'sync' })

  function hear(event: StorageEvent): void {
    if (event.key === name.value) text.value = event.newValue ?? ''
  }
  addEventListener('storage', hear)
  onScopeDispose(() => removeEventListener('storage', hear))
  return text
}
