import { advice } from '../advice.ts';
import { wentTo } from '../ecs/endings.ts';
import { openProvenShop } from '../ecs/proven-shop.ts';
import type { Shop } from '../ecs/shop.ts';
import { TARGET } from '../ecs/target.ts';
import { allOf } from '../evidence/found.ts';
import type { Ending, Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { ended, expectState, REHEARSE, startBack, startForward } from './rehearsal.ts';

/** Goes back, lets something happen, and tries to go forward. */
async function tryForward(stage: Stage, happens: (shop: Shop) => void): Promise<void> {
  const shop = await openProvenShop(stage, { tags: REHEARSE });
  const back = startBack(stage, TARGET);
  expectState('the way back', await ended(stage, back), 'rolled-back', back);
  happens(shop);
  const forward = startForward(stage, back);
  expectState('the way forward', await ended(stage, forward), 'failed-dirty', forward);
}

/** The target stays on the last known good, and a person learns of it. */
const stays = (because: RegExp, lines: readonly RegExp[]): Ending => ({
  outcome: 'failed-dirty',
  served: true,
  writes: ['UpdateService'],
  because,
  also: allOf((stage) => wentTo(stage, 'checkout:1'), advice(lines, 'last')),
});

/** Rehearsals whose way forward cannot begin. */
export const rehearsalsLeft: readonly Scenario[] = [
  {
    name: 'rehearse-forward-gone',
    shows:
      'what ran is deregistered while the rehearsal went back: the target stays, and no advice repeats the way',
    target: TARGET,
    play: (stage) =>
      tryForward(stage, () => {
        stage.call('ecs', 'DeregisterTaskDefinition', { taskDefinition: 'checkout:2' });
        stage.journal.note('checkout:2 is deregistered');
      }),
    follows: 'last',
    ends: stays(
      /^Rehearsal, the way forward: The target stays on checkout:1, where the way back left it: the revision that was asked for cannot be put back: checkout:2: /,
      [
        /^Deploy checkout:2 by your own means, or decide that checkout:1 may stay\. Lastgood cannot go forward/,
      ],
    ),
  },
  {
    name: 'rehearse-forward-observed',
    shows:
      'the target is tagged lastgood=observe while the rehearsal went back: it stays, and the outcome says so',
    target: TARGET,
    play: (stage) =>
      tryForward(stage, ({ arn }) => {
        const tags = [{ key: 'lastgood', value: 'observe' }];
        stage.call('ecs', 'TagResource', { resourceArn: arn, tags });
        stage.journal.note('the service is tagged lastgood=observe');
      }),
    follows: 'last',
    ends: stays(/The target stays on checkout:1, where the way back left it: Only observed\. /, [
      /^Tag the target lastgood=approve or lastgood=auto\.$/,
      /^Go forward: npx --no-install lastgood rehearse ecs:prod\/checkout --forward$/,
    ]),
  },
];
