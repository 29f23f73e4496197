/** So many seconds, or until it is cut short. */
export function pause(seconds: number, cut: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (cut.aborted) return done()
    const end = (): void => {
      clearTimeout(timer)
      cut.removeEventListener('abort', end)
      done()
    }
    const timer = setTimeout(end, seconds * 1000)
    cut.addEventListener('abort', end)
  })
}
