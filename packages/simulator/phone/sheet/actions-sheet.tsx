import type { ChatItem } from '../../src/protocol.ts';
import { textIn } from '../bubble/describe.ts';
import { Icon } from '../icons/icon.tsx';
import type { IconName } from '../icons/paths.ts';
import { usePhone } from '../state/phone-context.ts';
import { Sheet } from './sheet.tsx';

const emojis = ['👍', '❤️', '😂', '😮', '😢', '🙏'];

/** What can be done with one message: react, reply, copy, edit, delete. */
export function ActionsSheet({ item }: { item: ChatItem }) {
  const phone = usePhone();
  const { texts, send, closeSheet, startReply, startEdit, notify } = phone;
  const { numberId, wamid } = item;
  const settled = item.seq > 0 && !item.revoked;
  const mine = item.from === 'citizen';
  const words = item.revoked ? undefined : textIn(item.body);
  const after = (action: () => void) => () => {
    closeSheet();
    action();
  };
  const copy = () => {
    if (words === undefined) return;
    void navigator.clipboard?.writeText(words).then(() => notify(texts.sheet.copied));
  };
  const react = (emoji: string) => send({ numberId, type: 'reaction', wamid, emoji: emoji === item.reaction ? '' : emoji });
  const canEdit = mine && settled && item.body.type === 'text' && item.replyTo === undefined;
  return (
    <Sheet title={texts.sheet.message} closeLabel={texts.sheet.close} onClose={closeSheet}>
      {settled && !mine && (
        <div className="emojis">
          {emojis.map((emoji, index) => (
            <button
              key={emoji}
              type="button"
              aria-pressed={emoji === item.reaction}
              aria-label={emoji === item.reaction ? texts.sheet.unreact : texts.sheet.react(emoji)}
              onClick={after(() => react(emoji))}
              data-first-focus={index === 0 || undefined}
            >
              {emoji}
            </button>
          ))}
        </div>
      )}
      <div className="menu-list">
        {settled && <MenuRow icon="reply" label={texts.sheet.reply} onPress={after(() => startReply(item))} />}
        {words !== undefined && <MenuRow icon="copy" label={texts.sheet.copy} onPress={after(copy)} />}
        {canEdit && <MenuRow icon="edit" label={texts.sheet.edit} onPress={after(() => startEdit(item))} />}
        {mine && settled && (
          <MenuRow icon="trash" label={texts.sheet.remove} onPress={after(() => send({ numberId, type: 'revoke', wamid }))} />
        )}
      </div>
    </Sheet>
  );
}

function MenuRow({ icon, label, onPress }: { icon: IconName; label: string; onPress: () => void }) {
  return (
    <button type="button" className="menu-row" onClick={onPress}>
      <Icon name={icon} size={22} /> {label}
    </button>
  );
}
