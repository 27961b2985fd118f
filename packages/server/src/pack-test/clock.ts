/** Times of day on the clock of a test. */
const DAY_MINUTES = 1_440;
const DAY = DAY_MINUTES * 60_000;
/** Every conversation begins then, so that what is open and what is booked does not hang on when the test is run. */
const FIRST = { days: ['Tue', 'Wed', 'Thu'], time: '06:30', within: 30 } as const;

/** Milliseconds until it is the next such time of day there. */
export function untilTime(time: string, { now, timeZone }: { now: number; timeZone: string }): number {
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(now);
  const minutes = (minutesOf(time) - minutesOf(clock) + DAY_MINUTES) % DAY_MINUTES;
  return (minutes === 0 ? DAY_MINUTES : minutes) * 60_000;
}

/** Milliseconds until the next early morning in the middle of a week there; 0 while it is one. */
export function untilMorning(at: { now: number; timeZone: string }): number {
  const weekday = new Intl.DateTimeFormat('en-GB', { timeZone: at.timeZone, weekday: 'short' });
  const isDay = (moment: number) => FIRST.days.some((day) => day === weekday.format(moment));
  let wait = untilTime(FIRST.time, at);
  if (wait > DAY - FIRST.within * 60_000 && isDay(at.now)) return 0;
  while (!isDay(at.now + wait)) wait += DAY;
  return wait;
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
