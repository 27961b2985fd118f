/** Keys for everything, shown by "?". A field that is being typed in keeps its keys. */
import { Kbd, Modal, Table } from '@mantine/core';
import { useEffect, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';

const KEYS = [
  ['/', 'keys.search'],
  ['j', 'keys.next'],
  ['k', 'keys.previous'],
  ['Enter', 'keys.open'],
  ['Esc', 'keys.close'],
  ['n', 'keys.note'],
  ['x', 'keys.choose'],
  ['?', 'keys.help'],
] as const;

/** Runs what belongs to a key, while nothing is typed into a field and no dialog is open. */
export function useKeys(keys: Readonly<Record<string, () => void>>): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const work = keys[event.key];
      if (work === undefined || event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target)) return;
      event.preventDefault();
      work();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [keys]);
}

function isBusy(target: EventTarget | null): boolean {
  const typing =
    target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable], [role="combobox"]') !== null;
  return typing || document.querySelector('[role="dialog"]') !== null;
}

export function Shortcuts() {
  const [opened, setOpened] = useState(false);
  useKeys({ '?': () => setOpened(true) });
  return (
    <Modal
      opened={opened}
      onClose={() => setOpened(false)}
      title={
        <b>
          <FormattedMessage id="keys.title" />
        </b>
      }
      closeButtonProps={{ 'aria-label': useIntl().formatMessage({ id: 'keys.closeHelp' }) }}
      centered
    >
      <Table>
        <Table.Tbody>
          {KEYS.map(([key, id]) => (
            <Table.Tr key={key}>
              <Table.Td w={90}>
                <Kbd>{key}</Kbd>
              </Table.Td>
              <Table.Td>
                <FormattedMessage id={id} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
