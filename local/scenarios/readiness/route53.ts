import { openEdge, type Edge, type EdgeOptions } from '../route53/edge.ts';
import type { Stage } from '../stage.ts';
import { readinessStories, type ReadinessStory } from './story.ts';

/** Opens with weights on each side that are both proven: blue is the way back of green. */
async function openProvenEdge(stage: Stage, options: EdgeOptions = {}): Promise<Edge> {
  const edge = await openEdge(stage, { checked: true, ...options });
  edge.weigh({ blue: 0, green: 255 });
  await stage.minutes(10);
  return edge;
}

function remove(stage: Stage, edge: Edge, side: string): void {
  const found = edge.records().find(({ SetIdentifier }) => SetIdentifier === side);
  const [, HostedZoneId] = /^route53:([^/]+)\//.exec(edge.target) ?? [];
  const Changes = [{ Action: 'DELETE', ResourceRecordSet: found }];
  stage.call('route53', 'ChangeResourceRecordSets', { HostedZoneId, ChangeBatch: { Changes } });
}

const stories: readonly ReadinessStory<Edge>[] = [
  {
    name: 'route53-healthy',
    shows: 'both records are there with healthy checks and a short TTL: nothing is found',
    finds: [],
    ready: 'yes',
    also: ({ score, way }) => (score === 100 && way?.to === 'blue' ? null : JSON.stringify({ score, way })),
  },
  {
    name: 'route53-record-gone',
    shows: 'the pipeline deleted the record of the old side',
    spoil: (stage, edge) => remove(stage, edge, 'blue'),
    finds: ['no-way-back', 'record-gone'],
    ready: 'no',
  },
  {
    name: 'route53-health-check-red',
    shows: 'an operator keeps users away from the old side: its health check is disabled and inverted',
    spoil: (_, edge) => edge.takeOut('blue'),
    finds: ['health-check-red'],
    ready: 'no',
  },
  {
    name: 'route53-health-check-unknown',
    shows: 'the health check of the old side was deleted, and its record still names it',
    spoil: (stage, edge) => {
      const blue = edge.records().find(({ SetIdentifier }) => SetIdentifier === 'blue');
      stage.call('route53', 'DeleteHealthCheck', { HealthCheckId: blue?.HealthCheckId });
    },
    finds: ['health-check-unknown'],
    ready: 'unknown',
  },
  {
    name: 'route53-side-down',
    shows: 'the servers of the old side are gone, and the checkers report failure',
    spoil: async (stage, edge) => {
      edge.behave('blue', null);
      await stage.minutes(3);
    },
    finds: ['health-check-red'],
    ready: 'no',
  },
];

const target = ({ target: name }: Edge) => name;

export const readinessRoute53 = [
  ...readinessStories(target, (stage) => openProvenEdge(stage), stories),
  ...readinessStories(target, (stage) => openProvenEdge(stage, { checked: false }), [
    {
      name: 'route53-health-check-missing',
      shows: 'nothing watches the old side',
      finds: ['health-check-missing'],
      ready: 'yes',
    },
  ]),
  ...readinessStories(target, (stage) => openProvenEdge(stage, { ttl: 300 }), [
    {
      name: 'route53-ttl-long',
      shows: 'resolvers may give the old answer for five minutes',
      finds: ['ttl-long'],
      ready: 'yes',
    },
  ]),
  ...readinessStories(target, (stage) => openProvenEdge(stage, { accelerated: true }), [
    {
      name: 'route53-ttl-unknown',
      shows: 'the records are aliases of accelerators, whose TTL Lastgood does not know',
      finds: ['ttl-unknown'],
      ready: 'yes',
    },
  ]),
  ...readinessStories(target, (stage) => openProvenEdge(stage), [
    {
      name: 'route53-not-permitted',
      shows:
        'the stack may change another zone only: the simulation shows that the way back would be refused',
      parameters: { Zones: 'arn:aws:route53:::hostedzone/Z0OTHER' },
      finds: ['not-permitted'],
      ready: 'no',
    },
  ]),
  ...readinessStories(target, (stage) => openProvenEdge(stage, { checked: false, aliased: true }), [
    {
      name: 'route53-alias',
      shows: 'the records are aliases of healthy load balancers',
      finds: [],
      ready: 'yes',
    },
  ]),
];
