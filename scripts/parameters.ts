import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { WrongUse } from './command-line/status.ts';

/** Parameters of deployments, by stage and name. */
export const PARAMETERS = 'params.yml';

interface Form {
  readonly pattern: RegExp;
  /** Ends the sentence "must be …". */
  readonly is: string;
}

const ARN = 'arn:[a-z-]+';
const tag = '(?!aws:|lastgood(:|=))[\\w .:/+@-]{1,128}=[\\w .:/=+@-]{0,256}';

/** The forms of the values. CloudFormation would refuse a wrong one minutes later, or apply it. */
const FORMS: Readonly<Record<string, Form>> = {
  accounts: list('[0-9]{12}', 'ids of accounts, separated by commas, such as "111122223333,444455556666"'),
  organization: one('o-[a-z0-9]{10,32}', 'the id of an organization, such as o-a1b2c3d4e5'),
  bundles: list(`${ARN}:s3:::[a-z0-9.-]+`, 'ARNs of buckets, separated by commas'),
  boundary: one(`${ARN}:iam::[0-9]{12}:policy/\\S+`, 'the ARN of a managed policy'),
  topic: one(`${ARN}:sns:[a-z0-9-]+:[0-9]{12}:[\\w-]+`, 'the ARN of an SNS topic, and not of a FIFO topic'),
  key: one(`${ARN}:kms:[a-z0-9-]+:[0-9]{12}:key/[\\w-]+`, 'the ARN of a KMS key, and not of an alias'),
  tags: list(tag, 'tags such as "team=shop,cost-center=42", without lastgood, lastgood:… and aws:…'),
};

function one(pattern: string, is: string): Form {
  return { pattern: new RegExp(`^(${pattern})?$`), is };
}

function list(pattern: string, is: string): Form {
  return { pattern: new RegExp(`^(\\s*${pattern}\\s*(,\\s*${pattern}\\s*)*)?$`), is };
}

/**
 * Checks that every parameter takes effect. The Serverless Framework ignores unknown names, and a number would lose the
 * leading zeros of an account's id.
 * @throws WrongUse naming the value that is wrong
 */
export function checkParameters(root: string): void {
  const known = knownNames(root);
  const stages = membersOf(PARAMETERS, parse(readFileSync(path.join(root, PARAMETERS), 'utf8')));
  for (const [stage, values] of stages)
    for (const [name, value] of membersOf(`${PARAMETERS}: ${stage}`, values)) {
      const field = `${PARAMETERS}: ${stage}.${name}`;
      if (!known.has(name)) throw new WrongUse(`${field} is not known: there are ${[...known].join(', ')}`);
      if (typeof value !== 'string') throw new WrongUse(`${field} must be a text: put it in quotes`);
      const form = FORMS[name];
      if (form?.pattern.test(value) === false) throw new WrongUse(`${field} must be ${form.is}`);
    }
}

/** Returns the names that serverless.yml reads, as `${param:accounts, ''}`. */
function knownNames(root: string): ReadonlySet<string> {
  const template = readFileSync(path.join(root, 'serverless.yml'), 'utf8');
  return new Set([...template.matchAll(/\$\{param:(\w+)/g)].map(([, name = '']) => name));
}

function membersOf(field: string, value: unknown): readonly (readonly [string, unknown])[] {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return Object.entries(value);
  throw new WrongUse(`${field} must have names and values`);
}
