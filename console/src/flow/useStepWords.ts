import type { FlowGroup, FlowStep } from '../api/wire'
import { useWords } from '../i18n'
import { wordsOf, type Exit } from './steps'

/** A step and its ways in the words of the page. */
export function useStepWords() {
  const { t, locale } = useWords()

  /** What stands in its box below its kind. */
  function gist(step: FlowStep, groups: readonly FlowGroup[] = []): string {
    const words = wordsOf(step)
    if (words !== null) return (locale.value === 'en' ? words.en : words.zh) || step.id
    if (step.kind === 'enqueue') return groupName(step.group, groups)
    if (step.kind === 'transfer') return step.number ?? groupName(step.group ?? '', groups)
    if (step.kind === 'hours') return step.rule
    if (step.kind === 'language') return t(`flow.language.${step.language}`)
    return step.id
  }

  function groupName(name: string, groups: readonly FlowGroup[]): string {
    const group = groups.find((one) => one.name === name)
    if (group === undefined) return name
    return locale.value === 'en' ? group.title_en : group.title_zh
  }

  /** `3`, or what happens; nothing where there is only one way. */
  function way({ way, key }: Exit): string {
    if (way === 'next') return ''
    return way === 'key' ? key : t(`flow.way.${way}`)
  }

  return { gist, way, groupName }
}
