import type { BusEvent, Kind, ObservedDeployment } from '../../kind.ts';
import { observed } from './event.ts';

/** Returns the stack's name in a target string: `cloudformation:shop`. */
export function nameOf(target: string): string {
  return target.slice(target.indexOf(':') + 1);
}

export function targetOf(stack: string): string {
  return `cloudformation:${stack}`;
}

/** Letters, digits and hyphens, up to 128, and a letter first (API_CreateStack, AWS CloudFormation). */
const NAME = /^[A-Za-z][A-Za-z0-9-]{0,127}$/;

function problemOf(name: string): string | null {
  return NAME.test(name) ? null : `${JSON.stringify(name)} must be the name of a root stack: shop`;
}

/** Returns the name in `arn:aws:cloudformation:eu-west-1:111122223333:stack/shop/6f1a…`. */
function fromArn(arn: string): string | null {
  const name = /^arn:[^:]+:cloudformation:[^:]*:\d+:stack\/([^/]+)\/[^/]+$/.exec(arn)?.[1] ?? '';
  return NAME.test(name) ? name : null;
}

function fromDeploymentEvent(event: BusEvent): ObservedDeployment | null {
  const read = observed(event);
  if (read === null) return null;
  const { stack, ...rest } = read;
  const name = fromArn(stack);
  return name === null ? null : { target: targetOf(name), ...rest };
}

/** `cloudformation:stack`: a root stack of AWS CloudFormation. */
export const kind: Kind = {
  name: 'cloudformation',
  problemOf,
  // CloudFormation publishes no metrics. The tag of an alarm names the stack.
  fromDimensions: () => null,
  fromArn,
  fromDeploymentEvent,
  reads: {
    plan: [{ quota: 'cloudformation read', calls: 3 }],
    revert: [{ quota: 'cloudformation read', calls: 2 }],
    readiness: [{ quota: 'cloudformation read', calls: 1 }],
  },
};
