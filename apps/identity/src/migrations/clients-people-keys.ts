import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ClientsPeopleKeys1767312000000 implements MigrationInterface {
  readonly name = 'ClientsPeopleKeys1767312000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE clients (
        id                        text PRIMARY KEY,
        name                      text NOT NULL,
        kind                      text NOT NULL CHECK (kind IN ('system', 'web', 'browser', 'native')),
        agency                    text,
        scopes                    text[] NOT NULL,
        redirect_uris             text[] NOT NULL,
        post_logout_redirect_uris text[] NOT NULL,
        first_party               boolean NOT NULL,
        secret_hash               text CHECK ((secret_hash IS NOT NULL) = (kind IN ('system', 'web'))),
        disabled_at               timestamptz,
        created_at                timestamptz NOT NULL,
        updated_at                timestamptz NOT NULL,
        version                   integer NOT NULL
      );
      CREATE TABLE people (
        id                  uuid PRIMARY KEY,
        username            text NOT NULL UNIQUE CHECK (username = lower(username)),
        password_hash       text NOT NULL,
        password_changed_at timestamptz NOT NULL,
        password_temporary  boolean NOT NULL,
        agency              text,
        scopes              text[] NOT NULL,
        disabled_at         timestamptz,
        created_at          timestamptz NOT NULL,
        updated_at          timestamptz NOT NULL,
        version             integer NOT NULL
      );
      CREATE TABLE login_attempts (
        username        text PRIMARY KEY,
        failures        integer NOT NULL,
        last_attempt_at timestamptz NOT NULL,
        locked_until    timestamptz
      );
      CREATE TABLE signing_keys (
        id           text PRIMARY KEY,
        state        text NOT NULL CHECK (state IN ('current', 'next', 'retired')),
        key          jsonb NOT NULL,
        created_at   timestamptz NOT NULL,
        activated_at timestamptz,
        retired_at   timestamptz
      );
      CREATE UNIQUE INDEX signing_keys_one_of_a_kind ON signing_keys (state) WHERE state <> 'retired';
      CREATE TABLE cookie_keys (
        id         uuid PRIMARY KEY,
        key        jsonb NOT NULL,
        created_at timestamptz NOT NULL
      );
      CREATE TABLE protocol_records (
        model       text NOT NULL,
        id_hash     bytea NOT NULL,
        payload     jsonb NOT NULL,
        grant_id    text,
        uid         text,
        account_id  text,
        client_id   text,
        expires_at  timestamptz,
        consumed_at timestamptz,
        PRIMARY KEY (model, id_hash)
      );
      CREATE INDEX protocol_records_grant ON protocol_records (grant_id) WHERE grant_id IS NOT NULL;
      CREATE INDEX protocol_records_uid ON protocol_records (uid) WHERE uid IS NOT NULL;
      CREATE INDEX protocol_records_account ON protocol_records (account_id) WHERE account_id IS NOT NULL;
      CREATE INDEX protocol_records_client ON protocol_records (client_id) WHERE client_id IS NOT NULL;
      CREATE INDEX protocol_records_expiry ON protocol_records (expires_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TABLE protocol_records, cookie_keys, signing_keys, login_attempts, people, clients',
    );
  }
}
