import { ref, watch } from 'vue'
import { answered, api } from '../api/client'
import { i18n } from '../i18n'

/** Who is at the other end of this call: a name, else the number as this role may see it. */
export function useWho(callId: () => string) {
  const who = ref('')
  watch(callId, async (call_id) => {
    who.value = ''
    if (call_id === '') return
    const found = await answered(api.GET('/api/v1/calls/{call_id}', { params: { path: { call_id } } })).catch(() => null)
    if (call_id !== callId() || found === null) return
    const { owner_names: names, caller } = found.call
    who.value = names.length === 1 ? names[0]! : (caller ?? i18n.global.t('desk.withheld'))
  }, { immediate: true })
  return who
}
