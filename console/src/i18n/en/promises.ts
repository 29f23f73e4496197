import type { promises as zh } from '../zh/promises'

export const promises: typeof zh = {
  title: 'Owners who were promised a call and have not had it',
  for: 'for',
  by: 'promised by {who}',
  by_key: 'asked for by a key in an automated call',
  his: 'left to {who}',
  anybodys: 'for anybody of the group',
  note: 'What was done?',
  done: 'Dealt with',
  again: 'Call him after all',
  again_hint: 'Any agent of the group calls him, as soon as it is allowed',
  reason: { not_reached: 'not reached in three tries', expired: 'nobody called in time', line_lost: 'the line was lost, he may have been called', claimer_died: 'cut off in the middle, he may have been called', wrong_number: 'wrong number', silent: 'has asked since for no contact', refused: 'has refused this since' },
}
