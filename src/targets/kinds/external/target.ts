import type { Kind } from '../../kind.ts';
import { fromDeploymentEvent } from './event.ts';

/** A target of another system: `argocd/checkout`. */
export interface ExternalName {
  readonly system: string;
  readonly name: string;
}

const SYSTEM = /^[a-z][a-z0-9-]{0,31}$/;

/**
 * A part of a parameter's name:
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html
 */
const NAME = /^[A-Za-z0-9_.-]{1,128}$/;

/** The registration of a target is the parameter below this path. Its tags consent, and name who answers (ADR 46). */
export const REGISTRATIONS = '/lastgood/external/';

/** Returns the name in a target string. It was checked when the target was read. */
export function nameOf(target: string): string {
  return target.slice(target.indexOf(':') + 1);
}

export function externalOf(target: string): ExternalName {
  const [system = '', name = ''] = nameOf(target).split('/');
  return { system, name };
}

export function targetOf({ system, name }: ExternalName): string {
  return `external:${system}/${name}`;
}

function problemOf(text: string): string | null {
  const [system = '', name = '', ...more] = text.split('/');
  if (more.length > 0 || name === '')
    return `${JSON.stringify(text)} must be a system and a name: argocd/checkout`;
  if (!SYSTEM.test(system))
    return `${JSON.stringify(system)} must be a system of lower case letters, digits and hyphens: argocd`;
  return NAME.test(name)
    ? null
    : `${JSON.stringify(name)} must be a name of letters, digits, _, . and -, at most 128`;
}

function fromArn(arn: string): string | null {
  const [, name] = /^arn:[^:]+:ssm:[^:]*:[^:]*:parameter\/lastgood\/external\/(.+)$/.exec(arn) ?? [];
  return name === undefined || problemOf(name) !== null ? null : name;
}

/**
 * `external:system/name`: another system owns it. No metric of AWS has a dimension for it: the tag `lastgood:target` of
 * an alarm names it.
 */
export const kind: Kind = {
  name: 'external',
  problemOf,
  fromDimensions: () => null,
  fromArn,
  fromDeploymentEvent,
  // The tags alone are read, and the bus takes the write. Their quotas are too large to matter.
  reads: { plan: [], revert: [] },
};
