import type { texts as words } from '../zh/textsBack'

export const texts: typeof words = {
  title: 'Texts to be read',
  hint: 'Owners wrote back, and it was no opt-out and no answer to a survey: somebody reads it, calls or acts, and says so here.',
  open: 'Waiting',
  seen: 'Dealt with',
  unknown: 'a number of no owner',
  we: 'we wrote on {at}',
  note: 'What was done (may stay empty)',
  done: 'Dealt with',
  seen_by: '{who}, {at}',
  none: 'No text waits to be read',
  shown: '{n} shown',
}
