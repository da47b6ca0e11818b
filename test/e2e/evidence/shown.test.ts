import { expect, it } from 'vitest';
import { BACK, bad, LOG_GROUP } from '../../../local/scenarios/evidence/causes.ts';
import { missingOf, triaged } from '../../../local/scenarios/evidence/found.ts';
import { shownEvidence } from '../../../local/scenarios/evidence/shown.ts';
import { TARGET } from '../../../local/scenarios/ecs/target.ts';
import { play } from '../../../local/scenarios/play.ts';
import type { Stage } from '../../../local/scenarios/stage.ts';
import { plays } from '../plays.ts';

plays('evidence: what people read', shownEvidence);

it('reads no log group that the parameter `logs` leaves out, says so, and gathers the rest', async () => {
  let reason: string | undefined;
  const scenario = {
    name: 'evidence-log-group-left-out',
    shows: 'the parameter `logs` names another group',
    target: TARGET,
    parameters: { LogGroups: 'arn:aws:logs:eu-west-1:111122223333:log-group:/ecs/other:*' },
    play: bad({
      behaviour: { exitsAfterSeconds: 5, exitCode: 1, logs: ['TypeError'] },
      how: { logGroup: LOG_GROUP },
    }),
    ends: { ...BACK, cause: 'crash' as const, also: triaged(/exits with code 1/) },
  };
  const onEnd = (stage: Stage) => (reason = missingOf(stage, 'container logs'));
  const { problems } = await play(scenario, { seed: 1, fast: true, onEnd });
  expect(problems).toEqual(['lastgood-prod-evidence-eu-west-1-role was denied logs GetLogEvents']);
  expect(reason).toMatch(/AccessDenied.*logs:GetLogEvents/);
});
