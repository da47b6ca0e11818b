import type { Written } from '../../judge/incident.ts';

/** Matches a list of numbers that JSON.stringify broke into lines. */
const NUMBERS = /\[\n\s+(?:(?:null|-?[\d.e+-]+),?\s+)+\]/g;

/** Formats an incident for a person who adds the truth by hand: each series is one line. */
export function textOf(incident: Written): string {
  const text = JSON.stringify(incident, null, 2);
  return `${text.replaceAll(NUMBERS, (list) => list.replaceAll(/\s+/g, ' '))}\n`;
}
