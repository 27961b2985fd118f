import type { PrintedWords } from '../words.ts';

export const bn: PrintedWords = {
  number: 'নম্বর',
  issuedOn: 'দেওয়ার তারিখ',
  validUntil: 'যত দিন বৈধ',
  noEnd: 'মেয়াদ শেষ হয় না',
  check: 'আসল কি না? নিচের ঠিকানায় এই কোড স্ক্যান করুন। ইন্টারনেট ছাড়াও কাজ করে।',
  code: 'নথিটি যে আসল, তার প্রমাণ এই কিউআর কোড',
};
