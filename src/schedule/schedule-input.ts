import { fold } from '../message/choice.ts';

const MINUTE = 60_000;
const UNITS = { m: MINUTE, h: 60 * MINUTE, d: 1440 * MINUTE };
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** A span of time such as "30m", "2 hours" or "1d 12h", in ms; a bare number counts minutes. */
export function parseSpan(typed: string): number | undefined {
  const text = fold(typed);
  if (/^\d{1,6}$/.test(text)) return Number(text) * MINUTE;
  if (!/^(\d{1,6}\s*(m|min|mins|minutes?|h|hours?|d|days?)[\s,]*)+$/.test(text)) return undefined;
  let total = 0;
  for (const [, count = '', unit] of text.matchAll(/(\d+)\s*([mhd])/g)) {
    total += Number(count) * (unit === 'm' ? UNITS.m : unit === 'h' ? UNITS.h : UNITS.d);
  }
  return total;
}

/** A time of day such as "21:30", "9.05" or "9:30 pm", in minutes after midnight. */
export function parseTime(typed: string): number | undefined {
  const match = /^(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?$/.exec(fold(typed));
  if (match === null) return undefined;
  const [, hour = '', minute, half] = match;
  if (minute === undefined && half === undefined) return undefined;
  const [hours, minutes] = [Number(hour), Number(minute ?? 0)];
  if (minutes > 59) return undefined;
  if (half === undefined) return hours < 24 ? hours * 60 + minutes : undefined;
  if (hours < 1 || hours > 12) return undefined;
  return ((hours % 12) + (half === 'pm' ? 12 : 0)) * 60 + minutes;
}

/** "every day", "weekdays", "weekends", or days by name ("mon, wed and friday"); 0 is Sunday. */
export function parseDays(typed: string): number[] | undefined {
  const text = fold(typed);
  if (text === '' || /^(every ?day|daily|all)$/.test(text)) return [0, 1, 2, 3, 4, 5, 6];
  if (/^weekdays?$/.test(text)) return [1, 2, 3, 4, 5];
  if (/^weekends?$/.test(text)) return [0, 6];
  const days = text
    .split(/[\s,;+&]+|\band\b/)
    .filter((word) => word !== '')
    .map((word) => (/^[a-z]{3,9}$/.test(word) ? DAYS.indexOf(word.slice(0, 3)) : -1));
  if (days.length === 0 || days.includes(-1)) return undefined;
  return [...new Set(days)].sort();
}

/** Every IANA name that this machine knows, UTC first. */
const ZONES: readonly string[] = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])];

/** A time zone by its IANA name, whatever its case; older names too ("Asia/Calcutta"). */
export function parseZone(typed: string): string | undefined {
  const wanted = typed.trim().replaceAll(' ', '_');
  const known = ZONES.find((zone) => zone.toLowerCase() === wanted.toLowerCase());
  if (known !== undefined) return known;
  // Intl takes offsets such as "+02:00" too, which know nothing of summer.
  if (!/^[a-z]/i.test(wanted)) return undefined;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: wanted }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** The zones whose names hold what was typed, those whose city begins with it first. */
export function zonesLike(typed: string): string[] {
  const wanted = fold(typed).replaceAll(' ', '_');
  const rank = (zone: string) => {
    const name = zone.toLowerCase();
    const city = name.slice(name.lastIndexOf('/') + 1);
    return city.startsWith(wanted) ? 2 : name.includes(wanted) ? 1 : 0;
  };
  return ZONES.filter((zone) => rank(zone) > 0).sort((a, b) => rank(b) - rank(a));
}
