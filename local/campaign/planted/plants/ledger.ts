import type { Plant } from '../plant.ts';

const ECS = ['ecs'];
const CLAIMS = 'src/ledger/dynamodb-claims.ts';
const PROVE = 'functions/sweep/prove.ts';

/** Fences left out, and what is proven or condemned without a reason. */
export const ledger: readonly Plant[] = [
  {
    name: 'claim-taken-from-its-holder',
    shows: 'redelivered',
    is: 'a second rollback takes the claim of the first',
    repeats: 'AWS us-east-1, October 2025: two enactors at once',
    ...{ file: CLAIMS, kinds: ECS },
    from: 'when: `${isFree} OR ${isExpired}`,',
    to: 'when: `${isFree} OR attribute_exists(#holder)`,',
  },
  {
    name: 'claim-held-by-anyone',
    shows: 'person-goes-back',
    is: 'the fence before a write asks only whether any execution holds the claim',
    repeats: 'AWS us-east-1, October 2025: an old plan was applied',
    ...{ file: CLAIMS, kinds: ECS },
    from: 'when: `${isHolder} AND ${isUnexpired}`,',
    to: 'when: `(${isHolder} OR attribute_exists(#holder)) AND ${isUnexpired}`,',
  },
  {
    name: 'claim-never-released',
    shows: 'redelivered',
    is: 'the claim stays when its rollback is over',
    ...{ file: CLAIMS, kinds: ECS },
    from: "remove: ['holder', 'kind', 'since', 'expiresAt'],",
    to: "remove: ['since'],",
  },
  {
    name: 'claim-loser-forgets-its-trigger',
    is: 'a trigger that comes during a rollback is lost',
    ...{ file: CLAIMS, kinds: ECS },
    from: 'if (rehearsalOf(request) === null) await records.alsoTriggered',
    to: 'if (rehearsalOf(request) !== null) await records.alsoTriggered',
  },
  {
    name: 'good-although-condemned',
    is: 'the list of targets calls a condemned revision last known good',
    repeats: 'Argo Rollouts 1665: a condemned canary came back',
    ...{ file: 'src/ledger/last-known-good.ts', kinds: ECS },
    from: '.filter(({ revision }) => !bad.some((one) => isSame(one, revision)))',
    to: '.filter(({ revision }) => bad.length >= 0 || isSame(revision, revision))',
  },
  {
    name: 'condemned-is-chosen-again',
    shows: 'outage-in-proof',
    is: 'ECS goes back to a condemned revision',
    repeats: 'Argo Rollouts 1665: a condemned canary came back',
    ...{ file: 'functions/mechanisms/ecs/native/survey.ts', kinds: ECS },
    from: '    !condemned.has(id) &&\n',
    to: '',
  },
  {
    name: 'proof-without-soak',
    shows: 'watched',
    is: 'a revision is proven as soon as its deployment completed',
    ...{ file: PROVE, kinds: ECS },
    from: 'if (isAfter(soakUntil, now)) return',
    to: 'if (isAfter(observed.completedAt, now)) return',
  },
  {
    name: 'proof-although-red',
    shows: 'fixed',
    is: 'a revision is proven although its alarm was red in the soak',
    repeats: 'Azure Front Door, October 2025: last known good must be proven',
    ...{ file: PROVE, kinds: ECS },
    from: 'if (stayedOk.is) {',
    to: 'if (stayedOk.is || isClear(one)) {',
  },
  {
    name: 'proof-of-what-was-replaced',
    is: 'a revision that no longer runs is proven',
    ...{ file: PROVE, kinds: ECS },
    from: "if (deployed === null || deployed.runs === 'gone') return",
    to: 'if (deployed === null) return',
  },
  {
    name: 'proof-forgets-red-suspects',
    is: 'an alarm that is red at the end of the soak does not count',
    ...{ file: PROVE, kinds: ECS },
    from: 'const suspects = new Set([...(observed.suspects ?? []), ...inAlarm]);',
    to: 'const suspects = new Set([...(observed.suspects ?? []), ...inAlarm.slice(0, 0)]);',
  },
];
