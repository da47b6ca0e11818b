import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

/** Parameters of deployments, by stage and name. */
export const PARAMETERS = 'params.yml';

/**
 * Checks that every parameter takes effect. The Serverless Framework ignores unknown names, and a number would lose the
 * leading zeros of an account's id.
 * @throws Error naming the value that is wrong
 */
export function checkParameters(root: string): void {
  const known = knownNames(root);
  const stages = membersOf(PARAMETERS, parse(readFileSync(path.join(root, PARAMETERS), 'utf8')));
  for (const [stage, values] of stages)
    for (const [name, value] of membersOf(`${PARAMETERS}: ${stage}`, values)) {
      const field = `${PARAMETERS}: ${stage}.${name}`;
      if (!known.has(name)) throw new Error(`${field} is not known: there are ${[...known].join(', ')}`);
      if (typeof value !== 'string') throw new Error(`${field} must be a text: put it in quotes`);
    }
}

/** Returns the names that serverless.yml reads, as `${param:accounts, ''}`. */
function knownNames(root: string): ReadonlySet<string> {
  const template = readFileSync(path.join(root, 'serverless.yml'), 'utf8');
  return new Set([...template.matchAll(/\$\{param:(\w+)/g)].map(([, name = '']) => name));
}

function membersOf(field: string, value: unknown): readonly (readonly [string, unknown])[] {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return Object.entries(value);
  throw new Error(`${field} must have names and values`);
}
