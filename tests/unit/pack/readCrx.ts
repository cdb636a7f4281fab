import { inflateRawSync } from 'node:zlib';

/** Reads a CRX3 file from Chromium's format description alone, so that a test need not trust the library that wrote it. */
export function readCrx(crx: Buffer) {
  if (crx.toString('latin1', 0, 4) !== 'Cr24' || crx.readUInt32LE(4) !== 3)
    throw new Error('not a CRX3 file');
  const headerSize = crx.readUInt32LE(8);
  const header = fields(crx.subarray(12, 12 + headerSize));
  const zip = crx.subarray(12 + headerSize);
  // CrxFileHeader: sha256_with_rsa = 2 { public_key = 1, signature = 2 }, signed_header_data = 10000 { crx_id = 1 }
  const proof = fields(only(header, 2));
  const signedHeader = only(header, 10_000);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(signedHeader.length);

  const files = unzip(zip);
  return {
    publicKey: only(proof, 1),
    signature: only(proof, 2),
    /** The bytes that the signature is over. */
    signed: Buffer.concat([Buffer.from('CRX3 SignedData\0'), size, signedHeader, zip]),
    extensionId: [...only(fields(signedHeader), 1).toString('hex')]
      .map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)))
      .join(''),
    names: [...files.keys()],
    file: (name: string): string => {
      const content = files.get(name);
      if (!content) throw new Error(`${name} is not in the CRX`);
      return content.toString('utf8');
    },
  };
}

type Field = { number: number; bytes: Buffer };

function only(all: Field[], number: number): Buffer {
  const [found, ...more] = all.filter((field) => field.number === number);
  if (!found || more.length > 0) throw new Error(`field ${number} is there ${found ? 'twice' : 'never'}`);
  return found.bytes;
}

/** Protobuf fields of type bytes; the CRX header has no others. */
function fields(message: Buffer): Field[] {
  const all: Field[] = [];
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = message.readUInt8(at++);
      value += (byte & 127) * shift;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const tag = varint();
    if (tag % 8 !== 2) throw new Error(`field type ${tag % 8} does not belong in a CRX header`);
    const length = varint();
    all.push({ number: Math.floor(tag / 8), bytes: message.subarray(at, at + length) });
    at += length;
  }
  return all;
}

/** By the central directory, as Chrome reads it. */
function unzip(zip: Buffer): Map<string, Buffer> {
  const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  const files = new Map<string, Buffer>();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [nameSize, extraSize, noteSize] = [28, 30, 32].map((field) => zip.readUInt16LE(at + field)) as [
      number,
      number,
      number,
    ];
    const name = zip.toString('utf8', at + 46, at + 46 + nameSize);
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const content = zip.subarray(start, start + zip.readUInt32LE(at + 20));
    files.set(name, zip.readUInt16LE(at + 10) === 8 ? inflateRawSync(content) : content);
    at += 46 + nameSize + extraSize + noteSize;
  }
  return files;
}
