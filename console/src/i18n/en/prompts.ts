import type { prompts as Prompts } from '../zh/prompts'

export const prompts: typeof Prompts = {
  title: 'Hotline prompts',
  intro: 'Every text of the current flow. What is not recorded is spoken by the machine; upload a studio\'s recording, and callers hear it at once. A text that is changed needs a new recording.',
  minutes: 'Texts with a number of minutes are not here: the machine speaks them each time.',
  mute: 'espeak-ng is not installed on this machine: on a real line, texts without a recording are silent. Install it, or upload a recording of each.',
  language: 'Language',
  count: '{n} texts, {recorded} of them recorded',
  play: 'Play',
  stop: 'Stop',
  upload: 'Upload (WAV)',
  remove: 'Remove',
  seconds: '{n} s',
  source: { recorded: 'Recorded', spoken: 'Spoken by the machine', missing: 'No sound yet' },
  refused: '"{name}" cannot be a prompt (wanted: WAV, mono, 16-bit PCM, 8 or 16 kHz, at most {most} seconds).',
  fault: {
    no_wav: 'It is no WAV file.',
    no_pcm: 'It is not PCM.',
    channels: 'It has {channels} channels.',
    bits: 'It has {bits} bits.',
    rate: 'It has {rate} samples a second.',
    empty: 'There is no sound in it.',
    long: 'It is {seconds} seconds long.',
  },
}
