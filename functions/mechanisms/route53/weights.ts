/** The weight of each record of a set, 0 to 255, by its set identifier. */
export type Weights = Readonly<Record<string, number>>;

const MAX_WEIGHT = 255;

/** Returns the weight or share of a record; 0 if it has none. An identifier may be any text, even `toString`. */
export function weightIn(weights: Weights, identifier: string): number {
  return Object.hasOwn(weights, identifier) ? (weights[identifier] ?? 0) : 0;
}

/** Writes `blue=255 green=0`. Equal weights have equal texts. Identifiers may be any text, so they are URL-encoded. */
export function writeWeights(weights: Weights): string {
  return Object.entries(weights)
    .map(([identifier, weight]) => writeWeight(identifier, weight))
    .toSorted()
    .join(' ');
}

export function writeWeight(identifier: string, weight: number): string {
  return `${encodeURIComponent(identifier)}=${weight}`;
}

/** Reads text written by `writeWeights`; null for any other text. */
export function readWeights(text: string): Weights | null {
  const parts = text.split(' ').map(readWeight);
  const entries = parts.flatMap((part) => (part === null ? [] : [[part.id, part.weight] as const]));
  const weights = Object.fromEntries(entries);
  return entries.length === parts.length && Object.keys(weights).length === entries.length ? weights : null;
}

/** Reads text written by `writeWeight`; null for any other text. */
export function readWeight(text: string): { readonly id: string; readonly weight: number } | null {
  const [, written = '', digits = ''] = /^([^=]+)=(\d{1,3})$/.exec(text) ?? [];
  const [id, weight] = [decoded(written), Number(digits)];
  return id === '' || weight > MAX_WEIGHT ? null : { id, weight };
}

/** Writes weights for people: `blue`, `90 % blue and 10 % green`. */
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
 * Returns the share of the answers that each record gets, 0 to 1. If every weight is 0, all records get the same share
 * (API_ResourceRecordSet, Amazon Route 53): zero does not turn traffic off.
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

/**
 * Returns weights for the present records: new ones get 0. Returns the problem if a record that should serve is gone.
 */
export function fitted(
  weights: Weights,
  present: Weights,
): { readonly weights: Weights } | { readonly problem: string } {
  if (isAllZero(weights))
    return { problem: 'every weight would be 0, and Route 53 would then give all records alike' };
  const gone = Object.keys(weights).filter((id) => weightIn(weights, id) > 0 && !Object.hasOwn(present, id));
  if (gone.length > 0) return { problem: `there is no record ${gone.join(', ')} any more` };
  return { weights: Object.fromEntries(Object.keys(present).map((id) => [id, weightIn(weights, id)])) };
}

/** Returns whether every answer stays as likely: equal proportions, or one more record without traffic. */
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
