import type { CallFlow, FlowStep } from '../api/wire'

/** The steps of a call flow: their ways out and their texts. Pure. */

export type Kind = FlowStep['kind']
export type StepOf<K extends Kind> = Extract<FlowStep, { kind: K }>
export interface Words {
  zh: string
  en: string
}

/** What takes a way: a key, or what happens at the step. */
export type Way = 'next' | 'silence' | 'wrong' | 'open' | 'closed' | 'sent' | 'not_sent'
export interface Exit {
  way: Way | 'key'
  /** Of a key alone. */
  key: string
  target: string | null
}

const WAYS: Record<Kind, readonly Way[]> = {
  say: ['next'],
  play: ['next'],
  gather: ['silence', 'wrong'],
  record: ['next'],
  enqueue: [],
  transfer: [],
  send_link: ['sent', 'not_sent'],
  hang_up: [],
  goto: ['next'],
  hours: ['open', 'closed'],
  language: ['next'],
}
export const KINDS = Object.keys(WAYS) as Kind[]

export function waysOf(kind: Kind): readonly Way[] {
  return WAYS[kind]
}

/** Every way out; `wrong` only where it is said. */
export function exitsOf(step: FlowStep): Exit[] {
  const own = step as FlowStep & Partial<Record<Way, string | null>>
  const keys = step.kind === 'gather' ? Object.entries(step.keys).sort() : []
  return [
    ...keys.map(([key, target]): Exit => ({ way: 'key', key, target })),
    ...waysOf(step.kind)
      .filter((way) => way !== 'wrong' || own.wrong != null)
      .map((way): Exit => ({ way, key: '', target: own[way] ?? null })),
  ]
}

/** What the step says first; null: nothing. */
export function wordsOf(step: FlowStep): Words | null {
  return 'words' in step ? step.words : null
}

export function stepOf(flow: CallFlow, id: string): FlowStep | undefined {
  return flow.steps.find((one) => one.id === id)
}
