import type { texts as words } from '../zh/textsBack'

export const texts: typeof words = {
  title: 'Texts to be read',
  hint: 'Owners wrote back, and it was no answer to a survey and no opt-out by a single word such as STOP: somebody reads it, calls or acts, and says so here.',
  open: 'Waiting',
  seen: 'Dealt with',
  unknown: 'a number of no owner',
  we: 'we wrote on {at}',
  urgent: 'May be a call for help',
  likely_refusal: 'Taken for an opt-out: he is contacted no more. If it was none, take it back under Consent on the owner’s page.',
  note: 'What was done (may stay empty)',
  done: 'Dealt with',
  seen_by: '{who}, {at}',
  none: 'No text waits to be read',
  shown: '{n} shown',
}
