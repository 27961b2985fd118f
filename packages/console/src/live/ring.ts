/** A short sound that needs no file: two notes, three times for danger. Silent until the officer has touched the page, as browsers want it. */
let context: AudioContext | undefined;

export function ring(urgent: boolean): void {
  if (!('AudioContext' in window) || navigator.userActivation?.hasBeenActive === false) return;
  context ??= new AudioContext();
  const { currentTime: now } = context;
  for (let time = 0; time < (urgent ? 3 : 1); time += 1) {
    tone(context, now + time * 0.5, 880);
    tone(context, now + time * 0.5 + 0.18, 1_175);
  }
}

function tone(on: AudioContext, at: number, hertz: number): void {
  const [source, volume] = [on.createOscillator(), on.createGain()];
  source.frequency.value = hertz;
  volume.gain.setValueAtTime(0.12, at);
  volume.gain.exponentialRampToValueAtTime(0.001, at + 0.16);
  source.connect(volume).connect(on.destination);
  source.start(at);
  source.stop(at + 0.17);
}
