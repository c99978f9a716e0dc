import { crc32, deflateRawSync } from 'node:zlib';

/** A file to be packed, with whatever its directory entry shall say wrongly of it. */
export interface Packed {
  readonly path: string;
  readonly content: string | Uint8Array;
  readonly size?: number;
  readonly crc?: number;
  readonly flags?: number;
  readonly method?: number;
}

/** A ZIP archive (APPNOTE 6.3, sections 4.3.7, 4.3.12 and 4.3.16). The first file is stored. */
export function zip(files: readonly Packed[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  files.forEach((file, index) => {
    const bytes = Buffer.from(file.content);
    const method = file.method ?? (index === 0 ? 0 : 8);
    const packed = method === 8 ? deflateRawSync(bytes) : bytes;
    const name = Buffer.from(file.path);
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(0x800 | (file.flags ?? 0), 2);
    facts.writeUInt16LE(method, 4);
    facts.writeUInt32LE(file.crc ?? crc32(bytes), 10);
    facts.writeUInt32LE(packed.length, 14);
    facts.writeUInt32LE(file.size ?? bytes.length, 18);
    facts.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), facts, name, packed]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\0', 'latin1'), facts, place, name);
    locals.push(local);
    offset += local.length;
  });
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(entries.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, entries, Buffer.from('PK\x05\x06', 'latin1'), end]);
}
