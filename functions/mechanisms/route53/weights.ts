/** The weight of each record of a set, 0 to 255, by its set identifier. */
export type Weights = Readonly<Record<string, number>>;

const MAX_WEIGHT = 255;

/** The weight or share of a record, 0 where it has none. An identifier may be any text, `toString` too. */
export function weightIn(weights: Weights, identifier: string): number {
  return Object.hasOwn(weights, identifier) ? (weights[identifier] ?? 0) : 0;
}

/** `blue=255 green=0`: equal texts are equal weights. Identifiers may be any text, so they are written as in a URL. */
export function writeWeights(weights: Weights): string {
  return Object.entries(weights)
    .map(([identifier, weight]) => writeWeight(identifier, weight))
    .toSorted()
    .join(' ');
}

export function writeWeight(identifier: string, weight: number): string {
  return `${encodeURIComponent(identifier)}=${weight}`;
}

/** Reads what `writeWeights` wrote; null for any other text. */
export function readWeights(text: string): Weights | null {
  const parts = text.split(' ').map(readWeight);
  const entries = parts.flatMap((part) => (part === null ? [] : [[part.id, part.weight] as const]));
  const weights = Object.fromEntries(entries);
  return entries.length === parts.length && Object.keys(weights).length === entries.length ? weights : null;
}

/** Reads what `writeWeight` wrote; null for any other text. */
export function readWeight(text: string): { readonly id: string; readonly weight: number } | null {
  const [, written = '', digits = ''] = /^([^=]+)=(\d{1,3})$/.exec(text) ?? [];
  const [id, weight] = [decoded(written), Number(digits)];
  return id === '' || weight > MAX_WEIGHT ? null : { id, weight };
}

/** As a person would say it: `blue`, `90 % blue and 10 % green`. */
export function nameWeights(weights: Weights): string {
  if (isAllZero(weights)) return `${Object.keys(weights).join(' and ')} alike (every weight is 0)`;
  const served = Object.entries(sharesOf(weights)).filter(([, share]) => share > 0);
  const [only, another] = served;
  if (only !== undefined && another === undefined) return only[0];
  return served
    .toSorted(([, one], [, other]) => other - one)
    .map(([identifier, share]) => `${Math.round(100 * share)} % ${identifier}`)
    .join(' and ');
}

/**
 * The share of the answers that each record gets, 0 to 1. Where every weight is 0, all get the same (API_ResourceRecordSet,
 * Amazon Route 53): it does not turn traffic off.
 */
export function sharesOf(weights: Weights): Weights {
  const entries = Object.entries(weights);
  const sum = entries.reduce((total, [, weight]) => total + weight, 0);
  return Object.fromEntries(
    entries.map(([identifier, weight]) => [identifier, sum === 0 ? 1 / entries.length : weight / sum]),
  );
}

export function isAllZero(weights: Weights): boolean {
  return Object.values(weights).every((weight) => weight === 0);
}

export function isSame(one: Weights, other: Weights): boolean {
  return writeWeights(one) === writeWeights(other);
}

/** Weights for the records that there are now: new ones get 0. The problem, where one that should serve is gone. */
export function fitted(
  weights: Weights,
  present: Weights,
): { readonly weights: Weights } | { readonly problem: string } {
  if (isAllZero(weights))
    return { problem: 'every weight would be 0, which Route 53 answers with all records alike' };
  const gone = Object.keys(weights).filter((id) => weightIn(weights, id) > 0 && !Object.hasOwn(present, id));
  if (gone.length > 0) return { problem: `there is no record ${gone.join(', ')} any more` };
  return { weights: Object.fromEntries(Object.keys(present).map((id) => [id, weightIn(weights, id)])) };
}

/** Whether every answer would be as likely as it is: weights in the same proportion, or a record more that gets nothing. */
export function changesNothing(weights: Weights, present: Weights): boolean {
  const fits = fitted(weights, present);
  if ('problem' in fits) return false;
  const [then, now] = [sharesOf(fits.weights), sharesOf(present)];
  return Object.keys(present).every((identifier) => weightIn(then, identifier) === weightIn(now, identifier));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
