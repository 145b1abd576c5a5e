/** Refuses with the code of a check constraint, so that callers tell rules apart by their constraint's name. */
const refuse = (constraint: string, message: string) =>
  `RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = '${constraint}', MESSAGE = '${message}';`;

/**
 * Before an entry: its line has a year, the year is open, a reversal mirrors its entry, and money is granted beyond what
 * was approved only where the entry says so (its document is mandatory in any case). The year's row is locked for
 * sharing, so that a closing waits for entries under way and entries see a closing that was first; the balance's row
 * is locked for writing, so that entries of one line come one after the other.
 */
const ENTRY_CHECK = `
  CREATE FUNCTION budget_entry_check() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    line_year integer;
    year_state text;
    balance budget_balance;
    original budget_entry;
    beyond bigint;
  BEGIN
    SELECT year INTO line_year FROM budget_line WHERE id = NEW.line_id FOR KEY SHARE;
    IF line_year IS NULL THEN
      ${refuse('entry_is_of_a_year', 'no line of that id, or one without a year')}
    END IF;
    SELECT state INTO year_state FROM budget_year WHERE year = line_year FOR SHARE;
    IF year_state = 'closed' THEN
      ${refuse('year_is_open', 'the fiscal year is closed')}
    END IF;
    SELECT * INTO balance FROM budget_balance WHERE line_id = NEW.line_id FOR UPDATE;
    NEW.excess := 0;
    IF NEW.reverses IS NOT NULL THEN
      SELECT * INTO original FROM budget_entry WHERE id = NEW.reverses;
      IF original.id IS NULL OR original.line_id <> NEW.line_id OR original.step <> NEW.step
          OR original.amount <> -NEW.amount OR original.reverses IS NOT NULL THEN
        ${refuse('reversal_mirrors_its_entry', 'a reversal takes back one whole entry')}
      END IF;
      NEW.excess := original.excess;
    ELSIF NEW.step = 'allocated' THEN
      beyond := balance.allocated + NEW.amount - balance.approved;
      IF beyond > 0 AND NOT NEW.over_grant THEN
        ${refuse('allocated_within_approved', 'more would be allocated than was approved')}
      END IF;
      NEW.excess := greatest(beyond - balance.over_granted, 0);
    END IF;
    RETURN NEW;
  END $$`;

/**
 * After an entry the balance follows; its constraints refuse what must not be. Not before the entry: an INSERT with ON
 * CONFLICT DO NOTHING runs the triggers before it also for rows that it then leaves out.
 */
const ENTRY_APPLY = `
  CREATE FUNCTION budget_entry_apply() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    UPDATE budget_balance SET
      requested = requested + CASE NEW.step WHEN 'requested' THEN NEW.amount ELSE 0 END,
      appraised = appraised + CASE NEW.step WHEN 'appraised' THEN NEW.amount ELSE 0 END,
      approved = approved + CASE NEW.step WHEN 'approved' THEN NEW.amount ELSE 0 END,
      allocated = allocated + CASE NEW.step WHEN 'allocated' THEN NEW.amount ELSE 0 END,
      disbursed = disbursed + CASE NEW.step WHEN 'disbursed' THEN NEW.amount ELSE 0 END,
      settled = settled + CASE NEW.step WHEN 'settled' THEN NEW.amount ELSE 0 END,
      over_granted = over_granted + CASE WHEN NEW.reverses IS NULL THEN NEW.excess ELSE -NEW.excess END
    WHERE line_id = NEW.line_id;
    RETURN NULL;
  END $$`;

const APPEND_ONLY = `
  CREATE FUNCTION budget_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    ${refuse('ledger_is_append_only', 'entries and history are never changed: reverse the entry instead')}
  END $$`;

/** A balance is what the entries add up to: only their trigger, or the end of its line, may touch it. */
const BALANCE_IS_DERIVED = `
  CREATE FUNCTION budget_balance_is_derived() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF pg_trigger_depth() < 2 THEN
      ${refuse('balance_is_derived', 'balances follow from the entries of the ledger')}
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  END $$`;

const LINE_OPEN = `
  CREATE FUNCTION budget_line_open() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    INSERT INTO budget_balance (line_id, state_money) VALUES (NEW.id, NEW.source NOT IN ('enterprise', 'other'));
    RETURN NULL;
  END $$`;

const LINE_KEEP = `
  CREATE FUNCTION budget_line_keep() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF (NEW.id, NEW.item_id, NEW.source, NEW.form) <> (OLD.id, OLD.item_id, OLD.source, OLD.form)
        OR NEW.year IS DISTINCT FROM OLD.year THEN
      ${refuse('line_keeps_its_place', 'a line keeps its item, source, year and form')}
    END IF;
    RETURN NEW;
  END $$`;

/** At the end of the transaction the lines of a project add up to its total cost. */
const SOURCES_ADD_UP = `
  CREATE FUNCTION budget_sources_add_up() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    item uuid;
    project_total bigint;
    item_kind text;
    planned_total numeric;
    lines bigint;
  BEGIN
    IF TG_TABLE_NAME = 'budget_item' THEN
      item := NEW.id;
    ELSE
      item := CASE TG_OP WHEN 'DELETE' THEN OLD.item_id ELSE NEW.item_id END;
    END IF;
    -- Locked, so that two transactions that change lines of one item do not both see the sum without the other.
    SELECT total_cost, kind INTO project_total, item_kind FROM budget_item WHERE id = item FOR UPDATE;
    SELECT count(*), sum(planned) INTO lines, planned_total FROM budget_line WHERE item_id = item;
    IF item_kind = 'project' AND lines > 0 AND planned_total IS DISTINCT FROM project_total THEN
      ${refuse('sources_add_up', 'the lines do not add up to the total cost')}
    END IF;
    RETURN NULL;
  END $$`;

/**
 * An activity's requested and allocated amount are those of its State-budget lines. By what was added, not by a sum: a sum
 * would miss what another transaction adds to another line of the item at the same time.
 */
const ITEM_FOLLOWS = `
  CREATE FUNCTION budget_item_follows() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    item uuid;
  BEGIN
    IF NOT NEW.state_money OR (NEW.requested = OLD.requested AND NEW.allocated = OLD.allocated) THEN
      RETURN NULL;
    END IF;
    SELECT item_id INTO item FROM budget_line WHERE id = NEW.line_id;
    UPDATE budget_item SET
      requested = coalesce(requested, 0) + NEW.requested - OLD.requested,
      allocated = coalesce(allocated, 0) + NEW.allocated - OLD.allocated,
      supplement = greatest(coalesce(requested, 0) + NEW.requested - OLD.requested
        - coalesce(allocated, 0) - NEW.allocated + OLD.allocated, 0)
    WHERE id = item AND kind = 'activity';
    RETURN NULL;
  END $$`;

/** Statements that make the rules of the ledger, in their order. */
export const LEDGER_RULES: readonly string[] = [
  ENTRY_CHECK,
  ENTRY_APPLY,
  APPEND_ONLY,
  BALANCE_IS_DERIVED,
  LINE_OPEN,
  LINE_KEEP,
  SOURCES_ADD_UP,
  ITEM_FOLLOWS,
  `CREATE TRIGGER entry_check BEFORE INSERT ON budget_entry
     FOR EACH ROW EXECUTE FUNCTION budget_entry_check()`,
  `CREATE TRIGGER entry_apply AFTER INSERT ON budget_entry
     FOR EACH ROW EXECUTE FUNCTION budget_entry_apply()`,
  ...['budget_entry', 'budget_change'].flatMap((table) => [
    `CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ${table}
       FOR EACH ROW EXECUTE FUNCTION budget_append_only()`,
    `CREATE TRIGGER never_emptied BEFORE TRUNCATE ON ${table}
       FOR EACH STATEMENT EXECUTE FUNCTION budget_append_only()`,
  ]),
  `CREATE TRIGGER balance_is_derived BEFORE INSERT OR UPDATE OR DELETE ON budget_balance
     FOR EACH ROW EXECUTE FUNCTION budget_balance_is_derived()`,
  `CREATE TRIGGER line_open AFTER INSERT ON budget_line FOR EACH ROW EXECUTE FUNCTION budget_line_open()`,
  `CREATE TRIGGER line_keep BEFORE UPDATE ON budget_line FOR EACH ROW EXECUTE FUNCTION budget_line_keep()`,
  `CREATE TRIGGER item_follows AFTER UPDATE ON budget_balance
     FOR EACH ROW EXECUTE FUNCTION budget_item_follows()`,
  `CREATE CONSTRAINT TRIGGER sources_add_up AFTER INSERT OR UPDATE OR DELETE ON budget_line
     DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION budget_sources_add_up()`,
  `CREATE CONSTRAINT TRIGGER sources_add_up AFTER UPDATE OF total_cost ON budget_item
     DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION budget_sources_add_up()`,
];
