/** A clock in a worker: that of a page that is not in front is slowed down to once a minute. */

const EVERY_MS = 2000

setInterval(() => postMessage(null), EVERY_MS)
