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
  const stops = [...element.querySelectorAll<HTMLElement>(focusable)].filter((stop) => stop.offsetParent !== null);
  const first = stops[0];
  const last = stops.at(-1);
  if (!first || !last) {
    event.preventDefault();
    return;
  }
  const active = document.activeElement;
  if (event.shiftKey && (active === first || active === element)) {
    event.preventDefault();
    last.focus();
  } else if (!event.shiftKey && active === last) {
    event.preventDefault();
    first.focus();
  }
}
