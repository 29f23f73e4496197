/** What is asked of the microphone; "" is the system's own choice. */
export function voiceOf(microphone: string): MediaTrackConstraints {
  const wanted = { echoCancellation: true, noiseSuppression: true, autoGainControl: true }
  return microphone === '' ? wanted : { ...wanted, deviceId: microphone }
}
