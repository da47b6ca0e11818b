import { listenerArn, ruleArn } from '@lastgood/embedded-aws/world/lattice/access.ts';
import type { Mesh } from '../../../scenarios/lattice/mesh.ts';
import type { Stage } from '../../../scenarios/stage.ts';
import type { Watched } from '../../alarms.ts';
import { lastgoodKeys } from '../tags.ts';

/** Returns the metrics of the service. */
export function watchedIn({ service }: Mesh): Watched {
  const metric = (name: string) => ({
    ...{ namespace: 'AWS/VpcLattice', name },
    dimensions: { Service: service },
  });
  return {
    errors: [metric('HTTPCode_5XX_Count')],
    requests: [metric('TotalRequestCount')],
    latency: metric('RequestTime'),
    slowFrom: 500,
  };
}

/** Replaces the tags of the listener or rule that begin with `lastgood`. */
export function retag(stage: Stage, { target }: Mesh, tags: Readonly<Record<string, string>>): void {
  const [service, listener, rule] = target.replace('lattice:', '').split('/');
  const resourceArn = rule === undefined ? listenerArn(service, listener) : ruleArn(service, listener, rule);
  const { tags: now = {} } = stage.call<{ tags?: Record<string, string> }>(
    ...(['lattice', 'ListTagsForResource', { resourceArn }] as const),
  );
  stage.call('lattice', 'UntagResource', { resourceArn, tagKeys: lastgoodKeys(now) });
  if (Object.keys(tags).length > 0) stage.call('lattice', 'TagResource', { resourceArn, tags });
}
