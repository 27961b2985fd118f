/** The element of a bubble on the page; one citizen is shown once, so the message's id is enough. */
export function bubbleId(wamid: string): string {
  return `bubble-${wamid}`;
}
