import { openApi, type Api, type ApiOptions } from '../apigateway/api.ts';
import type { Stage } from '../stage.ts';
import { denying } from './denied.ts';
import { readinessStories, type ReadinessStory } from './story.ts';

/** Opens the stage with two releases that are both proven: the first is the way back of the second. */
async function openProvenApi(stage: Stage, options: ApiOptions = {}): Promise<Api> {
  const api = await openApi(stage, { variables: { backend: 'v1' }, ...options });
  api.release();
  await api.soaked();
  return api;
}

/** Stage variables that are longer than what a key of the ledger holds. */
const LONG = Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`backend${at}`, 'x'.repeat(60)]));

const stories: readonly ReadinessStory<Api>[] = [
  {
    name: 'apigateway-healthy',
    shows: 'two proven deployments that both exist: nothing is found',
    finds: [],
    ready: 'yes',
    also: ({ score, way }) =>
      score === 100 && way?.to.endsWith('?backend=v1') === true ? null : JSON.stringify({ score, way }),
  },
  {
    name: 'apigateway-deployment-gone',
    shows: 'infrastructure as code deleted the deployment that it had replaced',
    spoil: (_, api) => api.remove(api.first),
    finds: ['no-way-back', 'deployment-gone'],
    ready: 'no',
  },
  {
    name: 'apigateway-variables-lost',
    shows: 'the stage variables of the way back were too long to be kept, and the stage has others now',
    spoil: async (_, api) => {
      const before = [api.first, api.now().deploymentId ?? ''];
      api.release({}, { variables: LONG });
      await api.soaked();
      api.release({}, { variables: { backend: 'v2' } });
      await api.soaked();
      for (const deployment of before) api.remove(deployment);
    },
    finds: ['no-way-back', 'variables-lost'],
    ready: 'no',
  },
  {
    name: 'apigateway-name-shared',
    shows: 'another API has the same name: an alarm by that name would start nothing',
    spoil: (stage) => stage.call('apigateway', 'CreateRestApi', { name: 'checkout' }),
    finds: ['api-name-shared', 'no-alarm'],
    ready: 'yes',
  },
  {
    name: 'apigateway-not-permitted',
    shows: 'the organization denies the role to change stages: the simulation shows it',
    attached: denying('apigateway', 'apigateway:PATCH'),
    finds: ['not-permitted'],
    ready: 'no',
  },
];

export const readinessApigateway = readinessStories(
  ({ target }: Api) => target,
  (stage) => openProvenApi(stage),
  stories,
);
