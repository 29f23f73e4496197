import type { Kind } from './steps'

/** What can be changed of a step, in the order of its form. */
export type FieldKind = 'words' | 'again' | 'keys' | 'target' | 'flag' | 'number' | 'group' | 'urgency' | 'skills' | 'text' | 'language'
export interface Field {
  name: string
  kind: FieldKind
  least?: number
  most?: number
}

const words: Field = { name: 'words', kind: 'words' }
const next: Field = { name: 'next', kind: 'target' }
const whole: Field = { name: 'whole', kind: 'flag' }

export const FIELDS: Record<Kind, readonly Field[]> = {
  say: [words, whole, next],
  play: [words, whole, next],
  gather: [
    words,
    { name: 'keys', kind: 'keys' },
    { name: 'silence', kind: 'target' },
    { name: 'wrong', kind: 'target' },
    { name: 'again', kind: 'again' },
    { name: 'timeout_s', kind: 'number', least: 1, most: 30 },
    { name: 'tries', kind: 'number', least: 1, most: 5 },
    { name: 'barge_in', kind: 'flag' },
  ],
  record: [words, { name: 'most_s', kind: 'number', least: 5, most: 600 }, next],
  enqueue: [
    { name: 'group', kind: 'group' },
    { name: 'urgency', kind: 'urgency' },
    { name: 'skills', kind: 'skills' },
  ],
  transfer: [
    { name: 'number', kind: 'text' },
    { name: 'group', kind: 'group' },
  ],
  send_link: [
    { name: 'sent', kind: 'target' },
    { name: 'not_sent', kind: 'target' },
  ],
  hang_up: [],
  goto: [next],
  hours: [
    { name: 'rule', kind: 'text' },
    { name: 'open', kind: 'target' },
    { name: 'closed', kind: 'target' },
  ],
  language: [{ name: 'language', kind: 'language' }, next],
}
