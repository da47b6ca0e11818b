import { skip, type Rule } from './rule.ts';

/** An alarm that only scales turns with the load, also where users are well. Its owner's tag may say that it shows harm. */
export const showsHarm: Rule = ({ facts: { request, alarm } }) => {
  const { trigger } = request;
  if (trigger?.type !== 'alarm' || trigger.isTagged === true) return null;
  if (alarm?.known !== true || alarm.is.onlyScales !== true) return null;
  return skip(
    `Alarm ${trigger.alarm} only runs scaling policies, and has no tag lastgood:target: it shows load, and no harm`,
  );
};
