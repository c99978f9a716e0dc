import type { Point } from './figures.ts';

export interface Series {
  readonly name: string;
  readonly points: readonly Point[];
  /** Belongs to the series before: the same colour, dashed, without a name of its own. */
  readonly isDashed?: boolean;
}

export interface Plot {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
}

export interface Axis {
  readonly name: string;
  readonly isLog?: boolean;
  /** Where it begins; the least value where absent. */
  readonly from?: number;
  /** What is written at the axis; chosen where absent. */
  readonly ticks?: readonly number[];
}

const WIDTH = 720;
const HEIGHT = 440;
const LEFT = 64;
const RIGHT = 24;
const TOP = 108;
const BOTTOM = 52;
/** Told apart by most of those who see colours differently: Okabe and Ito's, darkened and lightened. */
const LIGHT = ['#5c6670', '#9a6a00', '#0068a8', '#b8430a', '#00795a'];
const DARK = ['#aab4be', '#e6ab2e', '#58b4ec', '#f08a4b', '#36c79b'];

interface Scale {
  (value: number): number;
  readonly ticks: readonly number[];
}

/** A line chart as an SVG image, readable on its own ground whether the reader's page is light or dark. */
export function plotSvg({ title, x, y, series }: Plot): string {
  const points = series.flatMap((one) => one.points);
  const xs = scaleOf(
    x,
    points.map(([value]) => value),
    [LEFT, WIDTH - RIGHT],
  );
  const ys = scaleOf(
    y,
    points.map(([, value]) => value),
    [HEIGHT - BOTTOM, TOP],
  );
  const colours = coloured(series);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-labelledby="title">`,
    `<title id="title">${escaped(title)}</title>`,
    `<style>${style()}</style>`,
    `<rect class="ground" width="${WIDTH}" height="${HEIGHT}" rx="8"/>`,
    `<text class="title" x="${LEFT}" y="30">${escaped(title)}</text>`,
    ...legend(series, colours),
    ...ys.ticks.map((tick) => {
      const at = round(ys(tick));
      return `<path class="grid" d="M${LEFT} ${at}H${WIDTH - RIGHT}"/><text class="end" x="${LEFT - 8}" y="${at + 4}">${label(tick)}</text>`;
    }),
    ...xs.ticks.map((tick) => {
      const at = round(xs(tick));
      return `<path class="grid" d="M${at} ${TOP}V${HEIGHT - BOTTOM}"/><text class="middle" x="${at}" y="${HEIGHT - BOTTOM + 20}">${label(tick)}</text>`;
    }),
    `<text class="middle" x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 12}">${escaped(x.name)}</text>`,
    `<text x="${LEFT - 48}" y="${TOP - 12}">${escaped(y.name)}</text>`,
    ...series.map(({ points, isDashed }, index) => {
      const path = points.map(([px, py]) => `${round(xs(px))} ${round(ys(py))}`).join('L');
      const dots = points.length > 20 || isDashed ? [] : points;
      return [
        `<path class="line c${colours[index]}${isDashed ? ' dashed' : ''}" d="M${path}"/>`,
        ...dots.map(
          ([px, py]) =>
            `<circle class="dot c${colours[index]}" cx="${round(xs(px))}" cy="${round(ys(py))}" r="3.5"/>`,
        ),
      ].join('');
    }),
    '</svg>',
    '',
  ].join('\n');
}

/** The number of each series' colour. */
function coloured(series: readonly Series[]): number[] {
  let colour = -1;
  return series.map(({ isDashed }) => {
    if (!isDashed) colour += 1;
    return colour % LIGHT.length;
  });
}

/** The names in two rows at most, as they fit. */
function legend(series: readonly Series[], colours: readonly number[]): string[] {
  let [x, y] = [LEFT, 54];
  return series.flatMap(({ name, isDashed }, index) => {
    if (isDashed) return [];
    // A letter of 13 px is some 7 px wide.
    const width = 26 + name.length * 7;
    if (x + width > WIDTH - RIGHT) [x, y] = [LEFT, y + 20];
    const mark = `<path class="line c${colours[index]}" d="M${x} ${y - 4}h18"/>`;
    const text = `<text x="${x + 24}" y="${y}">${escaped(name)}</text>`;
    x += width + 14;
    return [mark + text];
  });
}

function scaleOf(
  { isLog = false, from, ticks }: Axis,
  values: readonly number[],
  [start, end]: readonly [number, number],
): Scale {
  const least = from ?? Math.min(...values);
  const all =
    ticks ?? (isLog ? logTicks(least, Math.max(...values)) : niceTicks(least, Math.max(...values)));
  const shown = isLog ? Math.log : (value: number) => value;
  const [low, high] = [shown(Math.min(least, ...all)), shown(Math.max(...values, ...all))];
  const scale = (value: number) =>
    start + ((shown(value) - low) / (high - low || 1)) * (end - start);
  return Object.assign(scale, { ticks: all });
}

/** Four to eight round numbers from `least` to beyond `most`. */
function niceTicks(least: number, most: number): number[] {
  const rough = (most - least || 1) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const first = Math.floor(least / step);
  const last = Math.ceil(most / step);
  return Array.from({ length: last - first + 1 }, (_, nth) => (first + nth) * step);
}

/** 1, 2, 5, 10, … as far as they are needed. */
function logTicks(least: number, most: number): number[] {
  const all: number[] = [];
  for (let power = 10 ** Math.floor(Math.log10(least)); power <= most; power *= 10) {
    for (const factor of [1, 2, 5, 10]) all.push(factor * power);
  }
  const first = all.findLastIndex((tick) => tick <= least);
  const last = all.findIndex((tick) => tick >= most);
  return [...new Set(all.slice(Math.max(first, 0), last < 0 ? undefined : last + 1))];
}

function label(value: number): string {
  return value >= 1000 ? value.toLocaleString('en') : String(Number(value.toPrecision(3)));
}

function style(): string {
  const colours = (list: readonly string[]) =>
    list.map((colour, index) => `.line.c${index}{stroke:${colour}}.dot.c${index}{fill:${colour}}`);
  return [
    'text{font:13px system-ui,sans-serif;fill:#3a424a}.title{font-weight:600;font-size:15px}',
    '.end{text-anchor:end}.middle{text-anchor:middle}.ground{fill:#fbfbfa}.grid{stroke:#dfe2e5}',
    '.line{fill:none;stroke-width:2;stroke-linejoin:round}.dashed{stroke-dasharray:3 4}',
    ...colours(LIGHT),
    '@media(prefers-color-scheme:dark){text{fill:#c8d0d8}.ground{fill:#16191d}.grid{stroke:#2c3238}',
    ...colours(DARK),
    '}',
  ].join('');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
