import { emitDeployment } from '../events.ts';
import type { Deployment } from '../model.ts';
import type { Desk } from '../platform.ts';
import { now, platformOf, type CodeDeployState } from '../state.ts';
import { hasEnded } from '../status.ts';
import { watchAlarms } from './alarms.ts';
import { end } from './end.ts';

/** Starts a deployment on its platform. */
export function begin(state: CodeDeployState, deployment: Deployment): void {
  if (hasEnded(deployment)) return;
  deployment.status = 'InProgress';
  deployment.startTime = now(state);
  emitDeployment(state, deployment, 'START');
  watchAlarms(state, deployment);
  if (hasEnded(deployment)) return;
  deployment.run = platformOf(state, deployment.group).start(deployment, deskOf(state, deployment));
}

function deskOf(state: CodeDeployState, deployment: Deployment): Desk {
  const unlessOver = (change: () => void): void => {
    if (!hasEnded(deployment)) change();
  };
  return {
    ready: () =>
      unlessOver(() => {
        deployment.status = 'Ready';
        emitDeployment(state, deployment, 'READY');
      }),
    proceed: () => unlessOver(() => (deployment.status = 'InProgress')),
    terminationWait: () => unlessOver(() => (deployment.terminationWaitStarted = true)),
    succeed: () => unlessOver(() => end(state, deployment, { status: 'Succeeded' })),
    fail: (code, message) =>
      unlessOver(() => end(state, deployment, { status: 'Failed', error: { code, message } })),
    stop: (code, message) =>
      unlessOver(() => end(state, deployment, { status: 'Stopped', error: { code, message } })),
  };
}
