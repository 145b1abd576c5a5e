import { createPublicKey, verify } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Checkpoint } from '../records.js';
import {
  type Anchor,
  type ChainEnd,
  ChainReader,
  type ReadRecord,
  type SignedCheckpoint,
} from './chain-reader.js';
import { chainHash, sha256 } from './format.js';

export const CHAIN_FAULTS = ['altered', 'missing', 'checkpoint', 'cut-off'] as const;

/** Where the chain does not hold. */
export interface ChainFault {
  sequence: number;
  what: (typeof CHAIN_FAULTS)[number];
}

/** Recomputes the chain from the database, a page at a time. */
@Injectable()
export class ChainCheck {
  constructor(private readonly chain: ChainReader) {}

  /**
   * Begins behind the records that are archived.
   *
   * @param last record up to which to walk; default: the end of the chain
   */
  async begin(last?: number): Promise<ChainWalk> {
    const head = await this.chain.end();
    const end =
      last === undefined ? head : { ...head, sequence: last, hash: await this.chain.hashAt(last, head.log) };
    const keys = await this.chain.keys();
    const start = await this.chain.anchor(end.log);
    return new ChainWalk(this.chain, start, end, new Map(keys.map(({ id, publicKey }) => [id, publicKey])));
  }
}

/** One walk along the chain, to the end that it had when the walk began. */
export class ChainWalk {
  constructor(
    private readonly chain: ChainReader,
    private reached: Anchor,
    readonly end: ChainEnd,
    private readonly keys: ReadonlyMap<string, string>,
  ) {}

  get done(): boolean {
    return this.reached.sequence >= this.end.sequence;
  }

  /** Checks one page. @returns the first fault; null: none so far */
  async next(): Promise<ChainFault | null> {
    const page = await this.chain.page(this.reached.sequence, this.end.sequence);
    if (page.length === 0) return this.missing();
    for (const record of page) {
      if (record.sequence !== this.reached.sequence + 1) return this.missing();
      const fault = this.check(record);
      if (fault) return fault;
    }
    if (this.done && this.reached.hash !== this.end.hash)
      return { sequence: this.end.sequence, what: 'altered' };
    return null;
  }

  private check({ sequence, line, hash, checkpoint }: ReadRecord): ChainFault | null {
    if (chainHash(this.reached.hash, sha256(line)) !== hash) return { sequence, what: 'altered' };
    if (checkpoint && !this.isGenuine(checkpoint, hash)) return { sequence, what: 'checkpoint' };
    this.reached = { sequence, hash };
    return null;
  }

  /** Behind the last record that there is: whether one is gone, or it was archived since the walk began. */
  private async missing(): Promise<ChainFault | null> {
    const anchor = await this.chain.anchor(this.end.log);
    if (anchor.sequence <= this.reached.sequence)
      return { sequence: this.reached.sequence + 1, what: 'missing' };
    this.reached = anchor;
    return null;
  }

  private isGenuine({ line, signature }: SignedCheckpoint, hash: string): boolean {
    const checkpoint = JSON.parse(line) as Checkpoint;
    const x = Buffer.from(this.keys.get(checkpoint.key) ?? '', 'base64').toString('base64url');
    if (checkpoint.hash !== hash || checkpoint.log !== this.end.log || x === '') return false;
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    return verify(null, Buffer.from(line, 'utf8'), key, Buffer.from(signature, 'base64'));
  }
}
