import { UA, WebSocketInterface } from 'jssip'
import type { RTCSession } from 'jssip/lib/RTCSession'
import type { IncomingRTCSessionEvent, RTCSessionEvent } from 'jssip/lib/UA'
import type { Registration } from '../api/wire'
import { voiceOf } from './voice'

/** The browser's telephone line: registered, and registered anew after whatever broke. No page in here. */

const AGAIN_MS = 2000
const EXPIRES_S = 120
const RECOVER_S = { min: 1, max: 4 }
/** Both ends are near each other or have public addresses: nobody else is asked where we are. */
const ICE = { iceServers: [] }

export interface Hears {
  registered: (is: boolean) => void
  rings: (session: RTCSession, user: string) => void
}

export class SipLine {
  private agent: UA | null = null
  private timer = 0
  private isAsking = false

  /** `account`: asked for anew after each loss, because a switch that was restarted knows nobody. */
  constructor(
    private readonly account: () => Promise<Registration>,
    private readonly hears: Hears,
  ) {}

  start(): void {
    this.timer = window.setInterval(() => void this.see(), AGAIN_MS)
    void this.see()
  }

  /** Unregistered; calls that go on are hung up. */
  stop(): void {
    clearInterval(this.timer)
    this.agent?.stop()
    this.agent = null
    this.hears.registered(false)
  }

  private async see(): Promise<void> {
    if (this.isAsking || this.agent?.isRegistered() === true) return
    this.isAsking = true
    try {
      const given = await this.account()
      if (this.agent === null) this.open(given)
      else if (this.agent.isConnected()) this.agent.register()
    } catch {
      // The switch is away: asked again in a moment, and the page says that it connects.
    } finally {
      this.isAsking = false
    }
  }

  private open({ extension, password, domain, socket }: Registration): void {
    const address = new URL(socket, location.href)
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:'
    this.agent = new UA({
      sockets: [new WebSocketInterface(address.href)],
      uri: `sip:${extension}@${domain}`,
      password,
      register_expires: EXPIRES_S,
      connection_recovery_min_interval: RECOVER_S.min,
      connection_recovery_max_interval: RECOVER_S.max,
      session_timers: false,
    })
    this.agent.on('registered', () => this.hears.registered(true))
    for (const lost of ['unregistered', 'registrationFailed', 'disconnected'] as const) {
      this.agent.on(lost, () => this.hears.registered(false))
    }
    this.agent.on('newRTCSession', (event: RTCSessionEvent) => {
      if (event.session.direction === 'incoming') this.take(event as IncomingRTCSessionEvent)
    })
    this.agent.start()
  }

  private take({ session }: IncomingRTCSessionEvent): void {
    this.hears.rings(session, session.remote_identity.uri.user)
  }
}

/** Take the call with this microphone; `play` gets what the other end says. */
export function pickUp(session: RTCSession, microphone: string, play: (voice: MediaStream) => void): void {
  session.on('peerconnection', ({ peerconnection }) => {
    const connection = peerconnection as unknown as RTCPeerConnection
    connection.addEventListener('track', (event) => play(new MediaStream([event.track])))
  })
  session.answer({ mediaConstraints: { audio: voiceOf(microphone), video: false }, pcConfig: ICE } as never)
}
