import { createHash } from 'node:crypto';
import type { Revision } from '../../../src/rollback/plan.ts';

export type Variables = Readonly<Record<string, string>>;

/**
 * The longest side that is written with its variables. Two of them, shares and an instant fit into a key of DynamoDB,
 * which holds 1,024 bytes.
 */
const MAX_CHARACTERS = 400;

/**
 * Writes a deployment and its stage variables: `abc123`, `abc123?backend=v1&mode=x`. Equal sides have equal texts. Stage
 * variables hold no secrets (https://docs.aws.amazon.com/apigateway/latest/developerguide/stage-variables.html). Where
 * they are long, only their digest is written: `abc123?sha256:0f1e2d3c4b5a`.
 */
export function writeSide(deploymentId: string, variables: Variables): string {
  const pairs = Object.entries(variables).toSorted(([one], [other]) => (one < other ? -1 : 1));
  if (pairs.length === 0) return deploymentId;
  const written = pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  const whole = `${deploymentId}?${written}`;
  return whole.length <= MAX_CHARACTERS ? whole : `${deploymentId}?${DIGEST}${digestOf(written)}`;
}

const DIGEST = 'sha256:';

export function deploymentIn(side: string): string {
  return side.split('?')[0] ?? '';
}

/** Returns the variables of a side; null: only their digest is known. */
export function variablesIn(side: string): Variables | null {
  const written = side.slice(deploymentIn(side).length + 1);
  if (written.startsWith(DIGEST)) return null;
  const pairs = written.split('&').filter((pair) => pair !== '');
  return Object.fromEntries(
    pairs.map((pair) => {
      const [name = '', value = ''] = pair.split('=');
      return [name, decodeURIComponent(value)];
    }),
  );
}

const SIDE = /^[a-z0-9]+(?:\?(?:sha256:[0-9a-f]+|\w+=[^\s,=&]*(?:&\w+=[^\s,=&]*)*))?$/;

/** Says whether a text may be one that `writeSide` wrote. */
export function isSide(text: string): boolean {
  return SIDE.test(text);
}

/** Returns a side as `writeSide` writes it, because people sort and encode variables otherwise. Null: it is none. */
export function readSide(text: string): string | null {
  if (!isSide(text)) return null;
  try {
    const variables = variablesIn(text);
    return variables === null ? text : writeSide(deploymentIn(text), variables);
  } catch {
    return null; // A value is not encoded: `%zz`.
  }
}

/** Returns the revision of a side. Its text is its name, too. */
export function revisionOf(side: string): Revision {
  return { id: side, name: side };
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
