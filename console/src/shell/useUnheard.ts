import { ref } from 'vue'
import { answered, api } from '../api/client'
import { useLive } from '../live/useLive'

/** How many messages nobody has listened to: beside the menu's entry. */
export function useUnheard(isOn: boolean) {
  const unheard = ref(0)

  async function load(): Promise<void> {
    try {
      unheard.value = (await answered(api.GET('/api/v1/left-messages/unheard'))).count
    } catch {
      // A count that is not known is not shown; the view itself says what is wrong.
      unheard.value = 0
    }
  }

  if (isOn) {
    useLive(['call.message_left', 'left_message'], load)
    void load()
  }
  return unheard
}
