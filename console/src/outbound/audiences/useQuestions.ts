import { ref, shallowRef, watch, type Ref } from 'vue'
import { answered, api, isAborted } from '../../api/client'
import type { components } from '../../api/schema'
import { useWords } from '../../i18n'
import { problemWords } from '../../i18n/problemWords'
import { isWhole, type Group } from './tree'

type Schemas = components['schemas']
export type Count = Schemas['CountOut']
export type Sampled = Schemas['SampledOut']
export type Explained = Schemas['ExplainOut']
export type Purpose = Schemas['RuleAsk']['purpose']
export type Way = Schemas['Way']
export interface Asked {
  rule: Group
  purpose: NonNullable<Purpose>
  policy: string
  ways: Way[]
}

const SETTLED_MS = 350

/** The body of a question: the API's types are narrower than the builder's. */
export function asBody(asked: Asked): Schemas['RuleAsk'] {
  return asked as unknown as Schemas['RuleAsk']
}

/** Counts and samples while the rule is edited: when it has rested, and only the newest. */
export function useQuestions(asked: Ref<Asked>) {
  const count = shallowRef<Count | null>(null)
  const sample = shallowRef<Sampled[]>([])
  const problem = ref('')
  const isAsking = ref(false)
  let asking = new AbortController()
  let resting: ReturnType<typeof setTimeout> | undefined

  async function ask(): Promise<void> {
    asking.abort()
    asking = new AbortController()
    const { signal } = asking
    const body = asBody(asked.value)
    try {
      count.value = await answered(api.POST('/api/v1/audiences/count', { body, signal }))
      sample.value = (await answered(api.POST('/api/v1/audiences/sample', { body, signal }))).items
      problem.value = ''
    } catch (failure) {
      if (signal.aborted || isAborted(failure)) return
      problem.value = problemWords(failure)
    } finally {
      if (!signal.aborted) isAsking.value = false
    }
  }

  function settle(): void {
    clearTimeout(resting)
    if (!isWhole(asked.value.rule)) {
      asking.abort()
      isAsking.value = false
      return
    }
    isAsking.value = true
    resting = setTimeout(() => void ask(), SETTLED_MS)
  }

  watch(asked, settle, { immediate: true, deep: true })
  // Why each is in is told by the server in the language that is spoken.
  watch(useWords().locale, settle)
  return { count, sample, problem, isAsking, anew: ask }
}
