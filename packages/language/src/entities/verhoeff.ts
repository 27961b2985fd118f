/** The check digit of Aadhaar (J. Verhoeff, 1969): multiplication in the dihedral group of ten elements. */

/** True when the last digit of a run of ASCII digits is its Verhoeff check digit. */
export function hasVerhoeffCheck(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1)
    sum = times(sum, permuted(place, Number(digits.charAt(digits.length - 1 - place))));
  return sum === 0;
}

/** Rotations are 0 to 4, reflections 5 to 9. */
function times(a: number, b: number): number {
  if (a < 5) return b < 5 ? (a + b) % 5 : ((a + b) % 5) + 5;
  return b < 5 ? ((a - b + 10) % 5) + 5 : (a - b + 10) % 5;
}

const ONCE = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];

function permuted(place: number, digit: number): number {
  let result = digit;
  for (let times = 0; times < place % 8; times += 1) result = ONCE[result] ?? 0;
  return result;
}
