import { askedInVariables } from '../asked.ts';
import { badRequest } from './errors.ts';
import type { Effect } from './model.ts';

/** The behaviour of an application whose configuration asks for nothing else. */
const SOUND: Effect = { errorRate: 0, latency: 0.05 };

/**
 * Returns how an application behaves with a configuration: a JSON object may have the words that functions have as
 * environment variables. Any other text changes nothing.
 * @throws AwsError BadRequestException for an unknown word, or a value without meaning
 */
export function effectOf(content: Uint8Array): Effect {
  const asked = askedInVariables(entriesIn(new TextDecoder().decode(content)), badRequest);
  return { ...SOUND, ...asked };
}

function entriesIn(text: string): Readonly<Record<string, string>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return {};
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, String(one)]));
  } catch {
    return {};
  }
}
