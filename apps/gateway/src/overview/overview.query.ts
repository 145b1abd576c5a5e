import { QueryIntegerField } from '#libs/http';

export class OverviewQuery {
  @QueryIntegerField({
    min: 2000,
    max: 2100,
    optional: true,
    description: 'Fiscal year of the budget figures; without it the newest year that has any',
  })
  year?: number;
}
