/** Reads the body of a request up to a limit. */

/** The bytes; undefined when there are more than `most`. */
export async function readBytes(request: Request, most: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const announced = Number(request.headers.get('content-length') ?? Number.NaN);
  if (announced > most) return undefined;
  if (announced <= most) {
    // The server does not read beyond the announced length.
    const whole = new Uint8Array(await request.arrayBuffer());
    return whole.length > most ? undefined : whole;
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.length;
    if (length > most) return undefined;
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}
