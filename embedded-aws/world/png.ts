import { crc32, deflateSync, inflateSync } from 'node:zlib';

/** Red, green and blue, 0 to 255 each. */
export type Colour = readonly [number, number, number];

/** A picture in columns and rows. Row 0 is at the top. */
export class Picture {
  readonly width: number;
  readonly height: number;
  /** Three bytes per pixel, row by row. */
  readonly bytes: Buffer;

  constructor(width: number, height: number, bytes = Buffer.alloc(width * height * 3, 255)) {
    this.width = width;
    this.height = height;
    this.bytes = bytes;
  }

  /** Sets a pixel; ignores positions outside the picture. */
  set(column: number, row: number, colour: Colour): void {
    if (column < 0 || column >= this.width || row < 0 || row >= this.height) return;
    this.bytes.set(colour, (row * this.width + column) * 3);
  }

  is(column: number, row: number, colour: Colour): boolean {
    const at = (row * this.width + column) * 3;
    return colour.every((part, index) => this.bytes[at + index] === part);
  }
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Bit depth 8, truecolour, and the only defined methods of compression, filtering and interlacing. */
const KIND = Buffer.from([8, 2, 0, 0, 0]);

/** Writes a PNG: truecolour, eight bits, every row unfiltered. https://www.w3.org/TR/png-3/ */
export function writePng({ width, height, bytes }: Picture): Buffer {
  const size = Buffer.alloc(8);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  const rows = Array.from({ length: height }, (_, row) => [
    Buffer.alloc(1),
    bytes.subarray(row * width * 3, (row + 1) * width * 3),
  ]);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', Buffer.concat([size, KIND])),
    chunk('IDAT', deflateSync(Buffer.concat(rows.flat()))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

/**
 * Reads a file that `writePng` wrote, and checks all of it: signature, checksums, order, size.
 * @throws Error for any other file
 */
export function readPng(file: Buffer): Picture {
  demand(file.subarray(0, 8).equals(SIGNATURE), 'the signature is another');
  const [head, ...rest] = chunksOf(file);
  const end = rest.pop();
  demand(head?.type === 'IHDR' && head.content.subarray(8).equals(KIND), 'it is of another kind');
  demand(end?.type === 'IEND' && end.content.length === 0, 'it does not end');
  demand(rest.length > 0 && rest.every(({ type }) => type === 'IDAT'), 'it has other chunks');
  const [width, height] = [head.content.readUInt32BE(0), head.content.readUInt32BE(4)];
  const data = inflateSync(Buffer.concat(rest.map(({ content }) => content)));
  const stride = width * 3 + 1;
  demand(data.length === stride * height, 'it has more or fewer pixels than it says');
  const rows = Array.from({ length: height }, (_, row) => data.subarray(row * stride, (row + 1) * stride));
  demand(
    rows.every((row) => row[0] === 0),
    'a row is filtered',
  );
  return new Picture(width, height, Buffer.concat(rows.map((row) => row.subarray(1))));
}

function chunksOf(file: Buffer): readonly { readonly type: string; readonly content: Buffer }[] {
  const chunks = [];
  for (let at = 8; at < file.length;) {
    demand(file.length >= at + 12, 'a chunk is cut off');
    const length = file.readUInt32BE(at);
    const end = at + 8 + length;
    demand(file.length >= end + 4, 'a chunk is cut off');
    const named = file.subarray(at + 4, end);
    demand(file.readUInt32BE(end) === crc32(named), 'a checksum is wrong');
    chunks.push({ type: named.toString('latin1', 0, 4), content: named.subarray(4) });
    at = end + 4;
  }
  return chunks;
}

function demand(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(`not a PNG from writePng: ${what}`);
}
