/** Discord's styles of a timestamp; discord.com/developers/docs/reference#message-formatting-timestamp-styles */
const STYLES: Record<string, Intl.DateTimeFormatOptions> = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
};
const UNITS = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

/** A timestamp as the client shows it, in English and the machine's time zone. */
export function timestampText(seconds: number, style: string, now: number): string {
  const moment = new Date(seconds * 1000);
  if (Number.isNaN(moment.getTime())) return 'Invalid Date';
  if (style === 'R') return relative(seconds - Math.round(now / 1000));
  return new Intl.DateTimeFormat('en-GB', STYLES[style] ?? STYLES['f']).format(moment);
}

function relative(seconds: number): string {
  const [unit, length] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? ['second', 1];
  const format = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  return format.format(Math.round(seconds / length), unit);
}
