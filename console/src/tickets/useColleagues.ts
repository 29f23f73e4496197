import { ref, shallowRef } from 'vue'
import { answered, api } from '../api/client'
import { problemWords } from '../i18n/problemWords'

/** Roles that a ticket can be given to. */
export type DeskRole = 'agent' | 'expert' | 'supervisor'

export interface Colleague {
  id: string
  name: string
  role: DeskRole
}

/** Active colleagues of the desk, by role and name. */
export function useColleagues() {
  const colleagues = shallowRef<Colleague[]>([])
  const problem = ref('')

  async function load(): Promise<void> {
    try {
      const { items } = await answered(api.GET('/api/v1/colleagues'))
      colleagues.value = items as Colleague[]
      problem.value = ''
    } catch (failure) {
      problem.value = problemWords(failure)
    }
  }

  return { colleagues, problem, load }
}
