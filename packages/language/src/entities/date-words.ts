/**
 * Words of time in the thirteen languages, in their own script and as people type them in Latin letters. A Latin word is
 * left out where it is common in another meaning ("do", "kali", "to"). One spelling stands for its doubled and single
 * letters; a star ends a stem, for languages that put endings on everything.
 */
import { indexWords, type WordIndex } from './spelling.ts';

/** Days from today; the likelier one first. */
export const DAY_WORDS: WordIndex<readonly number[]> = indexWords<readonly number[]>([
  [[0], 'today todays tonight aaj aj aaji aaje आज আজ আজি আজকে ଆଜି આજે આજ ਅੱਜ இன்று இன்னைக்கு இன்னிக்கு indru innaikku innikku'],
  [[0], 'ఈరోజు నేడు eeroju ಇಂದು ಇವತ್ತು ivattu ivathu ഇന്ന് innu آج ajj'],
  [[-1], 'yesterday yday gaikal gaikale gaykal gotokal gotokaal gatakal kallu काल কাইলৈকে গতকাল গতকালকে ଗତକାଲି ગઈકાલે ગઇકાલે ગઈકાલ'],
  [[-1], 'நேற்று நேத்து netru nettru nethu netthu நேற்றிலிருந்து* நேத்துல* నిన్న* ninna ninnati ನಿನ್ನೆ* ninne ഇന്നലെ* innale'],
  [[1], 'tomorrow tomorow tommorow tmrw tmr udya उद्या agamikal agamikaal আগামীকাল আগামিকাল অহাকালি কাইলৈ kailoi ଆସନ୍ତାକାଲି avtikale'],
  [[1], 'આવતીકાલે ਭਲਕੇ bhalke நாளை நாளைக்கு naalai naalaiku nalaikku రేపు repu ನಾಳೆ* naale nale നാളെ* naale'],
  [[-1, 1], 'kal kall kalh कल কাল কালকে কালি ଗତ କାଲି କାଲି କାଲ କାଲିଠାରୁ કાલે કાલ kale ਕੱਲ੍ਹ ਕੱਲ ਕਲ کل'],
  [[-2, 2], 'parso parson parsoon paraso parsu porshu poroshu parva परसों परसो परवा পরশু পৰহি পৰশু ପରଦିନ પરમદિવસે ਪਰਸੋਂ پرسوں'],
  [[-2], 'monna మొన్న* monne ಮೊನ್ನೆ* முந்தாநாள் mundhanaal മിനിഞ്ഞാന്ന്'],
  [[2], 'overmorrow ellundi ఎల్లుండి ನಾಡಿದ್ದು naadiddu மறுநாள் നാളെകഴിഞ്ഞ് മറ്റന്നാൾ mattannal'],
]);

/** Length of a unit in days. */
export const UNIT_WORDS: WordIndex<number> = indexWords([
  [
    1,
    'day days din dino dinon dinaan diwas divas divasa divsan* divasan* dinad* dinag* dinat dina दिन दिनों दिवस* দিন* দিনৰ ଦିନ* દિવસ* દહાડા ਦਿਨ* நாள்* நாளா* நாட்க*',
  ],
  [1, 'naal naala naatkal naalaa రోజు* రోజుల* roju rojulu rojula ದಿನ* dinagalinda ദിവസ* divasam divasamayi دن دنوں divasapasun'],
  [7, 'week weeks hafta hafte hafton haftey haptaa हफ्ता हफ़्ता हफ्ते हफ़्ते हफ्तों सप्ताह आठवडा* आठवड* athavda athavde সপ্তাহ* soptaho'],
  [7, 'ସପ୍ତାହ* અઠવાડિ* athvadiya ਹਫ਼ਤ* ਹਫਤ* வாரம்* வாரமா* வாரங்* vaaram varam వారం* వారాల* vaaram ವಾರ* vaara ആഴ്ച* aazhcha ہفتہ ہفتے ہفتوں'],
  [30, 'month months mahina mahine mahino mahinon mahinyan महिना* महीना महीने महीनों महिने* महिन्* মাস* মাহ* mash ମାସ* મહિના* ਮਹੀਨ*'],
  [30, 'மாதம்* மாதமா* மாசமா* மாதங்* maadham masam నెల* nela nelalu ತಿಂಗಳ* tingalu മാസ* maasam مہینہ مہینے مہینوں'],
  [365, 'year years saal saalon salon साल सालों वर्ष* वर्षे* বছর* বছৰ* bochor bochhor ବର୍ଷ* વર્ષ* ਸਾਲ* வருடம்* வருஷ* ஆண்டு*'],
  [365, 'varusham సంవత్సర* ఏళ్ల* ವರ್ಷ* varsha varusha വർഷ* varsham سال سالوں'],
]);

/** What a word beside a length of time makes of it: it lasts since then, it was so long ago, it is so far ahead. */
export type Direction = 'since' | 'ago' | 'ahead';

/** Words after a length of time or a day. */
export const AFTER_WORDS: WordIndex<Direction> = indexWords<Direction>([
  ['since', 'se sey pasun pasoon pasna theke thekey dhore dhori hela thi thee ton taun nundi ninchi nunchi now straight running'],
  ['since', 'से पासून पासुन থেকে ধরে ধরি পৰা ধৰি ଧରି ହେଲା ହେଲାଣି ଠାରୁ થી ਤੋਂ ਤੋ ਤੌਂ ਸੇ سے முதல் நுண்டி నుండి నుంచి ನಿಂದ ഇന്ന് മുതൽ muthal mudhal'],
  ['since', 'ho hue hua gaye hogaye hogaya jhale zale jhali zhale hoye hoyeche thaya aachu achu ayindi aytu aayi passed already'],
  ['since', 'हो हुए हुआ झाले झालेत झाली হলো হয়ে হৈছে হল થયા થઈ ਹੋ ہو ہوگئے ஆச்சு ஆகிறது అయింది అవుతోంది ಆಯ್ತು ಆಯಿತು ആയി'],
  ['ago', 'ago back before pehle pahle pahele pehla purvi puri aagei munbu munnadi kritam hinde mumbu aage age poorvi pehlan'],
  ['ago', 'पहले पूर्वी আগে আগেই আগত আগতে ଆଗରୁ ପୂର୍ବରୁ ତଳେ પહેલા પહેલાં ਪਹਿਲਾਂ ਪਹਿਲੇ முன்பு முன் முன்னாடி క్రితం ಹಿಂದೆ മുമ്പ് മുൻപ് پہلے قبل'],
  ['ahead', 'later baad bad nantar pore pachi pachhi baada piragu apparam tarvata taruvata nantara shesham'],
  ['ahead', 'बाद नंतर পরে পৰত পিছত ପରେ પછી ਬਾਅਦ பிறகு கழித்து తర్వాత తరువాత ನಂತರ ശേഷം بعد'],
]);

/** Parts of a day, which may stand between a day and what is said of it: kal raat se. */
export const DAY_PARTS: WordIndex<true> = indexWords<true>([
  [true, 'raat rat subah savere shaam sham dopahar sakal sakali ratri ratre sandhya night morning evening afternoon noon'],
  [true, 'रात सुबह सवेरे शाम दोपहर सकाळ* रात्री* संध्याकाळ* दुपार* রাত* সকাল* বিকেল* সন্ধ্যা* দুপুর* ৰাতি* পুৱা* ରାତି* ସକାଳ* ସନ୍ଧ୍ୟା*'],
  [
    true,
    'રાત* સવાર* સાંજ* બપોર* ਰਾਤ ਸਵੇਰ* ਸ਼ਾਮ ਦੁਪਹਿਰ رات صبح شام دوپہر இரவு* காலை* மாலை* రాత్రి* ఉదయం* సాయంత్రం* ರಾತ್ರಿ* ಬೆಳಿಗ್ಗೆ* ಸಂಜೆ* രാത്രി* രാവിലെ* വൈകുന്നേരം*',
  ],
]);

/** Words before a length of time or a day. */
export const BEFORE_WORDS: WordIndex<Direction> = indexWords<Direction>([
  [
    'since',
    'since from for last past pichhle pichle pichley gelya gata goto gato chhella chella kadantha kaleda kazhinja kazhinjha',
  ],
  ['since', 'पिछले पिछली गेल्या गत গত যোৱা ଗତ છેલ્લા ગયા ਪਿਛਲੇ گزشتہ پچھلے கடந்த గత ಕಳೆದ കഴിഞ്ഞ'],
  ['ahead', 'in after within agle aglay अगले पुढील আগামী অহা ଆଗାମୀ આવતા ਅਗਲੇ اگلے அடுத்த వచ్చే ಮುಂದಿನ അടുത്ത'],
]);

/** Words that make one unit after them a day so far back or ahead: last week, agle mahine. */
export const LAST_AND_NEXT: WordIndex<Direction> = indexWords<Direction>([
  ['ago', 'last past pichhle pichle pichley pichla pichli gelya goto gato gata chhella kadantha kaleda kazhinja'],
  ['ago', 'पिछले पिछला पिछली गेल्या मागच्या গত যোৱা ଗତ ગયા છેલ્લા ਪਿਛਲੇ پچھلے گزشتہ கடந்த போன గత పోయిన ಕಳೆದ കഴിഞ്ഞ'],
  ['ahead', 'next coming agle agley agla agli pudhchya pudhil'],
  ['ahead', 'अगले अगला अगली पुढच्या पुढील আগামী পরের অহা ଆଗାମୀ આવતા ਅਗਲੇ اگلے அடுத்த వచ్చే ಮುಂದಿನ അടുത്ത'],
]);

/** Words beside two numbers with a stroke (11/3) that make them a day; without one they may be a flat. */
export const DATE_HINTS: WordIndex<true> = indexWords<true>([
  [true, 'on by till until from since date dated dt before after ko tarikh taarikh tareekh tarik roji la tarikhe tarikhu thethi'],
  [true, 'को तारीख तारखेला रोजी से तक तारिख তারিখ তারিখে তাৰিখ ତାରିଖ તારીખ તારીખે ਤਾਰੀਖ ਨੂੰ ਤੱਕ தேதி తేదీ తేదీన ದಿನಾಂಕ തീയതി تاریخ کو'],
]);

/** Endings with which a word of time says "since" by itself. */
export const SINCE_ENDINGS: readonly string[] = [
  ...['पासून', 'पासुन', 'पासनं', 'থেকে', 'ধরে', 'ৰপৰা', 'ଠାରୁ', 'ରୁ', 'થી', 'ாக', 'ளா', 'மா', 'லிருந்து', 'லேர்ந்து', 'லருந்து'],
  ...[
    'ుగా',
    'ులుగా',
    'నుండి',
    'నుంచి',
    'ಿಂದ',
    'ಯಿಂದ',
    'ായി',
    'മുതൽ',
    'തൊട്ട്',
    'pasun',
    'pasoon',
    'theke',
    'inda',
    'ayi',
    'aaga',
    'aga',
    'naala',
    'rojuluga',
  ],
];

/** English names first; other languages' from ICU (months.ts). */
export const LATIN_MONTHS: readonly string[] = [
  'january jan janvari janwari',
  'february feb farvari febuary',
  'march mar marach',
  'april apr aprail epril',
  'may mei mai',
  'june jun joon',
  'july jul julai',
  'august aug agast',
  'september sept sep sitambar september',
  'october oct aktubar octobar',
  'november nov navambar',
  'december dec disambar',
];
