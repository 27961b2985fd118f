/**
 * One webhook body as it lies in the spool: a mark, length, checksum, then the time of arrival, the channel type and the raw
 * bytes. A record that a crash or a full disk cut off is passed over: nobody was told that it is kept. Behind it the next
 * mark is looked for, because other processes write to the same file.
 */
import { crc32 } from 'node:zlib';

export interface SpooledBody {
  channelType: string;
  /** Arrival, milliseconds since 1970. */
  at: number;
  raw: Buffer;
}

const MARK = Buffer.from('\u0000HZR\u0001\r\n\u0000', 'latin1');
const FRAME = MARK.length + 8;
const HEAD = 9;

export function encodeRecord({ channelType, at, raw }: SpooledBody): Buffer {
  const name = Buffer.from(channelType, 'latin1');
  const record = Buffer.alloc(FRAME + HEAD + name.length + raw.length);
  MARK.copy(record);
  record.writeUInt32BE(record.length - FRAME, MARK.length);
  record.writeDoubleBE(at, FRAME);
  record.writeUInt8(name.length, FRAME + 8);
  name.copy(record, FRAME + HEAD);
  raw.copy(record, FRAME + HEAD + name.length);
  record.writeUInt32BE(crc32(record.subarray(FRAME)), MARK.length + 4);
  return record;
}

/** Every whole record; `torn` is the number of bytes that belong to none. */
export function decodeRecords(bytes: Buffer): { records: SpooledBody[]; torn: number } {
  const records: SpooledBody[] = [];
  let torn = bytes.length;
  for (let at = bytes.indexOf(MARK); at !== -1; ) {
    const content = contentAt(bytes, at);
    if (content !== undefined) {
      records.push(readContent(content));
      torn -= FRAME + content.length;
    }
    at = bytes.indexOf(MARK, content === undefined ? at + 1 : at + FRAME + content.length);
  }
  return { records, torn };
}

function contentAt(bytes: Buffer, at: number): Buffer | undefined {
  if (bytes.length < at + FRAME + HEAD) return undefined;
  const length = bytes.readUInt32BE(at + MARK.length);
  const content = bytes.subarray(at + FRAME, at + FRAME + length);
  const whole = length >= HEAD && content.length === length && crc32(content) === bytes.readUInt32BE(at + MARK.length + 4);
  return whole ? content : undefined;
}

function readContent(content: Buffer): SpooledBody {
  const body = HEAD + content.readUInt8(8);
  return { channelType: content.toString('latin1', HEAD, body), at: content.readDoubleBE(0), raw: content.subarray(body) };
}
