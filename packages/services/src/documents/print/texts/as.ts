import type { PrintedWords } from '../words.ts';

export const as: PrintedWords = {
  number: 'নম্বৰ',
  issuedOn: 'দিয়াৰ তাৰিখ',
  validUntil: 'কেতিয়ালৈ বৈধ',
  noEnd: 'ম্যাদ শেষ নহয়',
  check: 'আচল নে? তলৰ ঠিকনাত এই ক’ডটো স্কেন কৰক। ইণ্টাৰনেট নোহোৱাকৈও কাম কৰে।',
  code: 'নথিখন আচল বুলি প্ৰমাণ কৰা কিউআৰ ক’ড',
};
