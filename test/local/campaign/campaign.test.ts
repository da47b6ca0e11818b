import { describe, expect, it } from 'vitest';
import { runCampaign, type Options } from '../../../local/campaign/campaign.ts';
import { storiesOf, storyAt } from '../../../local/campaign/stories.ts';
import { replayOf } from '../../../local/campaign/written.ts';

const OPTIONS: Options = {
  ...{ plays: 10, seed: 4, minutes: Infinity, kinds: [], processes: 1, shrinkMs: 1 },
  onProgress: () => undefined,
  player: new URL('../../fakes/campaign-player.ts', import.meta.url),
};

describe('a campaign', () => {
  it('counts what plays reach, and keeps each violation with its replay', async () => {
    const shown: number[] = [];
    const { violations, ...sums } = await runCampaign({
      ...OPTIONS,
      onProgress: ({ plays }) => shown.push(plays),
    });
    expect(shown).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(sums).toMatchObject({ plays: 10, seed: 4, cpuMsMedian: 4, simulatedHours: 9 });
    expect(sums.reached).toMatchObject({ kinds: { ecs: 9 }, states: { 'rollback.Claim': 9 } });
    expect(violations.map(({ invariant, saw }) => [invariant, saw])).toEqual([
      ['made-up', 'play 0'],
      ['made-up', 'play 3'],
      ['made-up', 'play 6'],
      ['play-ends', 'its process ended before the play did, or hung'],
      ['made-up', 'play 9'],
    ]);
    expect(violations[1]?.replay).toBe(replayOf(storyAt(storiesOf(), 4, 3)));
  });

  it('says each violation as it comes, and begins no play once it is interrupted', async () => {
    const controller = new AbortController();
    const said: string[] = [];
    const { plays, violations } = await runCampaign({
      ...OPTIONS,
      interrupted: controller.signal,
      onViolation: ({ saw }) => {
        said.push(saw);
        if (saw === 'play 3') controller.abort();
      },
    });
    expect([plays, said]).toEqual([4, ['play 0', 'play 3']]);
    expect(violations).toHaveLength(2);
  });

  it('begins no play after its minutes', async () => {
    const { plays } = await runCampaign({ ...OPTIONS, plays: Infinity, minutes: 0 });
    expect(plays).toBe(0);
  });
});
