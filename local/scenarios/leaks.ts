import { SECRET_MARK } from '@lastgood/embedded-aws/world/secret-mark.ts';
import { asRecord } from '../../src/rollback/json.ts';
import { pagesIn } from './report/pages.ts';
import type { Stage } from './stage.ts';

/**
 * Returns the outputs of a play that hold a secret. Every secret of the stage has a mark: the parameters and requests
 * of Slack, webhooks and Prometheus, task tokens, keys of roles, and environments of containers.
 */
export async function leaksIn(stage: Stage): Promise<readonly string[]> {
  const all = await outputsOf(stage);
  return Object.entries(all).flatMap(([where, outputs]) => {
    const clean = new WeakSet();
    const marked = outputs.filter((output) => holdsMark(output, clean));
    const leaks = marked.map(textOf).filter((text) => text.includes(SECRET_MARK));
    return [...new Set(leaks)].slice(0, 3).map((text) => `a secret is in ${where}: ${around(text)}`);
  });
}

/** Returns all that people and other systems can read, by the place where they read it. */
async function outputsOf(stage: Stage): Promise<Readonly<Record<string, readonly unknown[]>>> {
  const { runtime, slack, journal, terminal } = stage;
  return {
    'an event': runtime.bus.published.map(({ event }) => event),
    'an execution': runtime.states.all.flatMap(({ history, input, output, cause }) => [
      ...[input, output, cause],
      ...history,
    ]),
    'the answer of a function': runtime.invocations.map(({ function: name, answer }) => [name, answer]),
    'a log': runtime.lambda.logs.map(({ function: name, text }) => [name, text]),
    'a table': (await runtime.items()).map(withoutToken),
    'a message in Slack': slack.server.bodies,
    'a report page': pagesIn(stage).map(({ html }) => html),
    'the terminal': [...terminal, ...journal.happenings().map(({ what }) => what)],
  };
}

/** The claims table keeps the token of an open question, because its answer needs it. */
function withoutToken(item: unknown): unknown {
  const { token, ...rest } = asRecord(item) ?? {};
  return token === undefined ? item : rest;
}

/** @param clean the objects without a mark so far: the states of an execution share most of what they hold */
function holdsMark(output: unknown, clean: WeakSet<object>): boolean {
  if (typeof output === 'string') return output.includes(SECRET_MARK);
  if (typeof output !== 'object' || output === null || clean.has(output)) return false;
  const holds = Object.entries(output).some(
    ([name, value]) => name.includes(SECRET_MARK) || holdsMark(value, clean),
  );
  if (!holds) clean.add(output);
  return holds;
}

function textOf(output: unknown): string {
  return typeof output === 'string' ? output : JSON.stringify(output ?? null);
}

function around(text: string): string {
  const at = text.indexOf(SECRET_MARK);
  return text.slice(Math.max(0, at - 120), at + 60);
}
