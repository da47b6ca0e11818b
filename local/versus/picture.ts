import { ARM_NAMES, type ArmName } from './arms.ts';
import type { StoryResult, VersusResult } from './result.ts';

/** Seconds that fill the width of the bars. A longer bar is cut, and its number says how long it is. */
const WIDEST_SECONDS = 400;

const WIDTH = 880;
const LABELS = 170;
const NUMBERS = 70;
const BAR = 10;
const STORY = ARM_NAMES.length * (BAR + 1) + 16;
const LEGEND = 70;

/** Every colour is readable on the white and on the dark background of GitHub: a picture cannot ask which it is on. */
const TEXT = '#768390';
const COLOURS: Readonly<Record<ArmName, string>> = {
  nothing: '#9a9fa6',
  natives0: '#c9803a',
  natives10: '#e3b341',
  lastgood: '#6aa5e8',
  both: '#2f81f7',
  lookout: '#2da44e',
};

const MEANINGS: Readonly<Record<ArmName, string>> = {
  nothing: 'nothing',
  natives0: 'AWS, bake 0',
  natives10: 'AWS, bake 10 min',
  lastgood: 'Lastgood alone',
  both: 'AWS and Lastgood',
  lookout: 'and the lookout',
};

/** Returns the bars of seconds bad, by story and arm, as the text of an SVG. */
export function pictureOf({ stories }: VersusResult): string {
  const height = LEGEND + stories.length * STORY;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="title" font-family="system-ui, sans-serif" font-size="12" fill="${TEXT}">`,
    '<title id="title">Seconds for which users hurt, by story and arm</title>',
    '<text x="0" y="16" font-size="15" font-weight="600">Seconds for which users hurt after a bad release</text>',
    ...ARM_NAMES.flatMap(legend),
    ...stories.flatMap(bars),
    '</svg>',
  ].join('\n')}\n`;
}

function legend(arm: ArmName, place: number): readonly string[] {
  const x = place * (WIDTH / ARM_NAMES.length);
  return [
    `<rect x="${Math.round(x)}" y="32" width="10" height="10" fill="${COLOURS[arm]}"/>`,
    `<text x="${Math.round(x) + 15}" y="41">${MEANINGS[arm]}</text>`,
  ];
}

function bars({ name, arms }: StoryResult, place: number): readonly string[] {
  const top = LEGEND + place * STORY;
  const middle = top + (ARM_NAMES.length * (BAR + 1)) / 2 + 4;
  return [
    `<text x="${LABELS - 12}" y="${middle}" text-anchor="end">${escaped(name)}</text>`,
    ...ARM_NAMES.flatMap((arm, row) => bar(arms[arm].badSeconds, COLOURS[arm], top + row * (BAR + 1))),
  ];
}

function bar(seconds: number, colour: string, y: number): readonly string[] {
  const whole = WIDTH - LABELS - NUMBERS;
  const width = Math.round((Math.min(seconds, WIDEST_SECONDS) / WIDEST_SECONDS) * whole);
  const isCut = seconds > WIDEST_SECONDS;
  return [
    `<rect x="${LABELS}" y="${y}" width="${Math.max(width, 1)}" height="${BAR}" fill="${colour}"/>`,
    `<text x="${LABELS + width + 5}" y="${y + BAR - 1}" font-size="10">${isCut ? '→ ' : ''}${seconds.toLocaleString('en-US')}</text>`,
  ];
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
