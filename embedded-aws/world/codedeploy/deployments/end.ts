import type { AutoRollbackEvent, ErrorInformation } from '@aws-sdk/client-codedeploy';
import { emitDeployment } from '../events.ts';
import type { Deployment } from '../model.ts';
import { now, type CodeDeployState } from '../state.ts';
import { rollBack } from './rollback.ts';

export interface Ending {
  readonly status: 'Succeeded' | 'Failed' | 'Stopped';
  readonly error?: ErrorInformation;
  /** StopDeployment's choice whether to roll back. If absent, the configuration decides. */
  readonly rollBack?: boolean | undefined;
}

const EVENTS = { Succeeded: 'SUCCESS', Failed: 'FAILURE', Stopped: 'STOP' } as const;

/** Ends a deployment, and rolls it back if requested. */
export function end(state: CodeDeployState, deployment: Deployment, ending: Ending): void {
  const { status, error = null } = ending;
  deployment.run?.stop();
  deployment.status = status;
  deployment.completeTime = now(state);
  deployment.error = error;
  emitDeployment(state, deployment, EVENTS[status]);
  if (status !== 'Succeeded' && (ending.rollBack ?? isConfigured(deployment, ending)))
    rollBack(state, deployment);
}

/** https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_AutoRollbackConfiguration.html */
function isConfigured({ asked, group }: Deployment, ending: Ending): boolean {
  const { enabled, events } =
    asked.autoRollbackConfiguration ?? group.settings.autoRollbackConfiguration ?? {};
  return enabled === true && events?.includes(eventOf(ending)) === true;
}

function eventOf({ status, error }: Ending): AutoRollbackEvent {
  if (status === 'Failed') return 'DEPLOYMENT_FAILURE';
  return error?.code === 'ALARM_ACTIVE' ? 'DEPLOYMENT_STOP_ON_ALARM' : 'DEPLOYMENT_STOP_ON_REQUEST';
}
