import { describe, expect, it } from 'vitest';
import { readImage } from '../../../../functions/mechanisms/ecs/images.ts';

const DIGEST = `sha256:${'ab'.repeat(32)}`;
const place = { account: '111122223333', region: 'eu-west-1' };

describe('readImage', () => {
  it.each([
    [
      '111122223333.dkr.ecr.eu-west-1.amazonaws.com/checkout',
      { repository: 'checkout', by: { tag: 'latest' } },
    ],
    [
      '111122223333.dkr.ecr.eu-west-1.amazonaws.com/team/checkout:v42',
      { repository: 'team/checkout', by: { tag: 'v42' } },
    ],
    [
      `111122223333.dkr.ecr.eu-west-1.amazonaws.com/checkout@${DIGEST}`,
      { repository: 'checkout', by: { digest: DIGEST } },
    ],
    [
      `111122223333.dkr.ecr.eu-west-1.amazonaws.com/checkout:v42@${DIGEST}`,
      { repository: 'checkout', by: { digest: DIGEST } },
    ],
    [
      '111122223333.dkr.ecr-fips.eu-west-1.amazonaws.com/checkout:v42',
      { repository: 'checkout', by: { tag: 'v42' } },
    ],
    ['111122223333.dkr-ecr.eu-west-1.on.aws/checkout:v42', { repository: 'checkout', by: { tag: 'v42' } }],
  ])('reads %s', (uri, expected) => expect(readImage(uri)).toEqual({ ...place, ...expected }));

  it.each(['nginx', 'nginx:1.27', 'public.ecr.aws/nginx/nginx:1.27', 'registry.test:5000/checkout', ''])(
    'leaves %j alone',
    (uri) => expect(readImage(uri)).toBeNull(),
  );
});
