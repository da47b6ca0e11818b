import type { Plant } from '../plant.ts';

const TRIGGER = 'src/rollback/rules/trigger.ts';
const LOOPS = 'src/rollback/rules/loops.ts';
const SUPERSEDED = 'src/rollback/rules/superseded.ts';
const kinds = ['ecs'];

/** Rules that compare wrongly. */
export const rules: readonly Plant[] = [
  {
    name: 'window-in-seconds',
    is: 'the window is read in seconds',
    ...{ file: TRIGGER, kinds },
    from: 'if (since <= windowMinutes * 60 || leaks) {',
    to: 'if (since <= windowMinutes || leaks) {',
  },
  {
    name: 'window-without-end',
    is: 'a deployment of long ago is near',
    ...{ file: TRIGGER, kinds },
    from: 'const leaks = blame?.leaks === true && since <= MAX_WINDOW_SECONDS;',
    to: 'const leaks = since <= MAX_WINDOW_SECONDS;',
  },
  {
    name: 'alarm-of-hours-ago',
    is: 'an alarm that is green again after hours is acted on',
    ...{ file: TRIGGER, kinds },
    from: "return state === 'ALARM' && since !== undefined && !isAfter(since, at);",
    to: "return state !== 'INSUFFICIENT_DATA' && since !== undefined;",
  },
  {
    name: 'cooldown-in-seconds',
    shows: 'redelivered',
    is: 'the cool-down is read in seconds',
    ...{ file: LOOPS, kinds },
    from: '.find(({ seconds }) => seconds < cooldownMinutes * 60);',
    to: '.find(({ seconds }) => seconds < cooldownMinutes);',
  },
  {
    name: 'rollback-of-a-rollback-by-alarm',
    is: 'an alarm rolls a rollback back',
    ...{ file: LOOPS, kinds },
    from: 'return isAutomatic(request) ? skip(because) : ask(because);',
    to: 'return isAutomatic(request) ? null : ask(because);',
  },
  {
    name: 'same-content-under-another-id',
    shows: 'outage-in-proof',
    is: 'a bad revision that is registered again is not known as the same',
    ...{ file: LOOPS, kinds },
    from: 'return recent.filter((one) => one.content === content).map(({ revision }) => revision.id);',
    to: 'return recent.filter((one) => one.revision.id === content).map(({ revision }) => revision.id);',
  },
  {
    name: 'fix-is-taken-back',
    shows: 'fixed',
    is: 'what was deployed after the harm began is gone back from without asking',
    repeats: 'Knight Capital 2012',
    ...{ file: SUPERSEDED, kinds },
    from: '  return { ...ask(because), timeMayTell: true };\n',
    to: '  if (blame.confidence >= 0) return null;\n  return { ...ask(because), timeMayTell: true };\n',
  },
  {
    name: 'person-went-back-in-vain',
    shows: 'person-goes-back',
    is: "a person's way back is gone back from",
    ...{ file: SUPERSEDED, kinds },
    from: 'const isBack = isReturn(newest, [...between, scene.suspect, ...scene.older]);\n',
    to: 'const isBack = isReturn(newest, []);\n',
  },
];
