/** Words that many names of places share, and by which people say where: they alone name no place. Known by sound, in any script. */
import { keysOf } from '../folding/keys.ts';

const shared: readonly string[] = [
  'ward road rd street lane marg nagar colony camp station stn railway market bazar naka chowk village hill park east west north south lower upper near nearby opposite opp behind city hospital building bldg society office post main residential live stay holiday help house shop school college bank temple mandir garden',
  'वार्ड रोड मार्ग गली नगर कॉलोनी स्टेशन पास नज़दीक सामने पीछे पूर्व पश्चिम उत्तर दक्षिण मध्य अस्पताल बाज़ार चौक नाका गाँव इलाका इलाके यहाँ रहता रहती रहते कार्यालय दफ़्तर',
  'वॉर्ड विभाग कॉलनी स्थानक जवळ समोर मागे रुग्णालय परिसर परिसरात येथे इथे राहतो राहते',
  'ওয়ার্ড পূর্ব পশ্চিম উত্তর দক্ষিণ কাছে পাশে সামনে স্টেশন রোড হাসপাতাল বাজার এলাকা এলাকায় থাকি',
  'வார்டு கிழக்கு மேற்கு வடக்கு தெற்கு பக்கத்தில் அருகில் எதிரில் ஸ்டேஷன் ரோடு தெரு ஆஸ்பத்திரி மார்க்கெட் ஏரியா நகர் இருக்கேன்',
];

/** As people shorten the directions behind a name: "Andheri (W)". */
export const SHORT_FORMS: ReadonlyMap<string, string> = new Map([
  ['e', 'east'],
  ['w', 'west'],
]);

/** Sounds of the words that say little in names, `more` among them. */
export function lightInNames(more: readonly string[]): ReadonlySet<string> {
  return new Set([...shared.flatMap((words) => words.split(' ')), ...more].flatMap((word) => keysOf(word).p.slice(0, 1)));
}

/** What Marathi, Bengali and Tamil write behind a place in one word with it; the longer before the shorter. */
export const ENDINGS: readonly string[] =
  'मध्ये मधील मधून मधे जवळ कडे च्या हून तील ात ला चा ची चे त madhye madhil madhun madhe javal kade chya hun til at la cha chi che t এতে তে ের এর ে র য় ில் ல ete te er e r'.split(
    ' ',
  );

const areaSounds = new Set(['ward', 'वॉर्ड', 'विभाग', 'ওয়ার্ড', 'வார்டு', 'number', 'no'].flatMap((word) => keysOf(word).p));

/** True for what an area is called beside its code: "ward 12", "ward no. 12". */
export function isAreaWord(word: string): boolean {
  return keysOf(word).p.some((key) => areaSounds.has(key));
}
