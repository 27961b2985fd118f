/** A conversation that shows every kind of bubble, for screenshots and the accessibility check. */
import type { ChatBody, ChatItem } from '../../src/protocol.ts';
import type { StubServer } from './stub-server.ts';

const minute = 60_000;

export const wardList: ChatBody = {
  type: 'list',
  header: { type: 'text', text: 'MyBMC Assist' },
  text: 'How can I help you today?',
  footer: 'Type *menu* at any time.',
  openLabel: 'See services',
  sections: [
    {
      title: 'My ward',
      rows: [
        { id: 'officials', label: 'Ward officials', detail: 'Office, hours and whom to call' },
        { id: 'near', label: 'Near me', detail: 'Hospitals, schools, gardens, fire stations' },
      ],
    },
    {
      title: 'Grievances',
      rows: [
        { id: 'new', label: 'Report a problem', detail: 'Roads, garbage, drains, water, trees' },
        { id: 'mine', label: 'My grievances', detail: 'Status, reopen, rate' },
      ],
    },
    {
      title: 'Visiting Mumbai',
      rows: [
        { id: 'sights', label: 'Sights and heritage walks' },
        { id: 'sos', label: 'Emergency numbers' },
      ],
    },
  ],
};

/** Fills a citizen's chat; the last bubble is the newest. */
export function pushShowcase(stub: StubServer, citizenId: string, bodies: ShowcaseItem[]): ChatItem[] {
  const start = Date.now() - (bodies.length + 1) * minute;
  return bodies.map((item, index) => stub.push(citizenId, { at: start + index * minute, ...item }));
}

export type ShowcaseItem = Partial<ChatItem> & { body: ChatBody };

const citizen = (body: ChatBody, extra: Partial<ChatItem> = {}): ShowcaseItem => ({
  from: 'citizen',
  ticks: 'read',
  body,
  ...extra,
});
const text = (words: string): ChatBody => ({ type: 'text', text: words });

export const wardConversation: ShowcaseItem[] = [
  citizen(text('Hi'), { at: Date.now() - 26 * 60 * minute }),
  {
    at: Date.now() - 26 * 60 * minute + 1000,
    body: {
      type: 'buttons',
      text: 'Namaskar! I am *MyBMC Assist*. Which language do you prefer?',
      buttons: [
        { id: 'en', label: 'English' },
        { id: 'hi', label: 'हिन्दी' },
        { id: 'mr', label: 'मराठी' },
      ],
    },
  },
  citizen(text('English'), { at: Date.now() - 26 * 60 * minute + 2000 }),
  { body: wardList },
  citizen(text('Ward officials')),
  { body: { type: 'location_request', text: 'Share your location, or type your PIN code. I will find your ward.' } },
  citizen({ type: 'location', latitude: 19.0212, longitude: 72.8409 }),
  {
    body: text(
      '*Ward G/N · Dadar*\nOffice: Harishchandra Yelve Marg\nHours: 10:00–17:30, Monday to Friday\n\n1. Assistant Commissioner: Smt. A. Patil\n2. Complaint officer: Shri R. More\n\n_Names are synthetic._ More: https://portal.mcgm.gov.in',
    ),
    reaction: '🙏',
  },
  {
    body: {
      type: 'contacts',
      contacts: [{ name: 'Complaint officer G/N', phones: ['+91 99999 00021'] }],
    },
  },
];

export const hindiConversation: ShowcaseItem[] = [
  citizen(text('नमस्ते')),
  {
    body: {
      type: 'buttons',
      text: 'नमस्ते! मैं *MyBMC Assist* हूँ। मैं आपकी क्या मदद कर सकता हूँ?',
      footer: '“मेन्यू” लिखकर कभी भी यहाँ लौटें।',
      buttons: [
        { id: 'a', label: 'वार्ड अधिकारी' },
        { id: 'b', label: 'शिकायत दर्ज करें' },
        { id: 'c', label: 'मेरी शिकायतें' },
      ],
    },
  },
  citizen(text('शिकायत दर्ज करें')),
  { body: text('समस्या की फ़ोटो भेजें या उसे अपने शब्दों में लिखें।') },
  citizen(text('दादर स्टेशन के पास बड़ा गड्ढा है, ₹500 का नुकसान हुआ')),
  {
    body: text('आपकी शिकायत दर्ज हो गई।\n\nनंबर: *MUM-2026-004217*\nविभाग: सड़क\nसमय: 24 घंटे में\n\nनंबर भेजकर कभी भी स्थिति जानें।'),
  },
];

export const marathiConversation: ShowcaseItem[] = [
  citizen(text('नमस्कार')),
  {
    body: {
      type: 'list',
      text: 'नमस्कार! मी *MyBMC Assist*. आज मी आपली काय मदत करू?',
      openLabel: 'सेवा पाहा',
      sections: [
        {
          title: 'माझा वॉर्ड',
          rows: [
            { id: 'o', label: 'वॉर्ड अधिकारी', detail: 'कार्यालय, वेळ आणि संपर्क' },
            { id: 'n', label: 'तक्रार नोंदवा', detail: 'रस्ते, कचरा, नाले, पाणी' },
            { id: 'm', label: 'माझ्या तक्रारी', detail: 'स्थिती, पुन्हा उघडा, गुण द्या' },
          ],
        },
      ],
    },
  },
  citizen(text('तक्रार नोंदवा')),
  { body: text('समस्येचा फोटो पाठवा किंवा आपल्या शब्दांत लिहा.') },
  citizen(text('आमच्या गल्लीतील दिवा आठवडाभर बंद आहे')),
  { body: text('तुमची तक्रार नोंदवली आहे.\n\nक्रमांक: *MUM-2026-004218*\nविभाग: रस्त्यावरील दिवे\nवेळ: ७ दिवस') },
];

export const urduConversation: ShowcaseItem[] = [
  citizen(text('السلام علیکم')),
  { body: text('وعلیکم السلام! میں *MyBMC Assist* ہوں۔ آپ کی کیا مدد کر سکتا ہوں؟') },
  citizen(text('دادر اسٹیشن کے پاس سڑک پر بڑا گڑھا ہے')),
  {
    body: {
      type: 'buttons',
      text: 'آپ کی شکایت درج ہو گئی ہے۔ نمبر: MUM-2026-004219',
      buttons: [
        { id: 's', label: 'شکایت کی صورتحال' },
        { id: 'm', label: 'مینو' },
      ],
    },
  },
];

export const everyKind: ShowcaseItem[] = [
  {
    body: {
      type: 'template',
      header: { type: 'text', text: 'Grievance update' },
      text: 'Your grievance *MUM-2026-004217* is resolved. Did the work help?',
      footer: 'BMC',
      buttons: [
        { id: 'y', label: 'Yes' },
        { id: 'n', label: 'No' },
      ],
    },
  },
  {
    body: {
      type: 'link',
      text: 'Pay your property tax on the official portal.',
      label: 'Open portal',
      url: 'https://example.org/tax',
    },
  },
  { body: { type: 'contact_request', text: 'Please share your phone number, so that the engineer can call.' } },
  {
    body: {
      type: 'media',
      media: 'document',
      mediaId: 'none',
      url: '/simulator/api/media/none',
      mimeType: 'application/pdf',
      fileName: 'receipt-MUM-2026-004217.pdf',
      caption: 'Your receipt',
    },
  },
  { body: { type: 'media', media: 'voice', mediaId: 'voice', url: '/simulator/api/media/none', mimeType: 'audio/ogg' } },
  {
    body: {
      type: 'location',
      latitude: 19.0186,
      longitude: 72.8442,
      name: 'G/N ward office',
      address: 'Harishchandra Yelve Marg, Dadar',
    },
  },
  { body: text('- one\n- two\n\n> quoted words\n`code` and ~old~ *bold* _italic_\n```mono\n  spaced```') },
  { body: { type: 'unsupported', detail: 'order' } },
  { body: text('gone'), revoked: true },
  { body: text('The window was closed'), ticks: 'failed', failure: '131047 Re-engagement message' },
  citizen(text('Thank you 🙏'), { ticks: 'delivered' }),
  citizen(text('Is anybody there?'), { edited: true, ticks: 'sent' }),
  citizen(text('It did not arrive'), { ticks: 'failed', failure: 'The webhook answered 500.' }),
  citizen(text('👍')),
];
