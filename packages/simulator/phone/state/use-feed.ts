import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { type ChatState, emptyChat } from './chat-state.ts';
import { type Feed, openFeed } from './feed.ts';

const silent = () => () => undefined;
const nothing = () => emptyChat;

/** Opens the citizen's feed while the component is shown. `clockOffset` is the simulator's time minus this machine's. */
export function useFeed(
  citizenId: string,
  numberIds: string[],
  clockOffset: number,
): { feed: Feed | undefined; chat: ChatState } {
  const [feed, setFeed] = useState<Feed>();
  const offset = useRef(clockOffset);
  offset.current = clockOffset;
  const key = numberIds.join('\n');
  const ids = useMemo(() => key.split('\n').filter(Boolean), [key]);
  useEffect(() => {
    const opened = openFeed({ citizenId, numberIds: ids, now: () => Date.now() + offset.current });
    setFeed(opened);
    return () => {
      opened.close();
      setFeed(undefined);
    };
  }, [citizenId, ids]);
  const chat = useSyncExternalStore(feed?.subscribe ?? silent, feed?.snapshot ?? nothing);
  return { feed, chat };
}
