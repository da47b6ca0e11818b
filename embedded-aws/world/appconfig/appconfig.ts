import type { StartDeploymentRequest } from '@aws-sdk/client-appconfig';
import type { Surroundings } from '../aws.ts';
import type { AlarmStates, Metrics } from '../seams.ts';
import { limited, type AwsService } from '../service.ts';
import type { TaggedResources } from '../tagging/tagging.ts';
import type { Users } from '../traffic/users.ts';
import { bucketOf } from './buckets.ts';
import { createClients } from './clients.ts';
import { start } from './deployments/start.ts';
import { HONOURED } from './honoured.ts';
import { deletions } from './operations/deletions.ts';
import { applicationOperations, environmentOperations } from './operations/applications.ts';
import { deploymentOperations } from './operations/deployments.ts';
import { profileOperations, versionOperations } from './operations/profiles.ts';
import { strategyOperations } from './operations/strategies.ts';
import { tagOperations } from './operations/tags.ts';
import type { Effect } from './model.ts';
import { createState, findProfile, findVersion, type Ids } from './state.ts';

/** AWS AppConfig, and the clients that poll it. */
export interface AppConfig extends AwsService, TaggedResources {
  readonly clients: Users;
  /** Loses every later event: AppConfig sends them by best effort. */
  loseEvents(): void;
  /** Sets how the application behaves with a version, whatever its content asks for. */
  behaves(version: Ids, effect: Effect): void;
  /** Starts a deployment as an experiment of AppConfig does. Experiments are not modelled further. */
  startManaged(input: StartDeploymentRequest): void;
}

/**
 * Simulates AWS AppConfig: hosted configurations, and their deployments with growth, bake time, monitors and reverts.
 * Validators, extensions, experiments and other stores are not modelled.
 */
export function createAppConfig(
  surroundings: Surroundings,
  neighbours: { readonly alarms: AlarmStates; readonly metrics: Metrics },
): AppConfig {
  const state = createState(surroundings, neighbours.alarms);
  return {
    signingName: 'appconfig',
    honoured: HONOURED,
    operations: limited(
      {
        ...applicationOperations(state),
        ...environmentOperations(state),
        ...profileOperations(state),
        ...versionOperations(state),
        ...strategyOperations(state),
        ...deploymentOperations(state),
        ...tagOperations(state),
        ...deletions(state),
      },
      bucketOf,
    ),
    clients: createClients(state, neighbours.metrics),
    loseEvents: () => {
      state.sendsEvents = false;
    },
    behaves: (ids, effect) => {
      findVersion(findProfile(state, ids), ids.VersionNumber).effect = effect;
    },
    startManaged: (input) => void start(state, input, 'MANAGED'),
    tagged: () => [...state.tags].map(([arn, tags]) => ({ arn, tags })),
  };
}
