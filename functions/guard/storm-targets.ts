/**
 * Reads the parameter `storm`: how many targets may alarm within five minutes without being a storm. Null: `off`.
 * @throws Error on any other text. The deployment has checked it (scripts/parameters.ts)
 */
export function readStormTargets(text: string): number | null {
  if (text === 'off') return null;
  if (!/^[1-9]\d{0,3}$/.test(text))
    throw new Error(`STORM_TARGETS is ${text}: neither off nor a number of targets`);
  return Number(text);
}
