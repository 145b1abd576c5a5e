import type { INestApplication, Type } from '@nestjs/common';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { ACCESS_RULE, type AccessRule } from '#libs/auth';
import type { ServiceOptions } from '../service/options.js';
import { OPERATIONAL_PATHS, PROBLEM_RESPONSE, PROBLEM_SCHEMA } from './common-parts.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
const BEARER = 'bearer';

/** The OpenAPI document of a service, with what all services have in common filled in. */
export function describeService(
  app: INestApplication,
  options: Pick<ServiceOptions, 'name' | 'title' | 'description'>,
): OpenAPIObject {
  const configuration = new DocumentBuilder()
    .setTitle(options.title ?? `IOC ${options.name}`)
    .setDescription(options.description ?? '')
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, BEARER)
    .build();
  const document = SwaggerModule.createDocument(app, configuration, { operationIdFactory: operationId });
  const rules = accessRules(app);
  for (const path of Object.values(document.paths)) {
    for (const method of METHODS) {
      const operation = path[method];
      if (operation) complete(operation, method, rules.get(operation.operationId ?? ''));
    }
  }
  document.components ??= {};
  document.components.schemas = { ...document.components.schemas, Problem: PROBLEM_SCHEMA };
  document.paths = { ...document.paths, ...OPERATIONAL_PATHS };
  return document;
}

function complete(operation: Operation, method: string, rule: AccessRule | undefined): void {
  operation.responses = { ...operation.responses, default: PROBLEM_RESPONSE };
  if (rule?.kind === 'public') {
    operation.security = [];
  } else {
    operation.security = [...(rule?.kind === 'optional' ? [{}] : []), { [BEARER]: [] }];
    if (rule) {
      const scopes = rule.scopes.join(rule.kind === 'any' ? ' | ' : ', ');
      operation.description = [operation.description, `Scope: ${scopes}`].filter(Boolean).join('\n\n');
    }
  }
  if (method === 'post') {
    operation.parameters = [
      ...(operation.parameters ?? []),
      {
        name: 'Idempotency-Key',
        in: 'header',
        required: false,
        description:
          'Makes the request safe to send again for 7 days: the same key and body get the first answer',
        schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,128}$' },
      },
    ];
  }
}

function operationId(controller: string, method: string): string {
  return `${controller}_${method}`;
}

/** Access rules by operation, inherited ones too; the method's wins over the class's. */
function accessRules(app: INestApplication): Map<string, AccessRule | undefined> {
  const rules = new Map<string, AccessRule | undefined>();
  const scanner = new MetadataScanner();
  for (const module of app.get(ModulesContainer).values()) {
    for (const { metatype } of module.controllers.values()) {
      if (typeof metatype !== 'function') continue;
      const prototype = (metatype as Type<object>).prototype as Record<string, unknown>;
      for (const method of scanner.getAllMethodNames(prototype)) {
        const handler = prototype[method];
        if (typeof handler !== 'function') continue;
        const rule: unknown =
          Reflect.getMetadata(ACCESS_RULE, handler) ?? Reflect.getMetadata(ACCESS_RULE, metatype);
        rules.set(operationId(metatype.name, method), rule as AccessRule | undefined);
      }
    }
  }
  return rules;
}
