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
}
