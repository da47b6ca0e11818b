import type { Stage } from '../scenarios/stage.ts';

/** Puts an event on Lastgood's bus, as a person's tool does. */
export function putOnBus(stage: Stage, DetailType: string, detail: object): null {
  const entry = {
    ...{ EventBusName: 'lastgood-prod', Source: 'ci', DetailType },
    Detail: JSON.stringify(detail),
  };
  stage.call('events', 'PutEvents', { Entries: [entry] });
  return null;
}
