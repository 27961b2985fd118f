/**
 * Words that hold a question together and say nothing of what it is about. They are known by sound, so that one spelling of a
 * word covers its script, its romanisation and their misspellings; English ones by their letters.
 */
import { keysOf } from '../folding/keys.ts';

const english =
  'a about again am an and any are as at be been but by can cant could did do does for from get give go had has have help here hi hello how i if in info information is it its kindly know like long many me mean more much must my need no not of on one or our out please pls plz should sir so some tell than thank thanks that the their them there they this to too u up us want was we what whats when where which who whom whose why will with would you your';

const byLanguage: readonly string[] = [
  'है हैं था थी हो होता होती होगा करना करें करे कर करने करो कैसे क्या कब कहाँ कहां कौन कितना कितने कितनी का की के को से में पर तक और या भी ही मेरा मेरी मेरे मुझे मैं हम हमें आप आपका बताओ बताइए बताएं जी नहीं यह वह ये कोई लिए चाहिए सकते सकता सकती रहा रही जानकारी कृपया दो दीजिए ने अपना अपने अपनी बारे',
  'आहे आहेत आहेस होते होतो होईल करावे करायचे करावा करावी करू कसे कसा कशी काय कधी कुठे कोण किती का चा ची चे च्या ला ना ने मध्ये वर पर्यंत आणि किंवा पण माझा माझी माझे मला मी आम्ही तुम्ही सांगा नाही हा ही हे ते कोणते कोणती साठी पाहिजे हवे हवा हवी शकतो शकते लागतो लागते लागतात माहिती कृपया द्या आपला आपले असते असतो',
  'আছে হয় হবে করা করতে করব কীভাবে কিভাবে কী কি কখন কবে কোথায় কে কত কোন এর র কে থেকে পর্যন্ত এবং বা আমার আমি আমরা আপনি বলুন না এই সেই জন্য চাই পারি পারব দয়া করে একটা একটি যায় তথ্য নিয়ে',
  'எப்படி என்ன எப்போது எங்கே எங்கு யார் எவ்வளவு எது எந்த ஏன் நான் நாங்கள் என் எனது எனக்கு நீங்கள் சொல்லுங்கள் இல்லை இந்த அந்த வேண்டும் முடியும் உள்ளது செய்வது செய்ய மற்றும் அல்லது தயவு செய்து பற்றி ஒரு',
];

const letters: ReadonlySet<string> = new Set(english.split(' '));
const sounds: ReadonlySet<string> = new Set(
  byLanguage.flatMap((words) => words.split(' ').flatMap((word) => keysOf(word).p.slice(0, 1))),
);

/** True for an English word that only holds a sentence together. */
export function isStopWord(word: string): boolean {
  return letters.has(word);
}

/** How much a word says: less for one that only holds a question together. */
export function weightOf(word: string, sound: string | undefined): number {
  if (letters.has(word)) return 0.1;
  return sound !== undefined && sounds.has(sound) ? 0.15 : 1;
}
