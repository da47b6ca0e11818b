import { SECRET_MARK } from '@lastgood/embedded-aws/world/secret-mark.ts';
import { openShop } from '../ecs/shop.ts';
import { TARGET } from '../ecs/target.ts';
import { installSlack } from '../slack/oncall.ts';
import type { Scenario } from '../scenario.ts';
import { BACK, bad, LOG_GROUP, STOPS_ONLY } from './causes.ts';
import { advised, allOf, documentOf, found, linesOf, triaged } from './found.ts';

/** Lines of a program that prints what it must not, each with a secret. */
export const CARELESS = [
  `config: {"password":"${SECRET_MARK} one","port":8080}`,
  `Authorization: Bearer ${SECRET_MARK}abcdef0123`,
  `connecting to postgres://shop:${SECRET_MARK}4@db.internal:5432/shop`,
  `DB_LOGIN=${SECRET_MARK} five`,
  `the key is ${SECRET_MARK}6Qz81LmN4pR7`,
  `PASSWORD is ${SECRET_MARK} of v2`,
  Buffer.from(`${SECRET_MARK} of v2`).toString('base64'),
] as const;

export const shownEvidence: readonly Scenario[] = [
  {
    name: 'evidence-count-lowered',
    shows: 'the release lowered the desired count and the limit of scaling: both are offered to be put back',
    target: TARGET,
    async play(stage) {
      const limits = {
        ServiceNamespace: 'ecs',
        ResourceId: 'service/prod/checkout',
        ScalableDimension: 'ecs:service:DesiredCount',
      };
      const shop = await openShop(stage, { deployment: STOPS_ONLY, desiredCount: 6 });
      installSlack(stage);
      stage.call('scaling', 'RegisterScalableTarget', { ...limits, MinCapacity: 1, MaxCapacity: 2 });
      shop.release('v2', { errorRate: 0.4 }, { service: { desiredCount: 1 } });
      await stage.aftermath();
    },
    ends: {
      cause: 'count-changed',
      ...BACK,
      also: allOf(
        triaged(/lowered the desired count from 6 to 1/),
        advised(
          /from 6 to 1\. .* aws ecs update-service --cluster prod --service checkout --desired-count 6$/,
        ),
        advised(/at most 2 tasks, and 6 ran .* register-scalable-target .* --max-capacity 6$/),
        (stage) => {
          const { plan } = documentOf(stage) ?? {};
          const notes = plan !== undefined && 'notes' in plan ? (plan.notes ?? []) : [];
          return notes.some((note) => note.includes('from 6 to 1'))
            ? null
            : `the notes are ${notes.join(' | ')}`;
        },
      ),
    },
  },
  {
    name: 'evidence-careless-log',
    shows: 'a program logs its environment, secrets and tokens: none of them is in any output',
    target: TARGET,
    play: bad({
      behaviour: {
        exitsAfterSeconds: 5,
        exitCode: 1,
        logs: [...CARELESS, 'TypeError: cart is not iterable'],
      },
      how: { logGroup: LOG_GROUP, secrets: { DB_LOGIN: '/checkout/login' } },
    }),
    ends: {
      cause: 'crash',
      ...BACK,
      also: allOf(triaged(/exits with code 1/), found('container logs', /cart is not iterable/), (stage) => {
        const lines = linesOf(stage, 'container logs').filter((line) => line.includes('***'));
        const encoded = JSON.stringify(documentOf(stage)).includes(CARELESS[6].replace(/=+$/, ''));
        if (encoded) return 'the document holds a secret in Base64';
        return lines.length >= CARELESS.length ? null : `masked are ${lines.join(' | ')}`;
      }),
    },
  },
];
