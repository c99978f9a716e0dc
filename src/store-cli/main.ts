import { config as readDotenv } from 'dotenv';
import { ConfigError, readStoreUrl } from '../config.ts';
import { passwordsIn } from '../reading/server-url.ts';
import { striker } from '../secrets.ts';
import { storeCli } from './cli.ts';

// Whoever reads only the first lines (`| head`) closes the pipe.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

const args = process.argv.slice(2);
const settings: Record<string, string> = {};
readDotenv({ quiet: true, processEnv: settings });
const env = { ...settings, ...process.env };
const strike = striker([env['STORE_URL'] ?? '', ...args].flatMap(passwordsIn));
const err = (text: string) => process.stderr.write(`${strike(text)}\n`);

try {
  process.exitCode = await storeCli(args, readStoreUrl(env), {
    out: (text) => process.stdout.write(`${strike(text)}\n`),
    err,
  });
} catch (error) {
  // A store that fails on the way, such as a server that goes away.
  const isKnown = error instanceof ConfigError || !(error instanceof Error);
  err(isKnown ? String(error) : (error.stack ?? error.message));
  process.exitCode = 1;
}
