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

export type Tags = Record<string, string>;

export interface Application {
  readonly name: string;
  readonly id: string;
  readonly platform: ComputePlatform;
  readonly createTime: Date;
  readonly tags: Tags;
  readonly groups: Map<string, Group>;
  /** What was deployed or registered, by what tells revisions apart. */
  readonly revisions: Map<string, RevisionLocation>;
}

/** What a deployment group is set to, as CreateDeploymentGroup and UpdateDeploymentGroup are told. */
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
  /** As CreateDeployment was asked. */
  readonly asked: CreateDeploymentInput;
  readonly revision: RevisionLocation;
  /** What the group's last successful deployment had deployed when this one began; null: there was none. */
  readonly previousRevision: RevisionLocation | null;
  readonly configName: string;
  readonly creator: DeploymentCreator;
  /** The deployment that this one rolls back; null: it is no automatic rollback. */
  readonly rollbackOf: Deployment | null;
  /** Makes the deployment that rolls this one back. */
  readonly deployBack: (revision: RevisionLocation) => Deployment;
  readonly createTime: Date;
  startTime: Date | null;
  completeTime: Date | null;
  status: DeploymentStatus;
  error: ErrorInformation | null;
  rollbackInfo: RollbackInfo;
  /** The wait before the original instances or tasks are terminated has begun. */
  terminationWaitStarted: boolean;
  /** The platform's part; null until it starts. */
  run: Run | null;
}
