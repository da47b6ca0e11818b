import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseDocument } from 'yaml';
import { WrongUse } from './command-line/status.ts';
import type { Place } from './deploy/place.ts';

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
  zones: list(`${ARN}:route53:::hostedzone/Z[A-Z0-9]+`, 'ARNs of hosted zones, separated by commas'),
  roles: list(`${ARN}:iam::[0-9]{12}:role/[\\w+=,.@/*-]+?`, 'ARNs of roles, separated by commas'),
  images: list(
    `${ARN}:ssm:[a-z0-9-]*:[0-9]*:parameter/[\\w./*-]+`,
    'ARNs of parameters, separated by commas',
  ),
  hosts: list('[\\w.*:-]+', 'names or addresses of hosts, separated by commas'),
  storm: one('off|[1-9][0-9]{0,3}', 'off, or a number of targets from 1 to 9999'),
  doors: one('[1-9][0-9]{0,3}', 'a number of executions from 1 to 9999'),
  reports: one(
    '[1-9][0-9]{0,2}|[1-2][0-9]{3}|3[0-5][0-9]{2}|36[0-4][0-9]|3650',
    'a number of days from 1 to 3650',
  ),
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

/** Where a parameter's resource is. CloudFormation refuses one of another Region minutes later. */
const REGIONAL = ['topic', 'key'];

/**
 * Checks that every parameter takes effect. The Serverless Framework ignores unknown names, and a number would lose the
 * leading zeros of an account's id.
 * @param place where the stack will be, if that is known
 * @throws WrongUse naming the value that is wrong
 */
export function checkParameters(root: string, place?: Place): void {
  const known = knownNames(root);
  const stages = membersOf(PARAMETERS, readParameters(root));
  for (const [stage, values] of stages)
    for (const [name, value] of membersOf(`${PARAMETERS}: ${stage}`, values)) {
      const field = `${PARAMETERS}: ${stage}.${name}`;
      if (!known.has(name)) throw new WrongUse(`${field} is not known: there are ${[...known].join(', ')}`);
      if (typeof value !== 'string') throw new WrongUse(`${field} must be a text: put it in quotes`);
      const form = FORMS[name];
      if (form?.pattern.test(value) === false) throw new WrongUse(`${field} must be ${form.is}`);
    }
  if (place !== undefined) checkRegions(stages, place);
}

/** Returns the names of the parameters that have a value for a stage, in the order of params.yml. */
export function parametersFor(root: string, stage: string): readonly string[] {
  const stages = new Map(membersOf(PARAMETERS, readParameters(root)));
  const members = ['default', stage].flatMap((name) => membersOf(name, stages.get(name) ?? {}));
  return [...new Map(members)].flatMap(([name, value]) => (value === '' ? [] : [name]));
}

function checkRegions(stages: Members, { stage, region }: Place): void {
  const values = new Map(stages.map(([name, own]) => [name, new Map(membersOf(name, own))]));
  for (const name of REGIONAL) {
    const from = values.get(stage)?.has(name) === true ? stage : 'default';
    const value = values.get(from)?.get(name);
    const [, , , where = ''] = typeof value === 'string' ? value.split(':') : [];
    if (where !== '' && where !== region)
      throw new WrongUse(`${PARAMETERS}: ${from}.${name} is in ${where}, and the stack in ${region}`);
  }
}

/** @throws WrongUse with the first thing that is wrong, and where */
function readParameters(root: string): unknown {
  const file = path.join(root, PARAMETERS);
  if (!existsSync(file)) throw new WrongUse(`${PARAMETERS} is missing: "default: {}" is enough`);
  const document = parseDocument(readFileSync(file, 'utf8'), { logLevel: 'error' });
  const [problem] = [...document.errors, ...document.warnings];
  if (problem !== undefined) throw new WrongUse(`${PARAMETERS} is not YAML: ${headOf(problem)}`);
  try {
    return document.toJS();
  } catch (error) {
    throw new WrongUse(`${PARAMETERS} is not YAML: ${headOf(error)}`);
  }
}

/** The first line of a message. A quotation of the file follows it. */
function headOf(error: unknown): string {
  const [head = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return head.replace(/:$/, '');
}

/** Returns the names that serverless.yml reads, as `${param:accounts, ''}`. */
function knownNames(root: string): ReadonlySet<string> {
  const template = readFileSync(path.join(root, 'serverless.yml'), 'utf8');
  return new Set([...template.matchAll(/\$\{param:(\w+)/g)].map(([, name = '']) => name));
}

type Members = readonly (readonly [string, unknown])[];

function membersOf(field: string, value: unknown): Members {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return Object.entries(value);
  throw new WrongUse(`${field} must have names and values`);
}
