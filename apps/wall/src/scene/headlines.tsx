import type {
  BudgetSection,
  HealthSection,
  Overview,
  RegistrySection,
  SharingSection,
  StaffingSection,
  TasksSection,
} from '#libs/contracts';
import { formatCount, formatMoney, moneyAmount, NOT_DETERMINED } from '../format/numbers.js';
import { formatHealth, formatInOperation, type SharingAlarm, sharingAlarm } from '../format/words.js';
import { formatAge, formatTime, instantOf } from '../format/times.js';
import { useWall } from '../live/use-wall.js';
import type { Layout } from '../settings/sizing.js';
import { Changing } from './changing.js';
import { Digits } from './digits.js';
import { Mark } from './marks.js';
import { Panel } from './panel.js';

/** The row of headline figures, the red one first; those that the room allows. */
export function Headlines({ overview, layout }: { overview: Overview; layout: Layout }) {
  return (
    <div className="headlines">
      <OverdueHeadline tasks={overview.tasks} />
      <BudgetHeadline budget={overview.budget} />
      {layout === 'full' && <RegistryHeadline registry={overview.registry} sharing={overview.sharing} />}
      {layout === 'full' && <StaffingHeadline staffing={overview.staffing} />}
      <HealthHeadline health={overview.health} />
    </div>
  );
}

/** "23/65", the part that changes set large. */
function Share({ part, whole }: { part: number; whole: number }) {
  return (
    <span className="share">
      <Changing text={formatCount(part)} />
      <span className="whole">/{formatCount(whole)}</span>
    </span>
  );
}

/** What a figure counts, beside it, on at most two lines. */
function Unit({ lines }: { lines: readonly string[] }) {
  return (
    <span className="unit">
      {lines.map((line) => (
        <span key={line}>{line} </span>
      ))}
    </span>
  );
}

/** Red first: beside what is overdue, periodic reports that are missing; what is due soon has a list of its own. */
function OverdueHeadline({ tasks }: { tasks: TasksSection }) {
  const { overdue, dueSoon } = tasks.byTimeliness;
  const { missing } = tasks.reports;
  const red = overdue > 0;
  return (
    <Panel
      service="tasks"
      title="Nhiệm vụ"
      sourceTime={tasks.sourceTime}
      className="headline headline-overdue"
    >
      <p className={`figure ${red ? 'overdue' : 'on-track'}`}>
        <Mark shape={red ? 'triangle' : 'dot'} /> <Changing text={formatCount(overdue)} />{' '}
        <Unit lines={['quá hạn']} />
      </p>
      <p className="detail">
        {missing > 0 && (
          <span className="overdue">
            <Mark shape="triangle" /> <Changing text={formatCount(missing)} /> thiếu báo cáo ·{' '}
          </span>
        )}
        {missing === 0 && dueSoon > 0 && (
          <span className="due-soon">
            <Mark shape="diamond" /> <Changing text={formatCount(dueSoon)} /> sắp đến hạn ·{' '}
          </span>
        )}
        <Changing text={formatCount(tasks.total)} /> nhiệm vụ
      </p>
    </Panel>
  );
}

function BudgetHeadline({ budget }: { budget: BudgetSection }) {
  const supplement = moneyAmount(budget.activities.supplement);
  return (
    <Panel
      service="budget"
      title={`Kinh phí ${budget.year}`}
      sourceTime={budget.sourceTime}
      className="headline headline-budget"
    >
      <p className="figure">
        <Changing text={supplement.figure} /> <Unit lines={[supplement.unit, 'cần bổ sung']} />
      </p>
      <p className="detail">
        <Changing text={formatCount(budget.projects.count)} /> dự án ·{' '}
        <Changing text={formatMoney(budget.projects.totalCost)} />
      </p>
    </Panel>
  );
}

/** Red first: databases whose data no longer arrives as declared, and for how long; below it what is wrong in sharing. */
function RegistryHeadline({ registry, sharing }: { registry: RegistrySection; sharing: SharingSection }) {
  const { stale, staleSince } = registry.quality;
  const alarm = sharingAlarm(sharing);
  const isRed = stale > 0 || alarm?.tone === 'overdue';
  return (
    <Panel
      service="registry"
      title="Cơ sở dữ liệu"
      sourceTime={registry.sourceTime}
      className={`headline ${isRed ? 'headline-late' : ''}`}
    >
      {stale > 0 ? (
        <>
          <p className="figure overdue">
            <Mark shape="triangle" /> <Changing text={formatCount(stale)} />{' '}
            <Unit lines={['CSDL trễ', 'cập nhật']} />
          </p>
          <p className="detail">
            {alarm?.tone === 'overdue' ? (
              <Alarm alarm={alarm} />
            ) : (
              <>
                lâu nhất <Age since={staleSince} />
              </>
            )}
          </p>
        </>
      ) : (
        <>
          <p className="figure">
            <Changing text={formatCount(registry.databases.total)} /> <Unit lines={['CSDL']} />
          </p>
          <p className="detail">
            {alarm ? <Alarm alarm={alarm} /> : <Changing text={formatInOperation(registry.databases)} />}
          </p>
        </>
      )}
    </Panel>
  );
}

function Alarm({ alarm: { tone, shape, words } }: { alarm: SharingAlarm }) {
  return (
    <span className={tone}>
      <Mark shape={shape} /> <Changing text={words} />
    </span>
  );
}

/** How long something has lasted; goes on by the wall's own clock. */
function Age({ since }: { since: string | null }) {
  const age = useWall((_, now) => formatAge(instantOf(since) ?? now, now));
  return <Digits text={age} />;
}

function StaffingHeadline({ staffing }: { staffing: StaffingSection }) {
  const { units, itStaff } = staffing;
  return (
    <Panel service="staffing" title="Nhân lực CNTT" sourceTime={staffing.sourceTime} className="headline">
      <p className="figure">
        <Share part={units.answered} whole={units.total} />
        <Unit lines={['đơn vị', 'báo cáo']} />
      </p>
      <p className="detail">
        <Changing text={itStaff === null ? `${NOT_DETERMINED} số người` : `${formatCount(itStaff)} người`} />
      </p>
    </Panel>
  );
}

/** Its time is that of the look-up: it is about the link itself, so a broken link is what makes it old. */
function HealthHeadline({ health }: { health: HealthSection }) {
  const { healthy, total, words } = formatHealth(health.services);
  const online = useWall(({ link }) => link === 'online');
  const well = healthy === total && online;
  const checked = useWall((state) => {
    const instant = state.heardAt ?? instantOf(health.checkedAt);
    return instant === null ? '' : formatTime(instant);
  });
  return (
    <section className="panel headline" aria-label="Nguồn dữ liệu" data-stale={online ? undefined : true}>
      <header className="panel-head">
        <h2>Nguồn</h2>
        <span className="source-time">
          <Digits text={checked} />
        </span>
      </header>
      <p className="figure">
        <span className={well ? 'on-track' : 'attention'}>
          <Mark shape={well ? 'dot' : 'ring'} />
        </span>{' '}
        <Share part={healthy} whole={total} />
      </p>
      <p className="detail">{online ? words : 'Chưa rõ'}</p>
    </section>
  );
}
