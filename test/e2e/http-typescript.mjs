// Lets a child process of a suite run TypeScript: `node --import ./http-typescript.mjs main.ts`. Services in production
// are built instead; nothing of this is theirs.
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { transformSync } from '@swc/core';

const root = new URL('../../', import.meta.url);
const swc = {
  jsc: {
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    target: 'es2022',
  },
  module: { type: 'es6' },
};

registerHooks({
  resolve: (specifier, context, next) => {
    const library = /^#libs\/(.+)$/.exec(specifier)?.[1];
    if (library) return next(new URL(`libs/${library}/src/index.ts`, root).href, context);
    const ours = context.parentURL?.endsWith('.ts') === true && specifier.startsWith('.');
    return next(ours ? specifier.replace(/\.js$/, '.ts') : specifier, context);
  },
  load: (url, context, next) => {
    if (!url.endsWith('.ts')) return next(url, context);
    const filename = fileURLToPath(url);
    const { code } = transformSync(readFileSync(filename, 'utf8'), {
      ...swc,
      filename,
      sourceFileName: pathToFileURL(filename).href,
    });
    return { format: 'module', source: code, shortCircuit: true };
  },
});
