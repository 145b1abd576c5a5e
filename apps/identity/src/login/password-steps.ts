import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Clock } from '#libs/calendar';
import { Authentication, type LoginOutcome } from '../people/authentication.js';
import { faultOf } from '../people/passwords.js';
import { PeopleService } from '../people/people.service.js';
import type { Person } from '../people/person.entity.js';
import { locked, loginPage, PASSWORD_FAULTS, passwordPage, TEMPORARY, WRONG } from './login-pages.js';
import type { LoginVisit } from './login-visit.js';
import type { Wording } from './page.js';

/** Logging in with a password, and changing it on the way. */
@Injectable()
export class PasswordSteps {
  constructor(
    private readonly authentication: Authentication,
    private readonly people: PeopleService,
    private readonly clock: Clock,
  ) {}

  async showLogin(visit: LoginVisit): Promise<FastifyReply> {
    return visit.show(await this.loginBody(visit, '', null));
  }

  async logIn(visit: LoginVisit): Promise<FastifyReply> {
    visit.expectStep('login');
    const username = visit.field('username');
    const outcome = await this.authentication.login(username, visit.field('password'));
    if (outcome.kind !== 'in') {
      return this.refuse(visit, outcome, (error) => this.loginBody(visit, username, error));
    }
    if (outcome.person.passwordTemporary) {
      return visit.show(passwordPage({ uid: visit.uid, username, error: null, reason: TEMPORARY }));
    }
    return letIn(visit, outcome.person);
  }

  showChange(visit: LoginVisit): FastifyReply {
    visit.expectStep('login');
    return visit.show(passwordPage({ uid: visit.uid, username: '', error: null, reason: null }));
  }

  /** The present password is asked for again: between two pages nothing says who is there but what was typed. */
  async change(visit: LoginVisit): Promise<FastifyReply> {
    visit.expectStep('login');
    const username = visit.field('username');
    const body = (error: Wording): string => passwordPage({ uid: visit.uid, username, error, reason: null });
    const fault = faultOfChange(visit);
    if (fault) {
      return visit.show(body(PASSWORD_FAULTS[fault]), 400);
    }
    const outcome = await this.authentication.login(username, visit.field('password'));
    if (outcome.kind !== 'in') {
      return this.refuse(visit, outcome, (error) => Promise.resolve(body(error)));
    }
    await this.people.choosePassword(
      outcome.person.id,
      visit.field('new-password'),
      visit.login.session?.uid,
    );
    return letIn(visit, outcome.person);
  }

  private async refuse(
    visit: LoginVisit,
    outcome: Exclude<LoginOutcome, { kind: 'in' }>,
    body: (error: Wording) => Promise<string>,
  ): Promise<FastifyReply> {
    if (outcome.kind === 'wrong') {
      return visit.show(await body(WRONG), 400);
    }
    const remaining = outcome.until.getTime() - this.clock.now().getTime();
    const seconds = Math.max(1, Math.ceil(remaining / 1000));
    return visit.show(await body(locked(Math.ceil(seconds / 60))), 429, { 'retry-after': String(seconds) });
  }

  private async loginBody(visit: LoginVisit, username: string, error: Wording | null): Promise<string> {
    return loginPage({ uid: visit.uid, clientName: await visit.clientName(), username, error });
  }
}

function letIn(visit: LoginVisit, person: Person): Promise<FastifyReply> {
  return visit.finish({ login: { accountId: person.id, amr: ['pwd'] } });
}

function faultOfChange(visit: LoginVisit): keyof typeof PASSWORD_FAULTS | null {
  const chosen = visit.field('new-password');
  if (chosen !== visit.field('repeated')) {
    return 'differs';
  }
  if (chosen === visit.field('password')) {
    return 'same';
  }
  return faultOf(chosen, visit.field('username').trim().toLowerCase());
}
