import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { INestApplication } from '@nestjs/common';
import { problem } from '#libs/contracts';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { PAGE_CONTENT_SECURITY_POLICY } from '../requests/security-headers.js';
import type { ServiceOptions } from '../service/options.js';

const DAY = 86_400;

/** What the page loads from swagger-ui-dist; nothing else of the package is served. */
const ASSETS: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
};

// Relative addresses: the service may be published under a path of a proxy.
const PAGE = `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API</title>
<link rel="icon" href="docs/favicon-32x32.png">
<link rel="stylesheet" href="docs/swagger-ui.css">
</head>
<body>
<div id="swagger-ui"></div>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/start.js"></script>
</body>
</html>
`;

const START = `SwaggerUIBundle({
  url: 'openapi.json', dom_id: '#swagger-ui', deepLinking: true, validatorUrl: null, displayRequestDuration: true,
});
`;

export interface Documentation {
  /** Tells which application the document describes; it is made at the first request for it. */
  describe(app: INestApplication): void;
}

/** `/openapi.json` and the readable page `/docs`. */
export function addDocumentation(fastify: FastifyInstance, options: ServiceOptions): Documentation {
  let application: INestApplication | undefined;
  let document: string | undefined;

  fastify.get('/openapi.json', async (_request, reply) => {
    if (!application) throw problem('unavailable');
    if (document === undefined) {
      const { describeService } = await import('./document.js');
      document = JSON.stringify(describeService(application, options));
    }
    return reply.type('application/json; charset=utf-8').send(document);
  });

  fastify.get('/docs', (_request, reply) => sendPagePart(reply, 'text/html; charset=utf-8', PAGE));

  fastify.get<{ Params: { file: string } }>('/docs/:file', async ({ params: { file } }, reply) => {
    if (file === 'start.js') return sendPagePart(reply, 'text/javascript; charset=utf-8', START);
    const type = Object.hasOwn(ASSETS, file) ? ASSETS[file] : undefined;
    if (type === undefined) throw problem('not-found');
    const directory = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
    return sendPagePart(reply, type, await readFile(join(directory, file)));
  });

  return {
    describe: (app) => {
      application = app;
    },
  };
}

function sendPagePart(reply: FastifyReply, type: string, content: string | Buffer): FastifyReply {
  return reply
    .type(type)
    .header('content-security-policy', PAGE_CONTENT_SECURITY_POLICY)
    .header('cache-control', `public, max-age=${DAY}`)
    .send(content);
}
