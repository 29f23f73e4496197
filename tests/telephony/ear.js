// Listens to what a page's phone hears, without a word of the page: `window.ear()` has the samples.
(() => {
  const SAMPLES = 16384;
  let ear;
  const Native = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Native {
    constructor(...given) {
      super(...given);
      this.addEventListener("track", (event) => {
        const context = new AudioContext();
        ear = new AnalyserNode(context, { fftSize: SAMPLES });
        context.createMediaStreamSource(new MediaStream([event.track])).connect(ear);
      });
    }
  };
  window.ear = () => {
    if (!ear) return { rate: 48000, samples: [] };
    const samples = new Float32Array(SAMPLES);
    ear.getFloatTimeDomainData(samples);
    return { rate: ear.context.sampleRate, samples: Array.from(samples) };
  };
})();
