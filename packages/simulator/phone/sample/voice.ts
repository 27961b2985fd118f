import type { OutgoingFile } from '../state/phone-context.ts';
import sampleAddress from './sample-voice.ogg?url';

/** A few seconds of synthetic speech, for browsers and rooms without a microphone. */
export async function sampleVoice(): Promise<OutgoingFile> {
  const response = await fetch(sampleAddress);
  const bytes = await response.arrayBuffer();
  return { media: 'voice', blob: new Blob([bytes], { type: 'audio/ogg; codecs=opus' }), fileName: 'voice.ogg' };
}
