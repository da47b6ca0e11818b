import type { DeploymentEventType, TriggeredBy } from '@aws-sdk/client-appconfig';
import type { Deployment } from '../model.ts';
import { now, type AppConfigState } from '../state.ts';

/** Adds to the event log, newest first. https://docs.aws.amazon.com/appconfig/2019-10-09/APIReference/API_DeploymentEvent.html */
export function note(
  state: AppConfigState,
  { log }: Deployment,
  EventType: DeploymentEventType,
  TriggeredBy: TriggeredBy,
  Description: string,
): void {
  log.unshift({ EventType, TriggeredBy, Description, OccurredAt: new Date(now(state)) });
}
