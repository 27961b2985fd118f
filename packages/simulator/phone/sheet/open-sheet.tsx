import { lazy, Suspense } from 'react';
import type { SheetRequest } from '../state/phone-context.ts';
import { ActionsSheet } from './actions-sheet.tsx';
import { AttachSheet } from './attach-sheet.tsx';
import { BusinessSheet } from './business-sheet.tsx';
import { ContactSheet } from './contact-sheet.tsx';
import { DocumentSheet } from './document-sheet.tsx';
import { Lightbox } from './lightbox.tsx';
import { ListSheet } from './list-sheet.tsx';
import { PhotoSheet } from './photo-sheet.tsx';
import { SettingsSheet } from './settings-sheet.tsx';
import { SharePhoneSheet } from './share-phone-sheet.tsx';

const LocationSheet = lazy(async () => ({ default: (await import('./location-sheet.tsx')).LocationSheet }));
const PlaceSheet = lazy(async () => ({ default: (await import('./place-sheet.tsx')).PlaceSheet }));

/** The sheet that was asked for; maps come as a file of their own. */
export function OpenSheet({ sheet }: { sheet: SheetRequest }) {
  return (
    <Suspense fallback={null}>
      <Content sheet={sheet} />
    </Suspense>
  );
}

function Content({ sheet }: { sheet: SheetRequest }) {
  switch (sheet.type) {
    case 'attach':
      return <AttachSheet />;
    case 'list':
      return <ListSheet item={sheet.item} body={sheet.body} />;
    case 'location':
      return <LocationSheet replyTo={sheet.replyTo} />;
    case 'place':
      return <PlaceSheet point={sheet} name={sheet.name} />;
    case 'photo':
      return <PhotoSheet />;
    case 'document':
      return <DocumentSheet />;
    case 'contact':
      return <ContactSheet />;
    case 'share_phone':
      return <SharePhoneSheet item={sheet.item} />;
    case 'actions':
      return <ActionsSheet item={sheet.item} />;
    case 'lightbox':
      return <Lightbox url={sheet.url} caption={sheet.caption} />;
    case 'business':
      return <BusinessSheet />;
    case 'settings':
      return <SettingsSheet />;
  }
}
