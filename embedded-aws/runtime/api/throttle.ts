import type { Clock } from '../../world/clock.ts';
import type { Route } from '../stack/stack.ts';

/**
 * Says whether a route takes one more request. Each route has a bucket of tokens: `burst` of them, refilled at `rate` a
 * second. AWS does not say whether the default settings of a stage give each route a bucket of its own, as is assumed
 * here (Unknown: http-api-default-throttle).
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html
 */
export type Throttle = (route: Route) => boolean;

export function createThrottle(clock: Clock): Throttle {
  const buckets = new Map<Route, { tokens: number; at: number }>();
  return (route) => {
    const { throttle } = route;
    if (throttle === undefined) return true;
    const now = clock.now();
    const { tokens, at } = buckets.get(route) ?? { tokens: throttle.burst, at: now };
    const filled = Math.min(throttle.burst, tokens + ((now - at) / 1000) * throttle.rate);
    const isTaken = filled >= 1;
    buckets.set(route, { tokens: isTaken ? filled - 1 : filled, at: now });
    return isTaken;
  };
}
