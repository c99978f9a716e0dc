import type { Daily, Schedule } from '../reading/pace.ts';
import type { Words } from '../words/words.ts';
import { span } from './time.ts';

/** Any Sunday, at noon: for the names of the days. */
const SUNDAY = Date.UTC(2026, 0, 4, 12);
const DAY = 86_400_000;
const EVERY_DAY = '0,1,2,3,4,5,6';
const WEEKDAYS = '1,2,3,4,5';
const WEEKENDS = '0,6';

/** What a schedule tells and when it comes next, for everybody. */
export function scheduleText(schedule: Schedule, words: Words): string {
  const { amount, mention, next, rhythm } = schedule;
  const what =
    amount === 'chapter' ? words('schedule.chapter') : words('schedule.amount', { count: amount });
  const when =
    'every' in rhythm
      ? words('schedule.every', { time: span(rhythm.every, words('locale')) ?? '' })
      : dailyText(rhythm, words);
  const seconds = Math.floor(next / 1000);
  return [
    words('schedule.holds', { what, when }),
    words('schedule.next', { date: `<t:${seconds}:F>`, distance: `<t:${seconds}:R>` }),
    ...(mention ? [words('schedule.mentions', { role: `<@&${mention}>` })] : []),
  ].join(' ');
}

/**
 * The short message before a telling: that it is late, and who is called. `missed` tellings fell
 * due without being told, this one among them. Nothing to say: none.
 */
export function lateNote(
  { mention, next }: Schedule,
  missed: number,
  words: Words,
): string | undefined {
  const late = words('schedule.missed', {
    count: missed,
    due: `<t:${Math.floor(next / 1000)}:f>`,
  });
  const lines = [
    ...(mention ? [words('schedule.calls', { role: `<@&${mention}>` })] : []),
    ...(missed > 0 ? [late] : []),
  ];
  return lines.length > 0 ? lines.join('\n') : undefined;
}

function dailyText({ at, zone, days }: Daily, words: Words): string {
  const time = clockTime(at);
  const place = zone.replaceAll('_', ' ');
  const key = days.toSorted().join(',');
  if (key === EVERY_DAY) return words('schedule.daily', { time, zone: place });
  if (key === WEEKDAYS) return words('schedule.weekdays', { time, zone: place });
  if (key === WEEKENDS) return words('schedule.weekends', { time, zone: place });
  const locale = words('locale');
  const name = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' });
  const names = days.map((day) => name.format(SUNDAY + day * DAY));
  const list = new Intl.ListFormat(locale).format(names);
  return words('schedule.days', { days: list, time, zone: place });
}

/** "21:30", of minutes after midnight. */
function clockTime(minutes: number): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
