/**
 * When a place is open, in the part of OpenStreetMap's `opening_hours` that public offices need: days and ranges of days, spans of time (also over
 * midnight), public holidays, `off`, `24/7`. A later rule takes the place of an earlier one for its days. Where a day has
 * no rule, it is closed.
 * https://wiki.openstreetmap.org/wiki/Key:opening_hours
 */
export type OpeningHours = ReadonlyMap<string, readonly Span[]>;

/** Minutes since midnight; beyond 1,440 on the day after. */
interface Span {
  from: number;
  until: number;
}

/** On which days a calendar differs from the week; the time zone is IANA's. */
export interface LocalCalendar {
  timeZone: string;
  /** ISO dates of public holidays. */
  holidays: readonly string[];
}

const DAY = 1_440;
const DAY_MS = 86_400_000;
const DAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'];
const HOLIDAY = 'PH';
const ALWAYS = '24/7';
const ruleShape = /^(?:([A-Z][A-Za-z,-]{1,60}) +)?([0-9:,-]{11,120}|off)$/;
const spanShape = /^([01]\d|2[0-4]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)$/;

/** Reads "Mo-Fr 09:45-18:15; PH off"; undefined for what is not of this form. */
export function parseOpeningHours(text: string): OpeningHours | undefined {
  if (text.trim() === ALWAYS) return new Map([...DAYS, HOLIDAY].map((day) => [day, [{ from: 0, until: DAY }]]));
  const hours = new Map<string, readonly Span[]>();
  for (const rule of text.split(';')) {
    const [, dayText, times] = ruleShape.exec(rule.trim()) ?? [];
    const days = dayText === undefined ? DAYS : daysIn(dayText);
    const spans = times === undefined ? undefined : spansIn(times);
    if (days === undefined || spans === undefined) return undefined;
    for (const day of days) hours.set(day, spans);
  }
  return hours;
}

/** Whether a place is open at a moment. */
export function isOpen(hours: OpeningHours, now: Date, calendar: LocalCalendar): boolean {
  const today = localDay(now, calendar);
  const yesterday = localDay(new Date(now.getTime() - DAY_MS), calendar);
  return (
    spansOf(hours, today).some(({ from, until }) => from <= today.minute && today.minute < until) ||
    spansOf(hours, yesterday).some(({ until }) => today.minute + DAY < until)
  );
}

interface LocalDay {
  weekday: string;
  holiday: boolean;
  minute: number;
}

/** On a holiday its own rule counts, where there is one. */
function spansOf(hours: OpeningHours, { weekday, holiday }: LocalDay): readonly Span[] {
  return (holiday ? hours.get(HOLIDAY) : undefined) ?? hours.get(weekday) ?? [];
}

function localDay(at: Date, { timeZone, holidays }: LocalCalendar): LocalDay {
  const format = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, weekday: 'short', hourCycle: 'h23' },
    ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' },
  });
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const date = `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`;
  return {
    weekday: (parts.get('weekday') ?? '').slice(0, 2),
    holiday: holidays.includes(date),
    minute: Number(parts.get('hour')) * 60 + Number(parts.get('minute')),
  };
}

function daysIn(text: string): string[] | undefined {
  const days: string[] = [];
  for (const part of text.split(',')) {
    const [first = '', last = first, ...more] = part.split('-');
    if (part === HOLIDAY) days.push(HOLIDAY);
    else if (!DAYS.includes(first) || !DAYS.includes(last) || more.length > 0) return undefined;
    else days.push(...range(DAYS.indexOf(first), DAYS.indexOf(last)));
  }
  return days;
}

/** Also over the end of the week: Sa-Mo. */
function range(first: number, last: number): string[] {
  return first <= last ? DAYS.slice(first, last + 1) : [...DAYS.slice(first), ...DAYS.slice(0, last + 1)];
}

function spansIn(text: string): Span[] | undefined {
  if (text === 'off') return [];
  const spans = text.split(',').map(spanIn);
  return spans.every((span) => span !== undefined) ? spans : undefined;
}

function spanIn(text: string): Span | undefined {
  const [from, fromMinute, until, untilMinute] = (spanShape.exec(text) ?? []).slice(1).map(Number);
  if (from === undefined || fromMinute === undefined || until === undefined || untilMinute === undefined) return undefined;
  const [begins, ends] = [from * 60 + fromMinute, until * 60 + untilMinute];
  if (begins >= DAY || ends > DAY) return undefined;
  return { from: begins, until: ends > begins ? ends : ends + DAY };
}
