import { describePublisher } from './compliance/describe-publisher.js';
import { staffing } from './compliance/subjects/staffing.js';

describePublisher(staffing);
