/** Numbers as words. The small ones count only before a unit or a larger number, so that short words do no harm. */
import { indexWords, type WordIndex } from './spelling.ts';

export const SMALL_NUMBERS: WordIndex<number> = indexWords([
  [1, 'one a an ek एक এক এটা ଏକ ଗୋଟିଏ એક ਇੱਕ ਇਕ ஒரு ஒன்று oru ఒక ఒక్క oka ಒಂದು ondu ഒരു ഒന്ന് ایک'],
  [1.5, 'dedh deedh diid डेढ़ डेढ दीड দেড় ଦେଢ଼ દોઢ ਡੇਢ ڈیڑھ'],
  [2, 'two do don dui be दो दोन দুই দু ଦୁଇ બે ਦੋ இரண்டு ரெண்டு rendu irandu రెండు rendu ಎರಡು eradu രണ്ട് randu دو couple'],
  [2.5, 'dhai adhai adich अढ़ाई ढाई अडीच আড়াই ଅଢ଼େଇ અઢી ਢਾਈ ڈھائی'],
  [3, 'three teen tin tran तीन তিন তিনি ତିନି ત્રણ ਤਿੰਨ மூன்று மூணு moonu moondru మూడు moodu ಮೂರು mooru മൂന്ന് moonnu تین'],
  [4, 'four char chaar chari चार চার চাৰি ଚାରି ଚାର ચાર ਚਾਰ நான்கு நாலு naalu నాలుగు nalugu ನಾಲ್ಕು nalku നാല് naalu چار'],
  [5, 'five paanch panch pach paach पांच पाँच पाच পাঁচ পাচ ପାଞ୍ଚ પાંચ ਪੰਜ panj ஐந்து அஞ்சு anju ainthu ఐదు aidu ಐದು അഞ്ച് پانچ'],
  [6, 'six chhe chah saha chhah छह छः छे सहा ছয় ଛଅ છ ਛੇ ஆறு aaru ఆరు ಆರು ആറ് چھ'],
  [7, 'seven saat sat सात সাত ସାତ સાત ਸੱਤ ஏழு ezhu ఏడు ಏಳು ഏഴ് سات'],
  [8, 'eight aath ath आठ আট ଆଠ આઠ ਅੱਠ எட்டு ettu ఎనిమిది ಎಂಟು എട്ട് آٹھ'],
  [9, 'nine nau नौ नऊ নয় ନଅ નવ ਨੌਂ ஒன்பது తొమ్మిది ಒಂಬತ್ತು ഒമ്പത് نو'],
  [10, 'ten das daha दस दहा দশ দহ ଦଶ દસ ਦਸ பத்து pathu పది padi ಹತ್ತು hattu പത്ത് دس'],
  [15, 'fifteen pandrah pandra पंद्रह पन्द्रह पंधरा পনেরো পোন্ধৰ ପନ୍ଦର પંદર ਪੰਦਰਾਂ பதினைந்து పదిహేను ಹದಿನೈದು പതിനഞ്ച് پندرہ'],
  [20, 'twenty bees vees बीस वीस বিশ বিছ କୋଡ଼ିଏ વીસ ਵੀਹ இருபது ఇరవై ಇಪ್ಪತ್ತು ഇരുപത് بیس'],
  [50, 'fifty pachas pachaas पचास पन्नास পঞ্চাশ ପଚାଶ પચાસ ਪੰਜਾਹ ஐம்பது యాభై ಐವತ್ತು അമ്പത് پچاس'],
]);

export const MULTIPLIERS: WordIndex<number> = indexWords([
  [100, 'hundred sau shambhar सौ शंभर শত শ ଶହ સો ਸੌ நூறு వంద వందల ನೂರು നൂറ് سو'],
  [
    1000,
    'thousand thousands hazar hazaar hajar hajaar हज़ार हजार হাজার হাজাৰ ହଜାର હજાર ਹਜ਼ਾਰ ਹਜਾਰ ஆயிரம்* aayiram వేలు వేల వెయ్యి velu ಸಾವಿರ* savira ആയിരം aayiram ہزار',
  ],
  [100_000, 'lakh lakhs lac lacs laakh लाख লাখ লক্ষ ଲକ୍ଷ લાખ ਲੱਖ லட்சம்* இலட்சம்* latcham లక్ష* laksha lakshalu ಲಕ್ಷ* ലക്ഷം* laksham لاکھ'],
  [10_000_000, 'crore crores cr karod karor koti करोड़ करोड कोटी কোটি କୋଟି કરોડ ਕਰੋੜ கோடி* kodi కోటి* కోట్లు ಕೋಟಿ* കോടി* کروڑ'],
]);

export const RUPEE_WORDS: WordIndex<true> = indexWords<true>([
  [
    true,
    '₹ rs re inr rupee rupees rupay rupaye rupaya rupiya rupaiya rupiah rupai rupayi taka tanka ருபாய் रुपये रुपए रुपया रुपयों रुपयांचे रुपयां* रु रू',
  ],
  [true, 'রুপি টাকা* টকা* ଟଙ୍କା* રૂપિયા* રૂ ਰੁਪਏ ਰੁਪਿਆ ரூபாய்* ரூ రూపాయ* రూ ರೂಪಾಯಿ* ರೂ രൂപ* روپے روپیہ روپیے'],
]);
