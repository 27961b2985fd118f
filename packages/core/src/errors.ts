/** A stable error code, `area:reason`; each one is explained in docs/errors.md. */
export type ErrorCode = `${string}:${string}`;

export interface HazirErrorOptions {
  /** What to do next, one sentence. */
  hint?: string;
  /** Where in an author's file, for errors in packs. */
  at?: { file: string; line?: number };
  cause?: unknown;
}

/** A known failure: what failed, a stable code, and the remedy. Never holds personal data. */
export class HazirError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly at: { file: string; line?: number } | undefined;

  constructor(code: ErrorCode, message: string, options: HazirErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'HazirError';
    this.code = code;
    this.hint = options.hint;
    this.at = options.at;
  }
}

/** One finding in a pack: reported with file, line and hint, never thrown one at a time. */
export interface Problem {
  code: ErrorCode;
  message: string;
  file: string;
  /** 1-based. */
  line: number;
  hint?: string;
}
