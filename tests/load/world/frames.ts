/**
 * HTTP/1.1 in the subset that both sides of the load world speak, on bare sockets: a head, and a body whose length is said
 * beforehand. node:http would cost more processor time than the whole of a virtual citizen does, and take it from Hazir.
 */

/** Cuts a byte stream into messages; a body without a stated length counts as empty and is told as `open`. */
export function createFramer(onMessage: (head: string, body: Buffer, open: boolean) => void): (chunk: Buffer) => void {
  let pending: Buffer | undefined;
  return (chunk) => {
    let rest = pending === undefined ? chunk : Buffer.concat([pending, chunk]);
    pending = undefined;
    while (rest.length > 0) {
      const end = rest.indexOf('\r\n\r\n');
      const head = end === -1 ? '' : rest.toString('latin1', 0, end);
      const size = end === -1 ? 0 : lengthOf(head);
      const until = end + 4 + Math.max(0, size);
      if (end === -1 || until > rest.length) {
        pending = rest;
        return;
      }
      onMessage(head, rest.subarray(end + 4, until), size < 0);
      rest = rest.subarray(until);
    }
  };
}

/** Bytes of the body; -1 when the sender ends it in another way than by a length. */
function lengthOf(head: string): number {
  const found = /\r\ncontent-length: *(\d+)/i.exec(head);
  if (found?.[1] !== undefined) return Number(found[1]);
  return /\r\ntransfer-encoding:/i.test(head) ? -1 : 0;
}

/** Status of a response's head; 0 when it is none. */
export function statusOf(head: string): number {
  const status = Number(head.slice(9, 12));
  return head.startsWith('HTTP/1.') && Number.isInteger(status) ? status : 0;
}
