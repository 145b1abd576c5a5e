import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { RequireScopes } from '#libs/auth';
import { EnumField, InstantField, type Page, PageOf, TextField } from '#libs/http';
import { make } from '../fields.js';
import type { KeyState, SigningKey } from './key.entities.js';
import { SigningKeys } from './signing-keys.js';

/** Public side of a signing key. */
export class SigningKeyView {
  @TextField({ description: 'Key identifier, the kid of its tokens', max: 100 })
  id: string;

  @EnumField(['current', 'next', 'retired'], {
    description:
      'current: signs; next: published, will sign after the next rotation; retired: verifies for a day more',
  })
  state: KeyState;

  @InstantField({ description: 'When it was made' })
  createdAt: string;

  @InstantField({ description: 'Since when it signs; null if never', nullable: true })
  activatedAt: string | null;

  @InstantField({ description: 'Since when it signs no more; null while it does', nullable: true })
  retiredAt: string | null;

  static of(key: SigningKey): SigningKeyView {
    return make(SigningKeyView, {
      id: key.id,
      state: key.state,
      createdAt: key.createdAt.toISOString(),
      activatedAt: key.activatedAt?.toISOString() ?? null,
      retiredAt: key.retiredAt?.toISOString() ?? null,
    });
  }
}

/** Keys that sign tokens. */
@ApiTags('keys')
@Controller('v1/keys')
@RequireScopes('admin')
export class KeysController {
  constructor(private readonly keys: SigningKeys) {}

  @Get()
  @ApiOkResponse({ type: PageOf(SigningKeyView) })
  async list(): Promise<Page<SigningKeyView>> {
    return toPage(await this.keys.list());
  }

  /** The next key signs from now on; tokens of the current one stay good until they expire. */
  @Post('rotation')
  @HttpCode(200)
  @ApiOkResponse({ type: PageOf(SigningKeyView) })
  async rotate(): Promise<Page<SigningKeyView>> {
    return toPage(await this.keys.rotate());
  }
}

function toPage(keys: SigningKey[]): Page<SigningKeyView> {
  return { items: keys.map((key) => SigningKeyView.of(key)), nextCursor: null };
}
