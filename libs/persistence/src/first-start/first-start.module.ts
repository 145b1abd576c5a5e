import { Module } from '@nestjs/common';
import { FirstStart } from './first-start.js';

/** Gives a capability {@link FirstStart}. Needs PersistenceModule with the FirstStartTable migration at the root. */
@Module({ providers: [FirstStart], exports: [FirstStart] })
export class FirstStartModule {}
