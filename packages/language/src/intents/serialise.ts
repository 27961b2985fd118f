/**
 * A model as bytes, to be kept with the published pack: whole numbers in seven-bit groups, lists with their length before
 * them, ascending lists as differences. Reading checks everything that it uses as an index, so that broken or foreign
 * bytes give no model instead of a wrong one.
 */
import { BUCKETS } from './hash.ts';
import { assembleModel, type IntentModel, type Learned } from './model.ts';

/** Raised when bytes of an earlier form can no longer be read; such a model is trained anew. */
const FORM = 1;
const MAGIC = 0x485a;
/** Twice 2^31: nothing in a model is larger. */
const MOST_GROUPS = 5;

/** Writes a model as bytes. The same model gives the same bytes. */
export function serialiseIntents(model: IntentModel): Uint8Array {
  const out = createWriter();
  out.whole(MAGIC);
  out.whole(FORM);
  out.list(model.intents, out.text);
  out.float(model.thresholds.accept);
  out.float(model.thresholds.clarify);
  out.ascending(model.buckets);
  out.list(model.words, out.text);
  out.list([...model.scales], out.float);
  out.list([...model.biases], out.float);
  out.list([...model.classOfPhrase], out.whole);
  out.bytes(new Uint8Array(model.weights.buffer, model.weights.byteOffset, model.weights.length));
  for (const [feature, start] of model.starts.subarray(0, -1).entries()) {
    out.ascending([...model.phrases.subarray(start, model.starts[feature + 1])]);
  }
  out.bytes(model.shares);
  return out.end();
}

/** Reads what `serialiseIntents` wrote; undefined when the bytes are of another form or broken. */
export function deserialiseIntents(bytes: Uint8Array): IntentModel | undefined {
  try {
    const learned = readLearned(createReader(bytes));
    return learned === undefined ? undefined : assembleModel(learned);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function readLearned(input: Reader): Learned | undefined {
  if (input.whole() !== MAGIC || input.whole() !== FORM) return undefined;
  const head = {
    intents: input.list(input.text),
    thresholds: { accept: input.float(), clarify: input.float() },
    buckets: input.ascending(),
    words: input.list(input.text),
    scales: Float32Array.from(input.list(input.float)),
    biases: Float32Array.from(input.list(input.float)),
    classOfPhrase: Uint32Array.from(input.list(input.whole)),
  };
  const weights = Int8Array.from(input.bytes());
  const starts = new Uint32Array(head.buckets.length + 1);
  const phrases: number[] = [];
  for (let feature = 0; feature < head.buckets.length; feature += 1) {
    for (const phrase of input.ascending()) phrases.push(phrase);
    starts[feature + 1] = phrases.length;
  }
  const learned = { ...head, weights, starts, phrases: Uint32Array.from(phrases), shares: input.bytes() };
  return input.atEnd() && fits(learned) ? learned : undefined;
}

/** True when every index of a model lies inside the list it points into. */
function fits(learned: Learned): boolean {
  const classes = learned.intents.length + 1;
  const width = learned.buckets.length;
  return (
    learned.scales.length === classes &&
    learned.biases.length === classes &&
    learned.weights.length === width * classes &&
    learned.shares.length === learned.phrases.length &&
    learned.buckets.every((bucket) => bucket < BUCKETS) &&
    learned.classOfPhrase.every((one) => one < classes) &&
    learned.phrases.every((phrase) => phrase < learned.classOfPhrase.length)
  );
}

type Reader = ReturnType<typeof createReader>;

function createWriter() {
  const written: number[] = [];
  const float = new DataView(new ArrayBuffer(8));
  const writer = {
    whole(value: number): void {
      let rest = value;
      for (; rest > 0x7f; rest = Math.floor(rest / 128)) written.push((rest % 128) | 0x80);
      written.push(rest);
    },
    float(value: number): void {
      float.setFloat64(0, value);
      for (let at = 0; at < 8; at += 1) written.push(float.getUint8(at));
    },
    text(value: string): void {
      writer.whole(value.length);
      for (let at = 0; at < value.length; at += 1) writer.whole(value.charCodeAt(at));
    },
    list<T>(values: readonly T[], write: (value: T) => void): void {
      writer.whole(values.length);
      for (const value of values) write(value);
    },
    ascending(values: readonly number[]): void {
      writer.whole(values.length);
      for (const [index, value] of values.entries()) writer.whole(value - (values[index - 1] ?? 0));
    },
    bytes(values: Uint8Array): void {
      writer.whole(values.length);
      for (const value of values) written.push(value);
    },
    end: () => Uint8Array.from(written),
  };
  return writer;
}

/** Reads from the start on. Running over the end, or a number too large, is a RangeError. */
function createReader(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const reader = {
    whole(): number {
      let value = 0;
      for (let group = 0; group < MOST_GROUPS; group += 1) {
        const byte = view.getUint8(at);
        at += 1;
        value += (byte & 0x7f) * 128 ** group;
        if (byte < 0x80) return value;
      }
      throw new RangeError('A number is too large');
    },
    float(): number {
      at += 8;
      return view.getFloat64(at - 8);
    },
    /** Every entry takes at least one byte: a longer list than the rest of the bytes cannot be. */
    count(): number {
      const count = reader.whole();
      if (count > bytes.length - at) throw new RangeError('A list is longer than its bytes');
      return count;
    },
    text: () => Array.from({ length: reader.count() }, () => String.fromCharCode(reader.whole())).join(''),
    list: <T>(read: () => T): T[] => Array.from({ length: reader.count() }, read),
    ascending(): number[] {
      let value = 0;
      return reader.list(() => {
        value += reader.whole();
        return value;
      });
    },
    bytes(): Uint8Array {
      const count = reader.count();
      at += count;
      return bytes.slice(at - count, at);
    },
    atEnd: () => at === bytes.length,
  };
  return reader;
}
