import type {
  ComputePlatform,
  CreateDeploymentGroupInput,
  CreateDeploymentInput,
  DeploymentCreator,
  DeploymentStatus,
  ErrorInformation,
  RevisionLocation,
  RollbackInfo,
} from '@aws-sdk/client-codedeploy';
import type { Run } from './run.ts';
import type { MinimumHealthy } from './server/configs.ts';

export type Tags = Record<string, string>;

export interface Application {
  readonly name: string;
  readonly id: string;
  readonly platform: ComputePlatform;
  readonly createTime: Date;
  readonly tags: Tags;
  readonly groups: Map<string, Group>;
  /** Every deployed or registered revision, by its identity. */
  readonly revisions: Map<string, RevisionLocation>;
}

/** The settings of a deployment group, as CreateDeploymentGroup and UpdateDeploymentGroup take them. */
export type GroupSettings = Omit<
  CreateDeploymentGroupInput,
  'applicationName' | 'deploymentGroupName' | 'tags'
>;

export interface Group {
  readonly application: Application;
  readonly name: string;
  readonly id: string;
  readonly tags: Tags;
  settings: GroupSettings;
  /** Oldest first. */
  readonly deployments: Deployment[];
}

export interface Deployment {
  readonly id: string;
  readonly group: Group;
  /** The input of CreateDeployment. */
  readonly asked: CreateDeploymentInput;
  readonly revision: RevisionLocation;
  /** The revision of the group's last successful deployment when this one began; null without one. */
  readonly previousRevision: RevisionLocation | null;
  readonly configName: string;
  /** On instances. Null: the configuration is for another platform. */
  readonly minimumHealthy: MinimumHealthy | null;
  readonly creator: DeploymentCreator;
  /** The deployment that this one rolls back; null unless it is an automatic rollback. */
  readonly rollbackOf: Deployment | null;
  /** Creates the deployment that rolls this one back. */
  readonly deployBack: (revision: RevisionLocation) => Deployment;
  readonly createTime: Date;
  startTime: Date | null;
  completeTime: Date | null;
  status: DeploymentStatus;
  error: ErrorInformation | null;
  rollbackInfo: RollbackInfo;
  /** Whether the wait before the termination of the original instances or tasks has begun. */
  terminationWaitStarted: boolean;
  /** The platform's part; null until it starts. */
  run: Run | null;
}
