import type { BusEvent, Kind, ObservedDeployment } from '../../kind.ts';
import { observed } from './event.ts';

/** A configuration profile in an environment, as a target names it, by ids: `ba8toh7/pgil2o7/ga3tqep`. */
export interface ProfileName {
  readonly application: string;
  readonly environment: string;
  readonly profile: string;
}

/**
 * An id of AppConfig (API_StartDeployment, AWS AppConfig). Names are not accepted: AppConfig allows two environments of
 * one name, and a target has one spelling, so that one rollback at a time holds it.
 */
const ID = /^[a-z0-9]{4,7}$/;

/** Splits `ba8toh7/pgil2o7/ga3tqep`. The name was checked when the target was read. */
export function readName(name: string): ProfileName {
  const [application = '', environment = '', profile = ''] = name.split('/');
  return { application, environment, profile };
}

/** Returns the profile in a target string: `appconfig:ba8toh7/pgil2o7/ga3tqep`. */
export function profileOf(target: string): ProfileName {
  return readName(target.slice(target.indexOf(':') + 1));
}

export function targetOf({ application, environment, profile }: ProfileName): string {
  return `appconfig:${application}/${environment}/${profile}`;
}

function problemOf(name: string): string | null {
  const parts = name.split('/');
  if (parts.length === 3 && parts.every((part) => ID.test(part))) return null;
  return `${JSON.stringify(name)} must be the ids of an application, an environment and a configuration profile: ba8toh7/pgil2o7/ga3tqep`;
}

function fromDeploymentEvent(event: BusEvent): ObservedDeployment | null {
  const read = observed(event);
  if (read === null) return null;
  const { name, ...rest } = read;
  return problemOf(name) === null ? { target: `appconfig:${name}`, ...rest } : null;
}

/**
 * `appconfig:application/environment/profile`, by ids. AppConfig publishes no metrics of its own. An environment has the
 * tags, and several profiles, so its ARN names no target.
 */
export const kind: Kind = {
  name: 'appconfig',
  problemOf,
  fromDimensions: () => null,
  fromArn: () => null,
  fromDeploymentEvent,
  reads: {
    plan: [{ quota: 'appconfig read', calls: 5 }],
    revert: [{ quota: 'appconfig read', calls: 3 }],
    readiness: [{ quota: 'appconfig read', calls: 2 }],
  },
};
