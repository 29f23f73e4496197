import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import { answered, api } from '../api/client'
import { i18n } from '../i18n'
import { problemWords } from '../i18n/problemWords'
import { useLive } from '../live/useLive'
import { after, boardOf, NOBODY } from './offers'
import { useNow } from '../live/useNow'
import type { Desk } from './wire'

/** One rescue as it stands, kept live: what the desk sees of it and the board of its offers. */
export function useRescue(ticketId: string) {
  const desk: Ref<Desk | null> = shallowRef(null)
  const board = shallowRef(NOBODY)
  const problem = ref('')
  const here = useNow()
  const now = computed(() => here.value + board.value.aheadMs)

  async function load(): Promise<void> {
    try {
      const params = { path: { ticket_id: ticketId } }
      desk.value = await answered(api.GET('/api/v1/rescues/{ticket_id}/desk', { params }))
      board.value = boardOf(desk.value, Date.now())
      problem.value = ''
    } catch (failure) {
      problem.value = problemWords(failure)
    }
  }

  useLive([`ticket:${ticketId}`], ({ facts }) => {
    board.value = facts.reduce(after, board.value)
    return load()
  })
  // Words of the API are in the language of the page.
  watch(i18n.global.locale, load)
  void load()
  return { desk, board, problem, here, now, load }
}
