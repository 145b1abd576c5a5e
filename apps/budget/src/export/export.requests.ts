import { OmitType } from '@nestjs/swagger';
import { ListItemsQuery } from '../items/item.requests.js';

/** The filters of the list of items; a file has no pages. */
export class ExportQuery extends OmitType(ListItemsQuery, ['limit', 'cursor'] as const) {}
