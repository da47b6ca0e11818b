import type * as sdk from '@aws-sdk/client-appconfig';
import type { Instant } from '../../../src/rollback/request.ts';
import { shownTraits } from '../../../src/rollback/traits.ts';
import type { Deployment, Details, Environment, Noted, Profile, Version } from './appconfig.ts';

/* Maps AWS's shapes, where every field is optional, to Lastgood's, where none is. */

export function toEnvironment(arn: string, { Name = '', Monitors = [] }: sdk.Environment): Environment {
  return {
    name: Name,
    arn,
    monitors: Monitors.flatMap(({ AlarmArn }) => AlarmArn?.split(':alarm:')[1] ?? []),
  };
}

export function toProfile({ Name = '', LocationUri }: sdk.ConfigurationProfile): Profile {
  return { name: Name, isHosted: LocationUri === 'hosted' };
}

export function toDeployment(summary: sdk.DeploymentSummary): Deployment {
  return {
    number: summary.DeploymentNumber ?? 0,
    profile: summary.ConfigurationProfileId ?? '',
    profileName: summary.ConfigurationName ?? '',
    version: summary.ConfigurationVersion ?? '',
    state: summary.State ?? '',
    startedAt: instant(summary.StartedAt) ?? '',
    completedAt: instant(summary.CompletedAt),
    isManaged: summary.Type === 'MANAGED',
    grows: (summary.DeploymentDurationInMinutes ?? 0) > 0 && (summary.GrowthFactor ?? 100) < 100,
  };
}

export function toDetails(deployment: sdk.Deployment): Details {
  const { EventLog: [last] = [] } = deployment;
  return {
    number: deployment.DeploymentNumber ?? 0,
    state: deployment.State ?? '',
    version: deployment.ConfigurationVersion ?? '',
    description: deployment.Description ?? '',
    last: last === undefined ? null : toNoted(last),
  };
}

function toNoted({ OccurredAt, TriggeredBy, Description = '' }: sdk.DeploymentEvent): Noted | null {
  const at = instant(OccurredAt);
  return at === null ? null : { at, by: TriggeredBy ?? '', says: Description };
}

/** The content is not read: it may hold secrets. */
export function toVersion(summary: sdk.HostedConfigurationVersionSummary): Version {
  const { VersionNumber, VersionLabel, Description, ContentType } = summary;
  const version = String(VersionNumber ?? '');
  return {
    version,
    traits: shownTraits({
      version,
      label: VersionLabel,
      description: Description,
      'content type': ContentType,
    }),
  };
}

function instant(date: Date | undefined): Instant | null {
  return date?.toISOString() ?? null;
}
