/** One citizen's phone: chats, one open conversation and whatever sheet covers it. */
import { useEffect, useMemo, useRef, useState } from 'react';
import type { BusinessNumber, Citizen, CitizenChange } from '../../src/protocol.ts';
import { OpenSheet } from '../sheet/open-sheet.tsx';
import { type ChatState, isUnseen, unreadIn } from '../state/chat-state.ts';
import { PhoneContext, type SheetRequest } from '../state/phone-context.ts';
import { useFeed } from '../state/use-feed.ts';
import type { Texts } from '../texts/index.ts';
import { ChatHeader } from './chat-header.tsx';
import { ChatList } from './chat-list.tsx';
import { Composer, type Draft } from './composer.tsx';
import { MessageLog } from './message-log.tsx';
import { usePhoneActions } from './use-phone-actions.ts';

export interface PhoneProps {
  citizen: Citizen;
  numbers: BusinessNumber[];
  startNumber: string | undefined;
  clockOffset: number;
  texts: Texts;
  locale: string;
  changeCitizen: (change: CitizenChange) => Promise<void>;
  onUnread: (count: number) => void;
}

const newDraft: Draft = { type: 'new' };

export function Phone(props: PhoneProps) {
  const { citizen, numbers, clockOffset, texts, locale } = props;
  const numberIds = numbers.map((number) => number.numberId);
  const { feed, chat } = useFeed(citizen.id, numberIds, clockOffset);
  const first = numbers.length === 1 ? numbers[0]?.numberId : undefined;
  const [openId, setOpenId] = useState(props.startNumber ?? first);
  const [sheet, setSheet] = useState<SheetRequest>();
  const [draft, setDraft] = useState(newDraft);
  const [notice, notify] = useNotice();
  const number = numbers.find((candidate) => candidate.numberId === openId);
  const seen = useReading({ chat, openId: number?.numberId, read: feed?.read });
  const unread = unreadIn(chat, seen);
  const { onUnread } = props;
  useEffect(() => onUnread(unread), [onUnread, unread]);
  const actions = usePhoneActions({ feed, number, citizen, notify, changeCitizen: props.changeCitizen });
  const items = useMemo(() => chat.items.filter((item) => item.numberId === openId), [chat.items, openId]);

  if (!number) {
    const entries = numbers.map((candidate) => ({
      number: candidate,
      last: chat.items.filter((item) => item.numberId === candidate.numberId).at(-1),
      unread: unreadIn(chat, seen, candidate.numberId),
    }));
    return <ChatList entries={entries} texts={texts} locale={locale} onOpen={setOpenId} />;
  }
  const typing = chat.typing.includes(number.numberId);
  return (
    <PhoneContext
      value={{
        ...actions,
        texts,
        locale,
        citizen,
        number,
        itemOf: (wamid) => chat.items.find((item) => item.wamid === wamid),
        openSheet: setSheet,
        closeSheet: () => setSheet(undefined),
        startReply: (item) => setDraft({ type: 'reply', item }),
        startEdit: (item) => setDraft({ type: 'edit', item }),
        notify,
      }}
    >
      <div className="chat" inert={sheet !== undefined}>
        <ChatHeader typing={typing} unreadElsewhere={unread} onBack={() => setOpenId(undefined)} />
        <Banner citizen={citizen} chat={chat} texts={texts} />
        <MessageLog key={number.numberId} items={items} now={Date.now() + clockOffset} typing={typing} />
        <Composer draft={draft} onDone={() => setDraft(newDraft)} />
      </div>
      {sheet && <OpenSheet sheet={sheet} />}
      <p className={notice ? 'toast toast-shown' : 'toast'} role="status">
        {notice}
      </p>
    </PhoneContext>
  );
}

function Banner({ citizen, chat, texts }: { citizen: Citizen; chat: ChatState; texts: Texts }) {
  if (chat.connection === 'lost') return <output className="banner banner-lost">{texts.header.reconnecting}</output>;
  return citizen.online ? null : <output className="banner">{texts.header.offline}</output>;
}

function useNotice(): [string, (text: string) => void] {
  const [notice, setNotice] = useState('');
  useEffect(() => {
    if (notice === '') return;
    const timer = setTimeout(() => setNotice(''), 5000);
    return () => clearTimeout(timer);
  }, [notice]);
  return [notice, setNotice];
}

interface Reading {
  chat: ChatState;
  openId: string | undefined;
  read: ((numberId: string) => void) | undefined;
}

/** Marks what is on the screen as seen and tells the simulator; returns what this page has seen. */
function useReading({ chat, openId, read }: Reading): ReadonlySet<string> {
  const seen = useRef(new Set<string>());
  const fresh = openId === undefined ? [] : chat.items.filter((item) => item.numberId === openId && isUnseen(item, seen.current));
  for (const item of fresh) seen.current.add(item.wamid);
  const count = seen.current.size;
  useEffect(() => {
    if (count > 0 && openId !== undefined) read?.(openId);
  }, [count, openId, read]);
  return seen.current;
}
