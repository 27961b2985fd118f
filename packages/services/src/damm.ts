/**
 * Damm's check digit: finds every single wrong digit and every exchange of two neighbours. The table is a totally
 * anti-symmetric quasigroup of order 10, from H. M. Damm, "Total anti-symmetrische Quasigruppen", thesis, Marburg 2004;
 * its diagonal is zero, so a number with its check digit comes to zero.
 */
const QUASIGROUP: readonly (readonly number[])[] = [
  [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
  [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
  [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
  [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
  [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
  [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
  [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
  [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
  [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
  [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

/** The digit to append to ASCII digits. */
export function checkDigit(digits: string): string {
  let interim = 0;
  for (const digit of digits) interim = QUASIGROUP[interim]?.[Number(digit)] ?? 0;
  return String(interim);
}

/** True for ASCII digits that end in their check digit. */
export function isChecked(digits: string): boolean {
  return digits !== '' && checkDigit(digits) === '0';
}
