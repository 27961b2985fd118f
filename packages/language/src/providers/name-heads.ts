/** Words that end the name of a scheme, an office or a service, as they stand in a plain text, in all languages. */
export const NAME_HEADS: ReadonlySet<string> = new Set(
  [
    'scheme yojana mission office department ministry ward hospital court board corporation committee helpline certificate card fund act',
    'योजना कार्यालय विभाग मंत्रालय मिशन अस्पताल बोर्ड निगम समिति प्रमाणपत्र कार्ड हेल्पलाइन अधिनियम मंडळ रुग्णालय दवाखाना महामंडळ दाखला',
    'প্রকল্প অফিস দপ্তর মন্ত্রক হাসপাতাল কার্ড আঁচনি কাৰ্যালয় বিভাগ চিকিৎসালয় ଯୋଜନା କାର୍ଯ୍ୟାଳୟ ବିଭାଗ ଡାକ୍ତରଖାନା',
    'யோஜனா திட்டம் அலுவலகம் துறை மருத்துவமனை అధికారి పథకం కార్యాలయం శాఖ ఆసుపత్రి ಯೋಜನೆ ಕಚೇರಿ ಇಲಾಖೆ ಆಸ್ಪತ್ರೆ',
    'યોજના કચેરી વિભાગ હોસ્પિટલ ਯੋਜਨਾ ਦਫ਼ਤਰ ਵਿਭਾਗ ਹਸਪਤਾਲ പദ്ധതി ഓഫീസ് വകുപ്പ് ആശുപത്രി اسکیم دفتر محکمہ ہسپتال',
  ].flatMap((line) => line.normalize('NFC').split(' ')),
);
