import { Entity } from 'typeorm';
import { CatalogueEntry, LifecycleStep } from '../catalogue/entry.entity.js';

@Entity({ name: 'registry_database' })
export class RegistryDatabase extends CatalogueEntry {}

@Entity({ name: 'registry_database_lifecycle' })
export class DatabaseLifecycleStep extends LifecycleStep {}
