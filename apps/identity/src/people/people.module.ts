import { Module } from '@nestjs/common';
import { RecordsModule } from '../records/records.module.js';
import { Authentication } from './authentication.js';
import { FirstAdministrator } from './first-administrator.js';
import { LoginAttempts } from './login-attempts.js';
import { Passwords } from './passwords.js';
import { PeopleController } from './people.controller.js';
import { PeopleService } from './people.service.js';

@Module({
  imports: [RecordsModule],
  controllers: [PeopleController],
  providers: [PeopleService, Authentication, Passwords, LoginAttempts, FirstAdministrator],
  exports: [PeopleService, Authentication, LoginAttempts],
})
export class PeopleModule {}
