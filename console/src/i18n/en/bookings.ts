import type { bookings as Bookings, ownerFiles as OwnerFiles } from '../zh/bookings'

export const bookings: typeof Bookings = {
  title: 'Bookings',
  none: 'No bookings',
  book: 'Book a visit',
  move: 'Move',
  cancel: 'Cancel',
  close: 'Close',
  station: 'Station',
  what: 'What for',
  day: 'Day',
  full: 'No room on this day',
  wanted: { first_service: 'First service', maintenance: 'Maintenance', repair: 'Repair', accident: 'Accident', recall: 'Recall' },
  state: { booked: 'booked', came: 'came', missed: 'missed', cancelled: 'cancelled' },
}

export const ownerFiles: typeof OwnerFiles = {
  title: 'Owners, cars and visits',
  kind: { owners: 'Owners and cars', visits: 'Visits' },
  which: 'What the file holds',
  file: 'Sheet (.xlsx or .csv)',
  upload: 'Upload and try out',
  by_command: 'Files above 200 MB, or what this installation is set to, go by the command line: callcenter import.',
  none: 'Nothing was imported yet',
  state: { waiting: 'waits', reading: 'being read', planned: 'tried out, not applied', applying: 'being written', applied: 'applied', failed: 'cannot be read' },
  counts: '{added} added · {changed} changed · {unchanged} unchanged · {refused} refused',
  progress: '{done} / {total} rows',
  apply: 'Write {n} rows',
  errors: 'Refused rows',
}
