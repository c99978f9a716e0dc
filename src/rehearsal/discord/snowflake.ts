import { createHash, randomInt } from 'node:crypto';

/** The first second of 2015, Discord's epoch, in ms: docs.discord.com, "Snowflakes". */
const EPOCH = 1_420_070_400_000;
const STABLE_FROM = Date.UTC(2021, 0, 1) - EPOCH;
const STABLE_FOR = Date.UTC(2024, 0, 1) - Date.UTC(2021, 0, 1);

/** An id that is the same for the same name in every run, as if made between 2021 and 2024. */
export function stableId(name: string): string {
  const hash = createHash('sha256').update(name).digest();
  const ms = STABLE_FROM + (hash.readUIntBE(0, 6) % STABLE_FOR);
  return String((BigInt(ms) << 22n) | BigInt(hash.readUInt32BE(6) >>> 10));
}

/** Makes ids from the time: each above the one before, and unlike those of another run. */
export function snowflakes(now: () => number): () => string {
  const worker = BigInt(randomInt(1024)) << 12n;
  let last = 0n;
  return () => {
    const fromTime = (BigInt(Math.floor(now()) - EPOCH) << 22n) | worker;
    last = fromTime > last ? fromTime : last + 1n;
    return String(last);
  };
}
