// A phone in a page: JsSIP with what the tests ask of it. `window.phone` is the whole of it.
import JsSIP from "jssip";

const MICROPHONE = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
const SAMPLES = 16384;

const phone = { registered: false, ringing: "", state: "idle", keys: "", cause: "" };
let agent, session, ear;

phone.start = ({ address, extension, password }) => {
  agent = new JsSIP.UA({
    sockets: [new JsSIP.WebSocketInterface(address)],
    uri: `sip:${extension}@127.0.0.1`,
    password,
    register_expires: 120,
  });
  agent.on("registered", () => (phone.registered = true));
  agent.on("registrationFailed", (event) => (phone.cause = event.cause));
  agent.on("newRTCSession", (event) => take(event.session));
  agent.start();
};

phone.answer = () => session.answer({ mediaConstraints: { audio: MICROPHONE, video: false } });
phone.call = (number) =>
  agent.call(`sip:${number}@127.0.0.1`, { mediaConstraints: { audio: MICROPHONE, video: false } });
phone.hangUp = () => session.terminate();
phone.press = (keys) => session.sendDTMF(keys, { transportType: "RFC2833" });
phone.mute = (on) => (on ? session.mute() : session.unmute());
phone.hold = (on) => (on ? session.hold() : session.unhold());
phone.stop = () => agent.stop();

// What the loudspeaker would say, as samples of the last third of a second.
phone.heard = () => {
  if (!ear) return { rate: 48000, samples: [] };
  const samples = new Float32Array(SAMPLES);
  ear.getFloatTimeDomainData(samples);
  return { rate: ear.context.sampleRate, samples: Array.from(samples) };
};

phone.codec = async () => {
  const stats = [...(await session.connection.getStats()).values()];
  const inbound = stats.find((one) => one.type === "inbound-rtp");
  return stats.find((one) => one.id === inbound?.codecId)?.mimeType;
};

function take(one) {
  session = one;
  phone.ringing = one.remote_identity.uri.user;
  phone.state = one.direction === "incoming" ? "ringing" : "calling";
  one.on("confirmed", () => (phone.state = "up"));
  for (const end of ["ended", "failed"]) {
    one.on(end, (event) => Object.assign(phone, { state: "over", cause: event.cause }));
  }
  if (one.connection) listen(one.connection);
  else one.on("peerconnection", (event) => listen(event.peerconnection));
}

function listen(connection) {
  connection.addEventListener("track", (event) => {
    const stream = new MediaStream([event.track]);
    // A stream that no element plays stays silent in the analyser.
    Object.assign(new Audio(), { srcObject: stream }).play();
    const context = new AudioContext();
    ear = new AnalyserNode(context, { fftSize: SAMPLES });
    context.createMediaStreamSource(stream).connect(ear);
  });
}

window.phone = phone;
