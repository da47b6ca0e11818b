import type { Service } from './model.ts';
import { now, type EcsState } from './state.ts';

const MAX_EVENTS = 100;

/**
 * Adds a line to the service's `events`, newest first. The latest 100 are kept.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages.html
 */
export function say(ecs: EcsState, service: Service, message: string): void {
  const line = { id: ecs.ids.uuid(), createdAt: now(ecs), message: `(service ${service.name}) ${message}` };
  service.events.unshift(line);
  service.events.splice(MAX_EVENTS);
}
