/**
 * One webhook body as it lies in a segment file: length, checksum, then the time of arrival, the channel type and the raw
 * bytes. A record that a crash cut off, or that lies behind one, is not read: nobody was told that it is kept.
 */
import { crc32 } from 'node:zlib';

export interface SpooledBody {
  channelType: string;
  /** Arrival, milliseconds since 1970. */
  at: number;
  raw: Buffer;
}

const FRAME = 8;
const HEAD = 9;

export function encodeRecord({ channelType, at, raw }: SpooledBody): Buffer {
  const name = Buffer.from(channelType, 'latin1');
  const record = Buffer.alloc(FRAME + HEAD + name.length + raw.length);
  record.writeUInt32BE(record.length - FRAME, 0);
  record.writeDoubleBE(at, FRAME);
  record.writeUInt8(name.length, FRAME + 8);
  name.copy(record, FRAME + HEAD);
  raw.copy(record, FRAME + HEAD + name.length);
  record.writeUInt32BE(crc32(record.subarray(FRAME)), 4);
  return record;
}

/** Whole records from the beginning; `good` is the number of bytes that they take. */
export function decodeRecords(bytes: Buffer): { records: SpooledBody[]; good: number } {
  const records: SpooledBody[] = [];
  let good = 0;
  while (bytes.length - good >= FRAME + HEAD) {
    const length = bytes.readUInt32BE(good);
    const content = bytes.subarray(good + FRAME, good + FRAME + length);
    // Zeros, which a crash may leave behind, would be an empty record with the right checksum.
    if (length < HEAD || content.length < length || crc32(content) !== bytes.readUInt32BE(good + 4)) break;
    const body = HEAD + content.readUInt8(8);
    records.push({
      channelType: content.toString('latin1', HEAD, body),
      at: content.readDoubleBE(0),
      raw: content.subarray(body),
    });
    good += FRAME + length;
  }
  return { records, good };
}
