import fc from 'fast-check';
import { AwsError } from '@lastgood/embedded-aws/world/service.ts';
import type { Night } from '../night.ts';
import type { Fault } from './fault.ts';

/** Calls of Lastgood's functions. */
export const calls: readonly Fault[] = [
  {
    name: 'service-unavailable',
    source: 'https://aws.amazon.com/message/12721/ (December 2021: control planes answer errors for hours)',
    draws: fc.record({ service: fc.constantFrom('ecs', 'monitoring', 'elasticloadbalancing', 'tagging') }),
    begin: (night, { service }) => refusing(night, String(service), 'ServiceUnavailable', 503),
  },
];

/** Refuses every operation of a service that the world has. */
function refusing({ stage }: Night, service: string, code: string, status: number): () => void {
  const { disturb } = stage.runtime.wire;
  const error = new AwsError(code, 'injected by the story', status);
  disturb.failAll(service, error);
  return () => disturb.healAll(service);
}
