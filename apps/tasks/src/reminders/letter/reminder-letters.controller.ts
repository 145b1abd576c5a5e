import { Controller, Get, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import { DOCX } from '#libs/documents';
import { CodeParam, FILE_SCHEMA, fileAnswer, UuidParam } from '#libs/http';
import { AGENCY_CODE, ReferenceData } from '#libs/reference';
import { type ReminderLetter, reminderLetterDocx } from './reminder-letter.js';
import { ReminderLetters } from './reminder-letters.service.js';

/** Reminder letters (văn bản đôn đốc) to be numbered, signed and sent. */
@ApiTags('reminders')
@Controller('v1')
export class ReminderLettersController {
  constructor(
    private readonly letters: ReminderLetters,
    private readonly reference: ReferenceData,
  ) {}

  @Get('tasks/:id/reminder-letter.docx')
  @RequireScopes('tasks:assign')
  @ApiOperation({
    summary: 'A letter that reminds the leads of a task, in the form of Decree 30/2020/NĐ-CP',
    description: 'For the assigning side. Number, day and signature are left open.',
  })
  @ApiProduces(DOCX)
  @ApiOkResponse(FILE_SCHEMA)
  async aboutTask(@CurrentActor() actor: Actor, @UuidParam('id') id: string): Promise<StreamableFile> {
    return this.file(await this.letters.aboutTask(actor, id));
  }

  @Get('agencies/:agency/reminder-letter.docx')
  @RequireScopes('tasks:assign')
  @ApiOperation({
    summary: 'One letter about all overdue tasks that an agency leads, in the form of Decree 30/2020/NĐ-CP',
    description: 'With the tasks that the caller may assign.',
  })
  @ApiProduces(DOCX)
  @ApiOkResponse(FILE_SCHEMA)
  async toAgency(
    @CurrentActor() actor: Actor,
    @CodeParam('agency', AGENCY_CODE, 'Agency code') agency: string,
  ): Promise<StreamableFile> {
    return this.file(await this.letters.toAgency(actor, agency));
  }

  private async file(letter: ReminderLetter): Promise<StreamableFile> {
    const addressee = letter.addressees.map(({ name }) => name).join(', ');
    const name = `Đôn đốc ${addressee} ${letter.today}.docx`.slice(-150);
    return fileAnswer(await reminderLetterDocx(letter, this.reference), DOCX, name);
  }
}
