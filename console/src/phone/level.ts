import { onScopeDispose, ref } from 'vue'
import { voiceOf } from './voice'

/** How loud the microphone hears, while somebody looks. */

const EVERY_MS = 100
/** Of full scale: a voice near the microphone. */
const LOUD = 0.25

/** 0 to 1, some ten times a second, until the scope is left; `fault` gets what the browser says. */
export function useLevel(microphone: () => string, fault: (failure: unknown) => void) {
  const level = ref(0)
  let stop = (): void => {}
  let isOver = false

  async function listen(): Promise<void> {
    stop()
    try {
      const voice = await navigator.mediaDevices.getUserMedia({ audio: voiceOf(microphone()) })
      const context = new AudioContext()
      const ear = new AnalyserNode(context, { fftSize: 1024 })
      context.createMediaStreamSource(voice).connect(ear)
      const samples = new Float32Array(ear.fftSize)
      const timer = setInterval(() => {
        ear.getFloatTimeDomainData(samples)
        level.value = Math.min(1, Math.max(...samples.map(Math.abs)) / LOUD)
      }, EVERY_MS)
      stop = () => {
        clearInterval(timer)
        voice.getTracks().forEach((track) => track.stop())
        void context.close()
      }
      if (isOver) stop()
    } catch (failure) {
      fault(failure)
    }
  }

  onScopeDispose(() => {
    isOver = true
    stop()
  })
  return { level, listen }
}
