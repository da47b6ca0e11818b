import { planNames } from '../changes.ts';
import { ASKING, request } from '../requests.ts';
import { isAt } from '../rollbacks.ts';
import type { Scenario } from '../scenario.ts';
import { FAULTY, has, openApi } from './api.ts';
import { after, BACK, story } from './story.ts';

/** Fails so often that a part of the requests shows plainly that users hurt. */
const PLAIN = { errorRate: 0.9 };

/** Releases and canaries that hurt. */
export const apigatewayReleases: readonly Scenario[] = [
  story({
    name: 'apigateway-canary-in-flight',
    shows: 'a canary hurts a fifth of the users: one call removes it, and the stage stays as it was',
    async play(stage) {
      const api = await openApi(stage, { variables: { backend: 'v1' } });
      api.canary(20, FAULTY, { backend: 'v2' });
      return after(stage, () => has(api, api.first, { backend: 'v1' }));
    },
    ends: BACK,
  }),
  story({
    name: 'apigateway-canary-goes-on',
    shows: 'a pipeline gives the canary more requests while a person is asked: it is the same rollout',
    async play(stage) {
      const api = await openApi(stage, { tags: ASKING });
      api.canary(30, PLAIN);
      await stage.until('a person is asked', () => isAt(stage, 'Approve'));
      api.patch({ op: 'replace', path: '/canarySettings/percentTraffic', value: '50' });
      return after(stage, () => has(api, api.first));
    },
    ends: BACK,
  }),
  story({
    name: 'apigateway-canary-promoted',
    shows:
      'the canary was promoted, and stays on the stage: one call removes it and puts deployment and variables back',
    async play(stage) {
      const api = await openApi(stage, { variables: { backend: 'v1', region: 'eu' } });
      api.canary(2, { ...FAULTY, expects: { backend: 'v2' } }, { backend: 'v2' });
      await stage.minutes(1);
      api.promote();
      return after(stage, () => has(api, api.first, { backend: 'v1', region: 'eu' }));
    },
    ends: BACK,
  }),
  story({
    name: 'apigateway-promoted-at-the-last-moment',
    shows:
      'the canary is promoted between the last read of the stage and the write: a second call follows it to the stage',
    async play(stage) {
      const api = await openApi(stage, { variables: { backend: 'v1' } });
      api.canary(30, PLAIN, { backend: 'v2' });
      stage.runtime.wire.disturb.precede('apigateway', 'UpdateStage', () => api.promote());
      return after(stage, () => has(api, api.first, { backend: 'v1' }));
    },
    ends: { ...BACK, writes: ['UpdateStage', 'UpdateStage'] },
  }),
  story({
    name: 'apigateway-errors-after-completion',
    shows: 'the stage was moved all at once, and the alarm names it by the name of its API: it goes back',
    async play(stage) {
      const api = await openApi(stage);
      api.release(FAULTY);
      return after(stage, () => has(api, api.first));
    },
    ends: BACK,
  }),
  story({
    name: 'apigateway-variables-with-it',
    shows:
      'the release brought other stage variables: the old deployment never ran with those, so one call puts both back',
    async play(stage) {
      const before = { backend: 'v1', legacy: 'yes' };
      const api = await openApi(stage, { variables: before, first: { expects: before } });
      api.release(FAULTY, { variables: { backend: 'v2', flag: 'on' } });
      return after(stage, () => has(api, api.first, before));
    },
    ends: BACK,
  }),
  story({
    name: 'apigateway-only-variables',
    shows: 'a stage variable alone was changed and hurts: the deployment stays, and the variable goes back',
    async play(stage) {
      const api = await openApi(stage, { variables: { backend: 'v1' } });
      api.patch(
        { op: 'replace', path: '/variables/backend', value: 'v2' },
        { op: 'replace', path: '/variables/EMBEDDED_AWS_ERRORS', value: '0.4' },
      );
      stage.journal.release('the stage variable is changed');
      return after(stage, () => has(api, api.first, { backend: 'v1' }));
    },
    ends: BACK,
  }),
  story({
    name: 'apigateway-slow',
    shows: 'the release answers slowly: the alarm on the latency rolls it back',
    async play(stage) {
      const api = await openApi(stage);
      api.release({ latency: 2.5 });
      return after(stage, () => has(api, api.first));
    },
    ends: BACK,
  }),
  story({
    name: 'apigateway-names-what-changes',
    shows:
      'a person is asked: the plan names both deployments, their dates and descriptions, and the stage variables',
    async play(stage) {
      const api = await openApi(stage, { tags: ASKING, variables: { backend: 'v1' } });
      api.release(FAULTY, { variables: { backend: 'v2' }, description: 'faster' });
      const named = planNames(
        /^deployment: \w+ → \w+$/,
        /^created: /,
        /^description: faster → none$/,
        /^stage variable backend: v2 → v1$/,
      );
      return after(stage, () => named(stage) ?? has(api, api.first, { backend: 'v1' }));
    },
    ends: BACK,
  }),
  story({
    name: 'apigateway-not-the-one-before',
    shows: 'two bad releases in a row: the way back leads to the proven deployment, not to the one before',
    async play(stage) {
      const api = await openApi(stage);
      api.release({ errorRate: 0.015 });
      await stage.minutes(2);
      api.release(FAULTY);
      return after(stage, () => has(api, api.first));
    },
    ends: BACK,
  }),
  story({
    name: 'apigateway-canary-like-the-stage',
    shows:
      'a first canary names the deployment of the stage, so it brings nothing: the release after it is at fault',
    async play(stage) {
      const api = await openApi(stage);
      api.patch({ op: 'replace', path: '/canarySettings/percentTraffic', value: '10' });
      await stage.minutes(12);
      api.canary(20, FAULTY);
      return after(stage, () => has(api, api.first));
    },
    ends: BACK,
  }),
  story({
    name: 'apigateway-requested-deployment',
    shows: 'a tool asks for a deployment by its id alone: it comes back with the variables that it ran with',
    async play(stage) {
      const api = await openApi(stage, { variables: { backend: 'v1' } });
      api.release({ errorRate: 0.015 }, { variables: { backend: 'v2' } });
      await stage.minutes(2);
      request(stage, { target: api.target, reason: 'carts are empty', revision: api.first });
      return after(stage, () => has(api, api.first, { backend: 'v1' }));
    },
    ends: BACK,
  }),
];
