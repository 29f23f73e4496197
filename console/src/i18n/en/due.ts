import type { due as Zh } from '../zh/due'

export const due: typeof Zh = {
  title: 'Cars due',
  hint: 'Reckoned from each car’s own driving and habits; cars that are gone are not among them.',
  none: 'No car is due in these weeks.',
  others: 'Other regions',
  unknown: 'Region unknown',
  week: 'Monday',
  booked: 'Booked',
  chart: '{all} cars are due in the next {weeks} weeks, by region; the figures are in the table below',
  service: { first_service: 'First service', maintenance: 'Maintenance' },
  about: '{service} due about {p50}',
  between: '(in eight cases of ten between {p10} and {p90})',
  because: { distance: 'Because at about {rate} km a day the distance comes first.', time: 'Because at about {rate} km a day the time comes first.' },
  last_visit: 'Last here on {day}.',
  chance: {
    sure: 'Almost certainly still ours (about {percent}%)',
    likely: 'Probably still ours (about {percent}%)',
    open: 'May or may not come again (about {percent}%)',
    lost: 'Silent for long, probably serviced elsewhere by now (about {percent}% that he comes)',
  },
}
