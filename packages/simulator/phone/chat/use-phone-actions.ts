import type { BusinessNumber, ChatBody, Citizen, CitizenChange, CitizenMessage } from '../../src/protocol.ts';
import { uploadMedia } from '../api/client.ts';
import { type Feed, textOf } from '../state/feed.ts';
import type { OutgoingFile, Phone } from '../state/phone-context.ts';

interface PhoneActionsNeeds {
  feed: Feed | undefined;
  number: BusinessNumber | undefined;
  citizen: Citizen;
  notify: (text: string) => void;
  changeCitizen: (change: CitizenChange) => Promise<void>;
}

/** What a phone does towards the simulator; each failure ends at a bubble or as a notice. */
export function usePhoneActions(needs: PhoneActionsNeeds): Pick<Phone, 'send' | 'retry' | 'sendFile' | 'changeCitizen'> {
  const { feed, number, notify } = needs;
  const tell = (error: unknown) => notify(textOf(error));
  const send = (message: CitizenMessage, preview?: ChatBody) => {
    feed?.send(message, preview).catch(tell);
  };
  return {
    send,
    retry: (item) => feed?.retry(item.wamid),
    sendFile: (file) => {
      if (number) uploadAndSend(file, number.numberId, send).catch(tell);
    },
    changeCitizen: (change) => {
      needs.changeCitizen(change).catch(tell);
    },
  };
}

async function uploadAndSend(
  { media, blob, fileName, caption }: OutgoingFile,
  numberId: string,
  send: (message: CitizenMessage, preview: ChatBody) => void,
): Promise<void> {
  const mediaId = await uploadMedia(blob, fileName);
  const extras = { ...(caption === undefined ? {} : { caption }), ...(media === 'document' ? { fileName } : {}) };
  send(
    { numberId, type: 'media', media, mediaId, ...extras },
    { type: 'media', media, mediaId, url: URL.createObjectURL(blob), mimeType: blob.type, ...extras },
  );
}
