import { AwsError } from '@lastgood/embedded-aws/world/service.ts';
import { ASKING } from '../requests.ts';
import { isAt } from '../rollbacks.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { FAULTY, has, openApi, type Api } from './api.ts';
import { after, BACK, left, story } from './story.ts';

/** Lastgood does not undo a change that was made after a bad release, before its alarm or during its rollback. */
export const apigatewaySuperseded: readonly Scenario[] = [
  story({
    name: 'apigateway-put-back-by-hand',
    shows: 'a person points the stage back before the alarm turns: nothing is written',
    async play(stage) {
      const api = await oneProven(stage);
      api.release(FAULTY);
      await stage.minutes(1.5);
      api.putBack(api.first);
      return after(stage, () => has(api, api.first));
    },
    ends: left(/is back already: it replaced/),
  }),
  story({
    name: 'apigateway-canary-removed-by-hand',
    shows: 'a person removes a bad canary before the alarm turns: nothing is written',
    async play(stage) {
      const api = await oneProven(stage);
      api.canary(50, FAULTY);
      await stage.minutes(1.5);
      api.removeCanary();
      return after(stage, () => has(api, api.first));
    },
    ends: left(/is back already: it replaced/),
  }),
  story({
    name: 'apigateway-hotfix-before-alarm',
    shows: 'the fix is released before the alarm turns: a person is asked at most, and the fix stays',
    async play(stage) {
      const api = await oneProven(stage);
      api.release(FAULTY);
      await stage.minutes(1.5);
      const fix = api.release();
      return after(stage, () => has(api, fix));
    },
    ends: left(/No answer came/),
  }),
  story({
    name: 'apigateway-fix-while-asked',
    shows:
      'the fix is released while a question waits, and no answer comes: the plan is made anew, and the fix stays',
    async play(stage) {
      const api = await openApi(stage, { tags: ASKING });
      api.release(FAULTY);
      await stage.until('a person is asked', () => isAt(stage, 'Approve'));
      const fix = api.release();
      return after(stage, () => has(api, fix));
    },
    ends: left(/No answer came/),
  }),
  story({
    name: 'apigateway-fix-before-the-write',
    shows: 'the fix is released before the stage is read for the write: it stays, and nothing was written',
    async play(stage) {
      const api = await openApi(stage);
      api.release(FAULTY);
      let fix = '';
      await stage.until('the plan is made', () => isAt(stage, 'Revert') || isAt(stage, 'Judge'));
      fix = api.release();
      return after(stage, () => has(api, fix));
    },
    ends: left(/./, {
      outcome: 'failed-clean',
      because: /the stage was changed to [0-9a-f]{6} after the plan/,
    }),
  }),
  story({
    name: 'apigateway-half-put-back',
    shows:
      'a person points the stage back after the plan, and forgets the stage variables: it stays, and the reason names both who may have done so',
    async play(stage) {
      const api = await openApi(stage, { variables: { backend: 'v1' } });
      api.release(FAULTY, { variables: { backend: 'v2' } });
      await stage.until('the plan is made', () => isAt(stage, 'Verdict'));
      api.putBack(api.first);
      return after(stage, () => has(api, api.first, { backend: 'v2' }));
    },
    ends: left(/an operator or an earlier try put back the deployment, and not the variables/, {
      outcome: 'failed-dirty',
    }),
  }),
  story({
    name: 'apigateway-overtaken',
    shows: 'the fix is released right after the way back: Lastgood yields at once, and a person is notified',
    async play(stage) {
      const api = await openApi(stage);
      api.release(FAULTY);
      await stage.until('the way back has begun', () => stage.journal.writes().length > 0);
      const fix = api.release();
      return after(stage, () => has(api, fix));
    },
    ends: left(/newer deployment took over/, { outcome: 'failed-dirty', writes: ['UpdateStage'] }),
  }),
  story({
    name: 'apigateway-conflict',
    shows:
      'another change of the API is in progress: API Gateway refuses with a conflict, and the step is retried',
    async play(stage) {
      const api = await openApi(stage);
      api.release(FAULTY);
      const error = new AwsError(
        'ConflictException',
        'Unable to complete operation due to concurrent modification',
        409,
      );
      stage.runtime.wire.disturb.fail({ service: 'apigateway', operation: 'UpdateStage', error }, 2);
      return after(stage, () => has(api, api.first));
    },
    ends: BACK,
  }),
];

/** Waits longer than ten minutes: an earlier release may be a fix of the one before it, which would be suspected. */
async function oneProven(stage: Stage): Promise<Api> {
  const api = await openApi(stage);
  await stage.minutes(3);
  return api;
}
