import { pause } from './pause'
import { LINE_RATE, wavOf } from './wav'

/** The server takes no longer message. */
const MOST_S = 120

/** What is spoken into the microphone until `done`, as WAV; null where there is none to be had. */
export async function spokenMessage(most_s: number, done: AbortSignal): Promise<ArrayBuffer | null> {
  const heard = await listen(Math.min(most_s, MOST_S), done).catch(() => null)
  return heard === null ? null : onTheLine(heard).catch(() => null)
}

async function listen(most_s: number, done: AbortSignal): Promise<Blob> {
  const microphone = await navigator.mediaDevices.getUserMedia({ audio: true })
  try {
    const recorder = new MediaRecorder(microphone)
    const pieces: Blob[] = []
    recorder.addEventListener('dataavailable', ({ data }) => pieces.push(data))
    const stopped = new Promise((end) => recorder.addEventListener('stop', end))
    recorder.start()
    await pause(most_s, done)
    recorder.stop()
    await stopped
    return new Blob(pieces, { type: recorder.mimeType })
  } finally {
    microphone.getTracks().forEach((track) => track.stop())
  }
}

async function onTheLine(recorded: Blob): Promise<ArrayBuffer> {
  const context = new OfflineAudioContext(1, 1, LINE_RATE)
  const whole = await context.decodeAudioData(await recorded.arrayBuffer())
  const line = new OfflineAudioContext(1, Math.max(1, Math.floor(whole.duration * LINE_RATE)), LINE_RATE)
  const source = line.createBufferSource()
  source.buffer = whole
  source.connect(line.destination)
  source.start()
  return wavOf((await line.startRendering()).getChannelData(0).slice(0, MOST_S * LINE_RATE))
}
