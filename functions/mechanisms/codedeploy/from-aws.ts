import type {
  AlarmConfiguration,
  DeploymentGroupInfo,
  DeploymentInfo,
  DeploymentOverview,
  DeploymentStatus,
  ErrorInformation,
  LastDeploymentInfo,
  LoadBalancerInfo,
} from '@aws-sdk/client-codedeploy';
import { endingOf } from '../../../src/aws/code-deploy/own-rollback.ts';
import { dividesTraffic } from '../../../src/aws/code-deploy/steps.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import type { Deployment, Group, LastDeployment } from './codedeploy.ts';

/* Maps AWS's shapes, where every field is optional, to Lastgood's, where none is. */

export function toGroup(info: DeploymentGroupInfo): Group {
  const { deploymentStyle, blueGreenDeploymentConfiguration: blueGreen } = info;
  return {
    name: { application: info.applicationName ?? '', group: info.deploymentGroupName ?? '' },
    // Older groups do not have it; they deploy to instances.
    platform: info.computePlatform ?? 'Server',
    alarms: alarmsIn(info.alarmConfiguration),
    targetGroups:
      deploymentStyle?.deploymentOption === 'WITH_TRAFFIC_CONTROL' ? namesIn(info.loadBalancerInfo) : [],
    autoScalingGroups: (info.autoScalingGroups ?? []).flatMap(({ name }) => name ?? []),
    isBlueGreen: deploymentStyle?.deploymentType === 'BLUE_GREEN',
    discoversInstances: blueGreen?.greenFleetProvisioningOption?.action === 'DISCOVER_EXISTING',
    services: (info.ecsServices ?? []).map(({ clusterName, serviceName }) => `${clusterName}/${serviceName}`),
    lastAttempted: toLast(info.lastAttemptedDeployment),
    lastSuccessful: toLast(info.lastSuccessfulDeployment),
  };
}

function alarmsIn({ enabled, alarms = [] }: AlarmConfiguration = {}): readonly string[] {
  return enabled === true ? alarms.flatMap(({ name }) => name ?? []) : [];
}

function namesIn({ targetGroupInfoList = [] }: LoadBalancerInfo = {}): readonly string[] {
  return targetGroupInfoList.flatMap(({ name }) => name ?? []);
}

function toLast(info: LastDeploymentInfo | undefined): LastDeployment | null {
  if (info?.deploymentId === undefined) return null;
  return {
    id: info.deploymentId,
    status: info.status as DeploymentStatus,
    createdAt: instant(info.createTime),
    finishedAt: instant(info.endTime),
  };
}

export function toDeployment(info: DeploymentInfo): Deployment {
  return {
    id: info.deploymentId ?? '',
    ...endingOf(info),
    revision: info.revision ?? {},
    createdAt: instant(info.createTime) ?? '',
    creator: info.creator ?? 'user',
    description: info.description ?? '',
    error: toError(info.errorInformation),
    rollsBack: info.rollbackInfo?.rollbackTriggeringDeploymentId ?? null,
    divides: dividesTraffic(info.deploymentConfigName),
    takesAll: takesAll(info),
    ownConfig: ownConfigOf(info),
    hasMoved: info.instanceTerminationWaitTimeStarted ?? false,
    size: sizeIn(info.deploymentOverview),
    missed: missedIn(info.deploymentOverview),
    instances: info.targetInstances ?? null,
  };
}

/**
 * Says whether a deployment takes every instance out of service. On one instance each configuration does.
 * https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html
 */
function takesAll(info: DeploymentInfo): boolean {
  if (!isInPlace(info)) return false;
  return info.deploymentConfigName === 'CodeDeployDefault.AllAtOnce' || sizeIn(info.deploymentOverview) === 1;
}

function ownConfigOf(info: DeploymentInfo): string | null {
  const { deploymentConfigName: name } = info;
  return isInPlace(info) && name?.startsWith('CodeDeployDefault.') === false ? name : null;
}

function isInPlace({ computePlatform, deploymentStyle }: DeploymentInfo): boolean {
  return computePlatform === 'Server' && deploymentStyle?.deploymentType !== 'BLUE_GREEN';
}

function sizeIn(overview: DeploymentOverview = {}): number {
  const { Pending = 0, InProgress = 0, Ready = 0, Succeeded = 0, Failed = 0, Skipped = 0 } = overview;
  return Pending + InProgress + Ready + Succeeded + Failed + Skipped;
}

/** Counts instances: https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_DeploymentOverview.html */
function missedIn({ Failed = 0, Pending = 0, Skipped = 0 }: DeploymentOverview = {}): number {
  return Failed + Pending + Skipped;
}

function toError({ code, message }: ErrorInformation = {}): string {
  return [code, message].filter((part) => part !== undefined).join(': ');
}

function instant(date: Date | undefined): Instant | null {
  return date?.toISOString() ?? null;
}
