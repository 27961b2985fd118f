/** A letter of one page as PDF, written by hand: enough for every reader, and no library in the page. */
const lines = [
  'To the Ward Office',
  '',
  'Sample letter from the Hazir simulator.',
  'The writer and the matter are invented.',
  '',
  'Please repair the street light at the corner',
  'of our lane. It has been dark for a week.',
  '',
  'With thanks,',
  'A citizen',
];

export function samplePdf(): Blob {
  return new Blob([pdfText()], { type: 'application/pdf' });
}

/** The file's text; ASCII, so that offsets count characters. */
export function pdfText(): string {
  const shown = lines.map((line) => `(${line}) Tj T*`).join('\n');
  const stream = `BT /F1 14 Tf 20 TL 72 760 Td\n${shown}\nET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const start = text.length;
  return `${text}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
}
