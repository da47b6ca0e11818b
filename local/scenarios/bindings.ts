import path from 'node:path';
import type { Bindings } from '@lastgood/embedded-aws/runtime/lambda/in-process.ts';
import { logger } from '../../src/lambda/logger.ts';

// The embedded AWS keeps what they log.
logger.setLogLevel('INFO');

const BUILD = path.resolve(import.meta.dirname, '../../.build');

type Bind = Awaited<ReturnType<Bindings>>;

const known = new Map<string, Promise<Bind>>();

/** Binds the function that a bundle was made from. */
export const bindings: Bindings = ({ module }) => {
  const bind = known.get(module) ?? load(module);
  known.set(module, bind);
  return bind;
};

async function load(module: string): Promise<Bind> {
  const folder = path.relative(BUILD, path.dirname(module));
  const source = new URL(`../../functions/${folder}/bind.ts`, import.meta.url);
  const { bind } = (await import(/* @vite-ignore */ source.href)) as { readonly bind: Bind };
  return bind;
}
