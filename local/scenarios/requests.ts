import type { Stage } from './stage.ts';

/** Tags that ask a person; silence means go. */
export const ASKING = { lastgood: 'approve', 'lastgood:silence': 'go', 'lastgood:countdown': '5' };

/** A request as a tool makes it. */
export interface Asked {
  readonly target: string;
  readonly reason: string;
  readonly revision?: string;
}

/** Asks for a rollback on Lastgood's bus, as a tool does. */
export function request(stage: Stage, detail: Asked): void {
  const entry = {
    EventBusName: 'lastgood-prod',
    Source: 'ci',
    DetailType: 'Rollback Requested',
    Detail: JSON.stringify(detail),
  };
  stage.call('events', 'PutEvents', { Entries: [entry] });
}
