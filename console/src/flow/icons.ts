import type { Kind } from './steps'

/** What each kind of step looks like: lines in a square of 24. */
export const ICONS: Record<Kind, string> = {
  say: 'M4 9v6h4l5 4V5L8 9zM16 8.5a5 5 0 0 1 0 7M18.5 6a8.5 8.5 0 0 1 0 12',
  play: 'M6 4.5v15l13-7.5z',
  gather: 'M6 6h.01M12 6h.01M18 6h.01M6 12h.01M12 12h.01M18 12h.01M6 18h.01M12 18h.01M18 18h.01',
  record: 'M12 4a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V7a3 3 0 0 0-3-3zM5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3',
  enqueue: 'M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2.5 19a5.5 5.5 0 0 1 11 0M16 11a2.5 2.5 0 1 0 0-5M16.5 14a5 5 0 0 1 5 5',
  transfer: 'M4 12h14M13 6l6 6-6 6',
  send_link: 'M3 6h18v12H3zM3 7l9 6 9-6',
  hang_up: 'M3 14c5-5 13-5 18 0l-3 3-3-2v-2.6a11 11 0 0 0-6 0V15l-3 2z',
  goto: 'M12 4v13M6 12l6 6 6-6',
  hours: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.5 2',
  language: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM3 12h18M12 3c3 2.5 3 15.500 0 18M12 3c-3 2.500-3 15.500 0 18',
}

/** The colour of a kind: what it does to the caller. */
export const TONES: Record<Kind, 'speaks' | 'asks' | 'waits' | 'decides' | 'ends'> = {
  say: 'speaks',
  play: 'speaks',
  gather: 'asks',
  record: 'asks',
  enqueue: 'waits',
  transfer: 'waits',
  send_link: 'speaks',
  hang_up: 'ends',
  goto: 'decides',
  hours: 'decides',
  language: 'decides',
}
