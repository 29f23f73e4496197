import { computed, ref, shallowRef, watch } from 'vue'
import { answered, api } from '../api/client'
import type { HotlineAgent, HotlineGroup, Owner, Station } from '../api/wire'
import { useWords } from '../i18n'
import { problemWords } from '../i18n/problemWords'
import { useSeat } from '../seat/useSeat'
import { colleagues, groups, matching, numbers, owners, stations, type Choice, type Kind } from './whom'

const TYPED_MS = 250
const MOST = 8

/** Those whom the agent may ask or hand over to, by kind and by what he types. */
export function useReach(callId: () => string) {
  const { t, locale } = useWords()
  const seat = useSeat()
  const kind = ref<Kind>('colleague')
  const typed = ref('')
  const problem = ref('')
  const agents = shallowRef<HotlineAgent[]>([])
  const found = shallowRef<Station[]>([])
  const known = shallowRef<Owner[]>([])
  const all = shallowRef<HotlineGroup[]>([])
  let timer = 0

  const choices = computed<Choice[]>(() => {
    const isEnglish = locale.value === 'en'
    if (kind.value === 'number') return numbers(typed.value)
    if (kind.value === 'station') return stations(found.value, isEnglish)
    const listed = {
      colleague: () => colleagues(agents.value, seat.me, (phase) => t(`seat.phase.${phase}`)),
      owner: () => owners(known.value),
      group: () => groups(all.value, isEnglish),
    }[kind.value]()
    return matching(listed, typed.value)
  })

  async function load(): Promise<void> {
    try {
      if (kind.value === 'colleague') agents.value = (await answered(api.GET('/api/v1/agents'))).items
      if (kind.value === 'group') all.value = (await answered(api.GET('/api/v1/hotline-groups'))).items
      if (kind.value === 'station') found.value = await search()
      if (kind.value === 'owner') {
        known.value = (await answered(api.GET('/api/v1/calls/{call_id}', { params: { path: { call_id: callId() } } }))).owners
      }
      problem.value = ''
    } catch (failure) {
      problem.value = problemWords(failure)
    }
  }

  async function search(): Promise<Station[]> {
    const search = typed.value.trim()
    const query = { limit: MOST, ...(search !== '' && { search }) }
    return (await answered(api.GET('/api/v1/stations', { params: { query } }))).items
  }

  watch(kind, () => {
    typed.value = ''
    void load()
  })
  watch(typed, () => {
    clearTimeout(timer)
    if (kind.value === 'station') timer = window.setTimeout(() => void load(), TYPED_MS)
  })
  return { kind, typed, choices, problem, load }
}
