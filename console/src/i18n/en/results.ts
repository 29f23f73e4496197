import type { results as Zh } from '../zh/results'

export const results: typeof Zh = {
  title: 'Did it help?',
  within: 'Within {days} days of coming into the run, which {settled} owners have had in full. Everybody counts for his arm, reached or not.',
  unlike: 'The arms differed before the campaign: the difference may not be its own.',
  treated: 'Spoken to',
  held_out: 'Held out',
  held_out_of_all: 'Held out of all',
  cost: 'One more has cost {value} yuan ({low} to {high}).',
  cost_open: 'One more has cost {value} yuan (at least {low}, no upper limit known).',
  effect: { booked: 'Booked', came_back: 'Came back', satisfied: 'Satisfied', complained: 'Complained' },
}
