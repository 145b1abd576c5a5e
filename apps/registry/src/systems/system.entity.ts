import { Entity } from 'typeorm';
import { CatalogueEntry, LifecycleStep } from '../catalogue/entry.entity.js';

@Entity({ name: 'registry_system' })
export class RegistrySystem extends CatalogueEntry {}

@Entity({ name: 'registry_system_lifecycle' })
export class SystemLifecycleStep extends LifecycleStep {}
