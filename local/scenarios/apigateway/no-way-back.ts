import { request } from '../requests.ts';
import type { Scenario } from '../scenario.ts';
import { FAULTY, deploy, has, openApi } from './api.ts';
import { after, BACK, refused, story } from './story.ts';

/** Scenarios in which Lastgood cannot go back, or must not, or must not mistake one API for another. */
export const apigatewayNoWayBack: readonly Scenario[] = [
  story({
    name: 'apigateway-no-last-known-good',
    shows: 'the very first deployment hurts: there is nothing to go back to, it ends clean and says so',
    async play(stage) {
      const api = await openApi(stage, { first: FAULTY, proven: false });
      return after(stage, () => has(api, api.first));
    },
    ends: refused(/no last known good deployment/),
  }),
  story({
    name: 'apigateway-deployment-deleted',
    shows: 'infrastructure as code replaced the deployment and deleted the old one: ends clean and says so',
    async play(stage) {
      const api = await openApi(stage);
      const id = api.release(FAULTY);
      api.remove(api.first);
      return after(stage, () => has(api, id));
    },
    ends: refused(/its deployment [0-9a-f]{6} was deleted/),
  }),
  story({
    name: 'apigateway-deleted-at-the-last-moment',
    shows:
      'the old deployment is deleted between the plan and the write: API Gateway refuses, and nothing was changed',
    async play(stage) {
      const api = await openApi(stage);
      const id = api.release(FAULTY);
      stage.runtime.wire.disturb.precede('apigateway', 'UpdateStage', () => api.remove(api.first));
      return after(stage, () => has(api, id));
    },
    ends: refused(/BadRequestException/),
  }),
  story({
    name: 'apigateway-owned-by-another',
    shows:
      'the tag of the stage says that another target deploys it: it is not touched, and the owner is named',
    async play(stage) {
      const api = await openApi(stage, { tags: { 'lastgood:target': 'codedeploy:shop/checkout' } });
      const id = api.release(FAULTY);
      return after(stage, () => has(api, id));
    },
    ends: refused(/codedeploy:shop\/checkout deploys apigateway:[0-9a-f]{10}\/prod/),
  }),
  story({
    name: 'apigateway-not-opted-in',
    shows: 'a stage without the tag is not looked up by the name of its API, so its alarm starts nothing',
    async play(stage) {
      const api = await openApi(stage, { tags: { lastgood: 'none' }, proven: false });
      const id = api.release(FAULTY);
      await stage.minutes(15);
      return () => has(api, id);
    },
    ends: { outcome: 'none', served: false, writes: [] },
  }),
  story({
    name: 'apigateway-name-shared',
    shows: 'two APIs have one name, and the other one hurts: the alarm by that name acts on neither',
    async play(stage) {
      const api = await openApi(stage);
      const { id: other = '' } = stage.call<{ id?: string }>('apigateway', 'CreateRestApi', {
        name: 'checkout',
      });
      deploy(stage, other, FAULTY, { stageName: 'prod' });
      await stage.minutes(15);
      return () => has(api, api.first);
    },
    ends: { outcome: 'none', served: false, writes: [] },
  }),
  story({
    name: 'apigateway-name-shared-and-tagged',
    shows: 'two APIs have one name, and the tag of the alarm says which one it is about: that one goes back',
    async play(stage) {
      const alarmTags = (target: string) => ({ 'lastgood:target': target });
      const api = await openApi(stage, { alarmTags });
      const { id: other = '' } = stage.call<{ id?: string }>('apigateway', 'CreateRestApi', {
        name: 'checkout',
      });
      deploy(stage, other, {}, { stageName: 'prod' });
      api.release(FAULTY);
      return after(stage, () => has(api, api.first));
    },
    ends: BACK,
  }),
  story({
    name: 'apigateway-http-api',
    shows: 'a tool asks for a stage of an HTTP API, which cannot be a target: it is refused with the reason',
    async play(stage) {
      await openApi(stage);
      stage.world.apigateway.addHttpStage({ apiId: 'http123456', stage: 'prod', tags: { lastgood: 'auto' } });
      request(stage, { target: 'apigateway:http123456/prod', reason: 'carts are empty' });
      return after(stage, () => null);
    },
    ends: { outcome: 'failed-clean', served: true, writes: [], because: /no REST API http123456/ },
  }),
];
