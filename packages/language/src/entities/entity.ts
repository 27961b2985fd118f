/** Where something stands in the citizen's text, in UTF-16 offsets; the end is the first character after it. */
export interface Span {
  start: number;
  end: number;
}

/** Something in a text that a service can use without asking for it. */
export type Entity = Span &
  (
    | {
        kind: 'pin';
        /** Six digits. Its form says that it may be a PIN code, not that the code exists. */
        value: string;
      }
    | {
        kind: 'mobile';
        /** E.164: +91 and ten digits. */
        value: string;
      }
    | {
        kind: 'date';
        /** The likelier day, YYYY-MM-DD. */
        value: string;
        /** The days that the words may mean as well ("kal" is yesterday and tomorrow). */
        others: readonly string[];
        /** The citizen tells since when something lasts. */
        since: boolean;
      }
    | {
        kind: 'duration';
        /** In days; a month is 30 and a year 365. */
        value: number;
      }
    | {
        kind: 'amount';
        value: number;
        /** A sign or word of the rupee stood beside it. */
        rupees: boolean;
      }
    | {
        kind: 'reference';
        /** The name of the template that it fits. */
        name: string;
        /** In capitals, with the separators of the template. */
        value: string;
      }
    | {
        kind: 'aadhaar' | 'pan';
        /** Masked, all but the last four characters: the number itself leaves this package nowhere. */
        value: string;
      }
  );

/** An entity as its reader finds it: the span is in the plain text. */
export type Finding = Entity;
