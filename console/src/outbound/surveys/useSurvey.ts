import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import { Attempt, ifMatch } from '../../api/attempt'
import { answered, api } from '../../api/client'
import { problemWords } from '../../i18n/problemWords'
import { withUsed } from './edit'
import type { Fault, StoredSurvey, Survey } from './wire'

const CHECK_AFTER_MS = 500

/** One survey as it is stored, its draft as it is written here, and what is wrong with that. */
export function useSurvey(id: Ref<string>) {
  const stored = shallowRef<StoredSurvey | null>(null)
  const draft = shallowRef<Survey | null>(null)
  const name = ref('')
  const faults = shallowRef<Fault[]>([])
  const problem = ref('')
  const said = ref('')
  const isBusy = ref(false)
  const attempt = new Attempt()
  const path = computed(() => ({ survey_id: id.value }))
  const isChanged = computed(
    () => stored.value !== null && (name.value !== stored.value.name || JSON.stringify(draft.value) !== JSON.stringify(stored.value.draft)),
  )

  function take(found: StoredSurvey): void {
    stored.value = found
    draft.value = found.draft
    name.value = found.name
  }

  async function act(work: () => Promise<void>): Promise<void> {
    isBusy.value = true
    said.value = ''
    try {
      await work()
      problem.value = ''
    } catch (failure) {
      problem.value = problemWords(failure)
    } finally {
      isBusy.value = false
    }
  }

  const load = () => act(async () => take(await answered(api.GET('/api/v1/surveys/{survey_id}', { params: { path: path.value } }))))

  async function keep(): Promise<void> {
    if (stored.value === null || draft.value === null || !isChanged.value) return
    const body = { name: name.value.trim(), survey: draft.value }
    const params = { path: path.value, header: ifMatch(stored.value.version) }
    take(await answered(api.PATCH('/api/v1/surveys/{survey_id}', { params, body })))
  }

  const save = (words: string) => act(async () => {
    await keep()
    said.value = words
  })

  const publish = (words: (edition: number) => string) => act(async () => {
    await keep()
    if (stored.value === null) return
    const header = { ...ifMatch(stored.value.version), ...attempt.header(stored.value.version) }
    const made = await answered(api.POST('/api/v1/surveys/{survey_id}/editions', { params: { path: path.value, header } }))
    attempt.done()
    stored.value = { ...stored.value, edition: made.edition, used_codes: withUsed(stored.value.used_codes, made.survey) }
    said.value = words(made.edition)
  })

  const move = (to: 'opening' | 'closing') => act(async () => {
    const params = { path: path.value, header: attempt.header(to) }
    const answer = to === 'opening'
      ? api.POST('/api/v1/surveys/{survey_id}/opening', { params })
      : api.POST('/api/v1/surveys/{survey_id}/closing', { params })
    const found = await answered(answer)
    attempt.done()
    // What is being written stays.
    stored.value = { ...found, draft: stored.value?.draft ?? found.draft, name: stored.value?.name ?? found.name }
  })

  let timer = 0
  watch(draft, (survey) => {
    window.clearTimeout(timer)
    if (survey === null) return
    timer = window.setTimeout(async () => {
      const found = await answered(api.POST('/api/v1/surveys/check', { body: { survey, survey_id: id.value } })).catch(() => null)
      if (found !== null && draft.value === survey) faults.value = found.faults
    }, CHECK_AFTER_MS)
  })
  watch(id, () => void load(), { immediate: true })
  return { stored, draft, name, faults, problem, said, isBusy, isChanged, load, save, publish, move }
}
