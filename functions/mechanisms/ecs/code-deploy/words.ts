import type { DeploymentInfo } from '@aws-sdk/client-codedeploy';
import type { CodeDeployment } from './code-deploy.ts';

/** From AWS's shape, where everything may be missing, to ours, where nothing is. */
export function toDeployment(info: DeploymentInfo): CodeDeployment {
  const { deploymentId = '', applicationName = '', deploymentGroupName = '', status = 'Created' } = info;
  const { createTime = new Date(0), completeTime, rollbackInfo = {}, errorInformation } = info;
  return {
    id: deploymentId,
    application: applicationName,
    group: deploymentGroupName,
    status,
    reason: errorInformation?.message ?? '',
    createdAt: createTime.toISOString(),
    finishedAt: completeTime?.toISOString() ?? null,
    revision: info.revision ?? {},
    description: info.description ?? '',
    rolledBackBy: rollbackInfo.rollbackDeploymentId ?? null,
    rollbackOf: rollbackInfo.rollbackTriggeringDeploymentId ?? null,
    isToBeRolledBack: isToBeRolledBack(info),
    endedByItself: endedByItself(info),
  };
}

/** https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_AutoRollbackConfiguration.html */
function isToBeRolledBack({ status, errorInformation, autoRollbackConfiguration }: DeploymentInfo): boolean {
  const { enabled = false, events = [] } = autoRollbackConfiguration ?? {};
  if (!enabled) return false;
  if (status === 'Failed') return events.includes('DEPLOYMENT_FAILURE');
  if (status !== 'Stopped') return false;
  const isAlarm = errorInformation?.code === 'ALARM_ACTIVE';
  return events.includes(isAlarm ? 'DEPLOYMENT_STOP_ON_ALARM' : 'DEPLOYMENT_STOP_ON_REQUEST');
}

/** https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_ErrorInformation.html */
function endedByItself({ status, errorInformation }: DeploymentInfo): boolean {
  if (status === 'Failed') return true;
  return (
    status === 'Stopped' && errorInformation?.code !== undefined && errorInformation.code !== 'MANUAL_STOP'
  );
}
