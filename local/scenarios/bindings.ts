import './silence-logs.ts';
import path from 'node:path';
import type { Bindings } from '@lastgood/embedded-aws/runtime/lambda/in-process.ts';

const BUILD = path.resolve(import.meta.dirname, '../../.build');

type Bind = Awaited<ReturnType<Bindings>>;

/** Binds the function that a bundle was made from. */
export const bindings: Bindings = async ({ module }) => {
  const folder = path.relative(BUILD, path.dirname(module));
  const source = new URL(`../../functions/${folder}/bind.ts`, import.meta.url);
  const { bind } = (await import(/* @vite-ignore */ source.href)) as { readonly bind: Bind };
  return bind;
};
