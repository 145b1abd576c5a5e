import { Column, Entity } from 'typeorm';
import type { SystemSecurity } from '#libs/contracts';
import { CatalogueEntry, LifecycleStep } from '../catalogue/entry.entity.js';

@Entity({ name: 'registry_system' })
export class RegistrySystem extends CatalogueEntry {
  @Column({ type: 'jsonb', nullable: true })
  security: SystemSecurity | null;
}

@Entity({ name: 'registry_system_lifecycle' })
export class SystemLifecycleStep extends LifecycleStep {}
