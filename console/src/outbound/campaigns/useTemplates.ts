import { shallowRef } from 'vue'
import { answered, api } from '../../api/client'
import type { Rule } from './wire'

/** What the rules are where a step has none of its own, and what may stand in braces. */
export function useTemplates() {
  const usual = shallowRef<Record<string, Rule>>({})
  const facts = shallowRef<readonly string[]>([])
  void answered(api.GET('/api/v1/campaign-templates')).then(
    (found) => {
      usual.value = found.usual
      facts.value = found.facts
    },
    // Without them the fields say "as usual" and nothing more.
    () => undefined,
  )
  return { usual, facts }
}
