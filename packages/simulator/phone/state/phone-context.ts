/** What every part of one phone may read and do. */
import { createContext, useContext } from 'react';
import type { BusinessNumber, ChatBody, ChatItem, Citizen, CitizenChange, CitizenMessage } from '../../src/protocol.ts';
import type { Texts } from '../texts/index.ts';

export type ListBody = Extract<ChatBody, { type: 'list' }>;

/** A sheet or dialog that covers one phone. */
export type SheetRequest =
  | { type: 'attach' }
  | { type: 'list'; item: ChatItem; body: ListBody }
  | { type: 'location'; replyTo?: string }
  | { type: 'photo' }
  | { type: 'document' }
  | { type: 'contact' }
  | { type: 'share_phone'; item: ChatItem }
  | { type: 'actions'; item: ChatItem }
  | { type: 'lightbox'; url: string; caption: string }
  | { type: 'place'; latitude: number; longitude: number; name: string }
  | { type: 'business' }
  | { type: 'settings' };

export interface Phone {
  texts: Texts;
  locale: string;
  citizen: Citizen;
  number: BusinessNumber;
  /** Finds a bubble of this phone. */
  itemOf: (wamid: string) => ChatItem | undefined;
  /** Sends; `preview` is what the citizen sees meanwhile. A failure without preview is told as a notice. */
  send: (message: CitizenMessage, preview?: ChatBody) => void;
  retry: (item: ChatItem) => void;
  /** Uploads and sends a file as one message. */
  sendFile: (file: OutgoingFile) => void;
  changeCitizen: (change: CitizenChange) => void;
  openSheet: (sheet: SheetRequest) => void;
  closeSheet: () => void;
  startReply: (item: ChatItem) => void;
  startEdit: (item: ChatItem) => void;
  notify: (text: string) => void;
}

export interface OutgoingFile {
  media: 'image' | 'video' | 'audio' | 'voice' | 'document';
  blob: Blob;
  fileName: string;
  caption?: string;
}

export const PhoneContext = createContext<Phone | undefined>(undefined);

export function usePhone(): Phone {
  const phone = useContext(PhoneContext);
  if (!phone) throw new Error('A phone part was used outside of a phone.');
  return phone;
}
