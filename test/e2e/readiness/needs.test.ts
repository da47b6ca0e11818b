import '../../paths/silence-logs.ts';
import { matchesGlob } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { checkNow } from '../../../local/scenarios/readiness/story.ts';
import { rehearsalWays } from '../../../local/scenarios/rehearse/ways.ts';
import { checksIn, rollbacksIn } from '../../../local/scenarios/rollbacks.ts';
import { openStage, type Stage } from '../../../local/scenarios/stage.ts';
import type { Need } from '../../../src/readiness/examination.ts';
import type { Checking } from '../../../src/readiness/document.ts';

let stage: Stage;
afterEach(() => stage.close());

/** Calls of every mechanism that change no target, or that a check of readiness makes itself. */
const OTHER = /^(dynamodb|ssm|tag|ecr|events|sqs):|:(Describe|List|Get|BatchGet)/;

/** The way forward launches another image than the way back. */
const anyImage = (resource: string) => resource.replace(/ami-\w+$/, 'ami');

/** Unknown: role-of-an-instance-profile. */
const PROFILE = 'arn:aws:iam::111122223333:role/web-fleet';

/** Returns the needs of the last check. */
function needs(): readonly Need[] {
  const { states } = checksIn(stage.runtime).at(-1)!;
  const documents = states.map(({ input }) => input as Partial<Checking>);
  return documents.findLast(({ examined }) => examined !== undefined)?.examined?.is.needs ?? [];
}

/** A check that simulates too little calls a target ready whose way back AWS would refuse. */
test.each(rehearsalWays.map((way) => [way.name, way] as const))(
  'a check simulates every write of %s',
  async (_, { play }) => {
    stage = await openStage({ seed: 1, fast: true });
    await play(stage);
    const { target } = (rollbacksIn(stage.runtime)[0]!.input as { request: { target: string } }).request;
    expect(await checkNow(stage, target)).toMatchObject({ target });
    const simulated = needs().flatMap(({ actions, resources }) =>
      actions.flatMap((action) => resources.map((resource) => ({ action, resource: anyImage(resource) }))),
    );
    const asked = stage.runtime
      .decided()
      .filter(({ role, action }) => role.includes('-mechanism-') && !OTHER.test(action))
      .map(({ action, resource }) => ({ action, resource: anyImage(resource) }))
      .filter(({ resource }) => resource !== PROFILE);
    expect(asked).not.toEqual([]);
    const isSimulated = (one: (typeof asked)[number]) =>
      simulated.some(({ action, resource }) => action === one.action && matches(one.resource, resource));
    expect(asked.filter((one) => !isSimulated(one))).toEqual([]);
  },
);

function matches(resource: string, pattern: string): boolean {
  return pattern === '*' || matchesGlob(resource, pattern);
}
