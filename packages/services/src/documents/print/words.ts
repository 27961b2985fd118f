/** What a layout says around the fields, in each language. */
export interface PrintedWords {
  number: string;
  issuedOn: string;
  validUntil: string;
  /** In place of a date. */
  noEnd: string;
  /** Before the address of the verifier. */
  check: string;
  /** What the picture of the code is, for who does not see it. */
  code: string;
}
