import { isIP } from 'node:net';
import { levels } from 'pino';
import type { ShardRange } from './shards.ts';

export interface Config {
  /** Without it the rehearsal opens. */
  readonly token?: string;
  /** Base of Discord's REST API, without the version and without a slash at the end. */
  readonly apiUrl: string;
  readonly storyDir: string;
  readonly storeUrl: string;
  readonly logLevel: string;
  readonly rehearsalPort: number;
  /** Where /healthz, /readyz and /metrics are served; nowhere without a port. */
  readonly health?: { readonly host: string; readonly port: number };
  /** The shards that this process runs; without it, all that Discord recommends. */
  readonly shards?: ShardRange;
  /** Whether STORE_URL is a store that several processes can use. */
  readonly isStoreShared: boolean;
}

/** A setting that can't be used; the message names it and says what it takes. */
export class ConfigError extends Error {}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the settings of `.env.example`. Throws `ConfigError` for the first that can't be used. */
export function readConfig(env: Environment): Config {
  const token = env['DISCORD_TOKEN']?.trim();
  const health = healthAddress(env);
  const storeUrl = readStoreUrl(env);
  const isStoreShared = !/^(sqlite|memory):/i.test(storeUrl);
  const shards = shardRange(setting(env, 'SHARDS', 'auto'), optional(env, 'SHARD_COUNT'));
  if (shards !== undefined && shards.last - shards.first + 1 < shards.count && !isStoreShared) {
    throw new ConfigError(
      'SHARDS leaves shards to others, who cannot share the store of STORE_URL: run all shards here, or keep places in Redis or PostgreSQL.',
    );
  }
  return {
    ...(token && { token }),
    apiUrl: httpUrl('DISCORD_API_URL', setting(env, 'DISCORD_API_URL', 'https://discord.com/api')),
    storyDir: setting(env, 'STORY_DIR', 'story'),
    storeUrl,
    isStoreShared,
    ...(shards && { shards }),
    // The rehearsal is a conversation: everyday log lines would stand in the middle of it.
    logLevel: logLevel(setting(env, 'LOG_LEVEL', token ? 'info' : 'warn')),
    rehearsalPort: port('REHEARSAL_PORT', setting(env, 'REHEARSAL_PORT', '4242')),
    ...(health && { health }),
  };
}

/** STORE_URL alone, for whoever only works on the store. Throws `ConfigError`. */
export function readStoreUrl(env: Environment): string {
  return setting(env, 'STORE_URL', 'sqlite:data/lamplight.sqlite');
}

function setting(env: Environment, name: string, fallback: string): string {
  const value = (env[name] ?? fallback).trim();
  if (value === '') throw new ConfigError(`${name} is empty: give it a value or leave it out.`);
  return value;
}

function optional(env: Environment, name: string): string | undefined {
  return env[name] === undefined ? undefined : setting(env, name, '');
}

/** `auto` is none: Discord says how many there are, and all of them run here. */
function shardRange(shards: string, countText: string | undefined): ShardRange | undefined {
  if (shards.toLowerCase() === 'auto') {
    if (countText === undefined) return undefined;
    throw new ConfigError(
      'SHARD_COUNT goes with a range in SHARDS, such as 0-7: set both, or leave both out.',
    );
  }
  const [, first, last = first] = /^(\d{1,5})(?:\s*-\s*(\d{1,5}))?$/.exec(shards) ?? [];
  if (first === undefined) {
    throw new ConfigError(
      'SHARDS names no shards: write auto, one number, or a range such as 0-7.',
    );
  }
  if (countText === undefined) {
    throw new ConfigError(
      'SHARDS needs SHARD_COUNT beside it: how many shards there are in all processes together.',
    );
  }
  const count = Number(countText);
  if (!/^\d{1,5}$/.test(countText) || count < 1) {
    throw new ConfigError('SHARD_COUNT is no number of shards: choose a whole number from 1 on.');
  }
  if (Number(last) < Number(first)) {
    throw new ConfigError('SHARDS ends before it begins: write the lower number first.');
  }
  if (Number(last) >= count) {
    throw new ConfigError(
      `SHARDS goes too far: of ${count} shards (SHARD_COUNT), the first is 0 and the last ${count - 1}.`,
    );
  }
  return { first: Number(first), last: Number(last), count };
}

function httpUrl(name: string, value: string): string {
  if (!/^https?:$/.test(URL.parse(value)?.protocol ?? '')) {
    throw new ConfigError(`${name} is not a web address: it must begin with https:// or http://.`);
  }
  return value.replace(/\/+$/, '');
}

function logLevel(value: string): string {
  const known = [...Object.values(levels.labels), 'silent'];
  if (!known.includes(value)) {
    throw new ConfigError(`LOG_LEVEL is no level of the log: choose one of ${known.join(', ')}.`);
  }
  return value;
}

function healthAddress(env: Environment): Config['health'] {
  if (env['HEALTH_PORT'] === undefined) return undefined;
  const host = setting(env, 'HEALTH_HOST', '127.0.0.1');
  if (isIP(host) === 0 && host !== 'localhost') {
    throw new ConfigError(
      'HEALTH_HOST is no address: choose one of this machine, such as 0.0.0.0 for all.',
    );
  }
  return { host, port: port('HEALTH_PORT', setting(env, 'HEALTH_PORT', '')) };
}

function port(name: string, value: string): number {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < 1 || number > 65_535) {
    throw new ConfigError(`${name} is no port: choose a number from 1 to 65535.`);
  }
  return number;
}
