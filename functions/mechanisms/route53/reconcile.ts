import { Route53Client } from '@aws-sdk/client-route-53';
import { asOnePage } from '../../../src/targets/as-one-page.ts';
import type { Surroundings } from '../../../src/lambda/surroundings.ts';
import type { Reconciler } from '../../../src/targets/kind.ts';
import { oncePer } from '../../../src/aws/once-per.ts';
import { clientsOf, createBalancers } from './balancers.ts';
import { createRoute53 } from './sdk.ts';
import { deployed, seen, type RunningIn } from './observed.ts';

/**
 * Creates what the sweep uses to reconcile weighted records. It lists the load balancers of a Region once, if a record
 * needs it.
 */
export function createReconciler({ connect, now }: Surroundings): Reconciler {
  const route53 = createRoute53(connect(Route53Client));
  const balancers = createBalancers(clientsOf(connect));
  const readers = oncePer(() => onceEach((region) => balancers.running(region)));
  return asOnePage('route53', {
    deployed: (observed, context) => deployed({ route53, runningIn: readers(context) }, observed),
    recentDeployments: async (context) => {
      const clients = { route53, runningIn: readers(context), entriesOf: context.entriesOf, now };
      return seen(clients, await context.optedIn('global'));
    },
  });
}

function onceEach(read: RunningIn): RunningIn {
  const asked = new Map<string, ReturnType<RunningIn>>();
  return (region) => {
    const answer = asked.get(region) ?? read(region);
    asked.set(region, answer);
    return answer;
  };
}
