import { describeConsumer } from './compliance/describe-consumer.js';
import { gateway } from './compliance/subjects/gateway.js';

describeConsumer(gateway);
