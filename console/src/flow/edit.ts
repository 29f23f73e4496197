import type { CallFlow, FlowStep } from '../api/wire'
import { stepOf, waysOf, type Kind, type StepOf, type Way } from './steps'

/** Changes of a flow, each a new flow. Pure. */

const NOTHING = { zh: '', en: '' }

/** The step of this id in place of the one that is there. */
export function withStep(flow: CallFlow, step: FlowStep): CallFlow {
  return { ...flow, steps: flow.steps.map((one) => (one.id === step.id ? step : one)) }
}

/** Without the step; what led to it leads nowhere until somebody says where. */
export function without(flow: CallFlow, id: string): CallFlow {
  const steps = flow.steps.filter((one) => one.id !== id).map((one) => forgetting(one, id))
  return { ...flow, steps }
}

function forgetting(step: FlowStep, id: string): FlowStep {
  const own = step as FlowStep & Partial<Record<Way, string | null>>
  const lost = Object.fromEntries(waysOf(step.kind).filter((way) => own[way] === id).map((way) => [way, null]))
  const kept = { ...step, ...lost } as FlowStep
  if (kept.kind !== 'gather') return kept
  return { ...kept, keys: Object.fromEntries(Object.entries(kept.keys).filter(([, target]) => target !== id)) }
}

/** A step of this kind that nothing leads to yet, behind the one it is made for. */
export function withNew(flow: CallFlow, kind: Kind, behind: string): { flow: CallFlow; id: string } {
  const id = freeId(flow, kind)
  const at = flow.steps.findIndex((one) => one.id === behind) + 1
  const steps = [...flow.steps.slice(0, at || undefined), blank(kind, id), ...(at === 0 ? [] : flow.steps.slice(at))]
  return { flow: { ...flow, steps }, id }
}

function freeId(flow: CallFlow, kind: Kind): string {
  const taken = new Set(flow.steps.map(({ id }) => id))
  let number = 1
  while (taken.has(`${kind}_${number}`)) number++
  return `${kind}_${number}`
}

function blank(kind: Kind, id: string): FlowStep {
  const steps: { [K in Kind]: StepOf<K> } = {
    say: { kind: 'say', id, words: NOTHING, whole: false, notice: false, next: null },
    play: { kind: 'play', id, words: NOTHING, whole: false, next: null },
    gather: { kind: 'gather', id, words: NOTHING, again: null, keys: {}, timeout_s: 5, tries: 2, barge_in: true, silence: null, wrong: null },
    record: { kind: 'record', id, words: NOTHING, most_s: 120, next: null },
    enqueue: { kind: 'enqueue', id, group: 'desk', urgency: 'rest', skills: [] },
    transfer: { kind: 'transfer', id, number: null, group: null },
    send_link: { kind: 'send_link', id, sent: null, not_sent: null },
    hang_up: { kind: 'hang_up', id },
    goto: { kind: 'goto', id, next: null },
    hours: { kind: 'hours', id, rule: 'Mo-Fr 08:00-20:00; PH off', open: null, closed: null },
    language: { kind: 'language', id, language: 'zh', next: null },
  }
  return steps[kind]
}

/** Steps that are not the same in both, or only in one. */
export function differing(one: CallFlow, other: CallFlow): string[] {
  const text = (flow: CallFlow) => new Map(flow.steps.map((step) => [step.id, JSON.stringify(step)]))
  const [a, b] = [text(one), text(other)]
  return [...new Set([...a.keys(), ...b.keys()])].filter((id) => a.get(id) !== b.get(id))
}

export function isSameFlow(one: CallFlow, other: CallFlow): boolean {
  return one.start === other.start && one.fallback === other.fallback && differing(one, other).length === 0
}

/**
 * My changes put onto what somebody else has published since `base`: what I have not touched is as
 * he has it. `both`: steps that both have changed; mine stand.
 */
export function rebased(base: CallFlow, theirs: CallFlow, mine: CallFlow): { flow: CallFlow; both: string[] } {
  const changed = new Set(differing(base, mine))
  const both = differing(base, theirs).filter((id) => changed.has(id))
  const kept = theirs.steps.filter(({ id }) => !changed.has(id) || stepOf(mine, id) !== undefined)
  const steps = kept.map((step) => (changed.has(step.id) ? stepOf(mine, step.id)! : step))
  for (const [i, step] of mine.steps.entries()) {
    if (!changed.has(step.id) || steps.some(({ id }) => id === step.id)) continue
    const behind = steps.findIndex(({ id }) => id === mine.steps[i - 1]?.id)
    steps.splice(behind + 1, 0, step)
  }
  const end = (which: 'start' | 'fallback'): string => (mine[which] === base[which] ? theirs : mine)[which]
  return { flow: { start: end('start'), fallback: end('fallback'), steps }, both }
}
