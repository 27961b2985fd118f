import type { PrintedWords } from '../words.ts';

export const or: PrintedWords = {
  number: 'କ୍ରମାଙ୍କ',
  issuedOn: 'ଦିଆଯାଇଥିବା ତାରିଖ',
  validUntil: 'କେବେ ପର୍ଯ୍ୟନ୍ତ ବୈଧ',
  noEnd: 'ଅବଧି ଶେଷ ହୁଏ ନାହିଁ',
  check: 'ଏହା ଅସଲି କି? ତଳ ଠିକଣାରେ ଏହି କୋଡ୍ ସ୍କାନ୍ କରନ୍ତୁ। ଇଣ୍ଟରନେଟ୍ ବିନା ମଧ୍ୟ କାମ କରେ।',
  code: 'ଏହି ଦଲିଲ ଅସଲି ବୋଲି ପ୍ରମାଣ କରୁଥିବା କ୍ୟୁଆର କୋଡ୍',
};
