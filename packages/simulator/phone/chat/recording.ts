/** The microphone as a promise: ready to finish or to throw away. */
export interface Recording {
  /** Stops and resolves to the sound. */
  finish: () => Promise<Blob>;
  discard: () => void;
}

// WhatsApp's own voice messages are Ogg with Opus; the others are what browsers offer instead.
const kinds = ['audio/ogg;codecs=opus', 'audio/mp4;codecs=opus', 'audio/mp4', 'audio/webm;codecs=opus'];

/** Rejects where there is no microphone, no permission or no recorder. */
export async function startRecording(): Promise<Recording> {
  if (typeof MediaRecorder === 'undefined' || !navigator.mediaDevices) throw new Error('This browser cannot record.');
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const kind = kinds.find((candidate) => MediaRecorder.isTypeSupported(candidate));
  const recorder = new MediaRecorder(stream, kind === undefined ? {} : { mimeType: kind });
  const parts: Blob[] = [];
  recorder.addEventListener('dataavailable', (event) => parts.push(event.data));
  recorder.start();
  const release = () => {
    for (const track of stream.getTracks()) track.stop();
  };
  return {
    finish: () =>
      new Promise((resolve) => {
        recorder.addEventListener('stop', () => resolve(new Blob(parts, { type: recorder.mimeType })), { once: true });
        recorder.stop();
        release();
      }),
    discard: () => {
      if (recorder.state !== 'inactive') recorder.stop();
      release();
    },
  };
}
