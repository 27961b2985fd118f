import type { PrintedWords } from '../words.ts';

export const ur: PrintedWords = {
  number: 'نمبر',
  issuedOn: 'جاری ہونے کی تاریخ',
  validUntil: 'کب تک کارآمد',
  noEnd: 'کوئی میعاد نہیں',
  check: 'اصلی ہے یا نہیں؟ نیچے دیے گئے پتے پر یہ کوڈ اسکین کریں۔ انٹرنیٹ کے بغیر بھی کام کرتا ہے۔',
  code: 'کیو آر کوڈ، جو ثابت کرتا ہے کہ یہ دستاویز اصلی ہے',
};
