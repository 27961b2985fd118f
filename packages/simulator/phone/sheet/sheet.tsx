/**
 * A dialog that covers its phone (or, with `wide`, the page): keeps Tab inside, closes on Escape and on its backdrop, and
 * gives the focus back to where it came from. What lies below is made inert by whoever opens it.
 */
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import { Icon } from '../icons/icon.tsx';

interface SheetProps {
  title: string;
  closeLabel: string;
  onClose: () => void;
  children: ReactNode;
  /** `bottom` rises from below, `full` covers the phone, `page` stands in the middle of the page. */
  placement?: 'bottom' | 'full' | 'page';
  footer?: ReactNode;
}

const focusable =
  'a[href],button:not([disabled]),input:not([disabled]),select:not([disabled]),textarea:not([disabled]),[tabindex="0"]';

export function Sheet({ title, closeLabel, onClose, children, placement = 'bottom', footer }: SheetProps) {
  const dialog = useRef<HTMLDivElement>(null);
  const titleId = useId();
  useFocusLoan(dialog);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      onClose();
    }
    if (event.key === 'Tab' && dialog.current) keepInside(event, dialog.current);
  };
  return (
    <div className={`sheet-layer sheet-layer-${placement}`}>
      <div className="sheet-backdrop" aria-hidden="true" onClick={onClose} />
      <div
        ref={dialog}
        className={`sheet sheet-${placement}`}
        role="dialog"
        aria-modal="true"
        aria-labelledby={titleId}
        tabIndex={-1}
        onKeyDown={onKeyDown}
      >
        <div className="sheet-top">
          <button type="button" className="round-button" aria-label={closeLabel} onClick={onClose}>
            <Icon name="close" />
          </button>
          <h2 id={titleId} dir="auto">
            {title}
          </h2>
        </div>
        <div className="sheet-content">{children}</div>
        {footer && <div className="sheet-footer">{footer}</div>}
      </div>
    </div>
  );
}

/** Takes the focus while the dialog is shown and returns it afterwards. */
export function useFocusLoan(dialog: { current: HTMLElement | null }): void {
  useEffect(() => {
    const before = document.activeElement;
    const wanted = dialog.current?.querySelector<HTMLElement>('[data-first-focus]') ?? dialog.current;
    wanted?.focus({ preventScroll: true });
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, [dialog]);
}

/** Keeps Tab and Shift+Tab within an element. */
export function keepInside(event: KeyboardEvent, element: HTMLElement): void {
  const active = document.activeElement;
  const visible = [...element.querySelectorAll<HTMLElement>(focusable)].filter((stop) => stop.offsetParent !== null);
  const stops = visible.filter((stop) => isStop(stop, visible));
  const edge = event.shiftKey ? stops[0] : stops.at(-1);
  const next = event.shiftKey ? stops.at(-1) : stops[0];
  if (next && active !== edge && !(event.shiftKey && active === element)) return;
  event.preventDefault();
  next?.focus();
}

/** Radio buttons of one name are a single stop: the focused one, else the checked one, else the first. */
function isStop(stop: HTMLElement, all: HTMLElement[]): boolean {
  if (!isRadio(stop)) return true;
  const group = all.filter(isRadio).filter((radio) => radio.name === stop.name);
  const chosen = group.find((radio) => radio === document.activeElement) ?? group.find((radio) => radio.checked) ?? group[0];
  return stop === chosen;
}

function isRadio(element: HTMLElement): element is HTMLInputElement {
  return element instanceof HTMLInputElement && element.type === 'radio';
}
