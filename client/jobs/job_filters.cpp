// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/jobs/job_filters.h"

#include "client/design/icon.h"
#include "client/jobs/job_filter_dialogs.h"
#include "client/jobs/job_looks.h"
#include "client/widgets/amounts.h"
#include "client/widgets/controls.h"

#include <QMap>
#include <QMenu>

using namespace Qt::StringLiterals;
using Condition = FilterBar::Condition;

namespace {

QString text(const QUuid &id) { return id.toString(QUuid::WithoutBraces); }

} // namespace

JobFilters::JobFilters(FilterBar *bar, TemplateLibrary &library, const JobsModel &model, QObject *parent)
    : QObject(parent),
      m_bar(bar),
      m_library(library),
      m_model(model)
{
    connect(bar, &FilterBar::changed, this, &JobFilters::changed);
    connect(bar, &FilterBar::editRequested, this, &JobFilters::edit);
    connect(bar->addMenu(), &QMenu::aboutToShow, this, &JobFilters::offerAll);
}

Condition JobFilters::model(const QString &name) const { return {u"model"_s, tr("Model"), name, shownModel(name)}; }

Condition JobFilters::promptTemplate(const QUuid &id, const QString &name) const
{
    return {u"template"_s, tr("Template"), text(id), name.isEmpty() ? shortId(id) : name};
}

Condition JobFilters::user(const QUuid &id, const QString &name) const
{
    return {u"user"_s, tr("Run by"), text(id), name.isEmpty() ? shortId(id) : name};
}

Condition JobFilters::day(const QDate &day) const
{
    return {u"day"_s, tr("Day"), day.toString(Qt::ISODate), QLocale().toString(day, QLocale::ShortFormat)};
}

Condition JobFilters::within(int hours) const
{
    const bool inDays = hours % 24 == 0 && hours > 24;
    return {u"within"_s, tr("Made"), QString::number(hours),
            inDays ? tr("last %n day(s)", nullptr, hours / 24) : tr("last %n hour(s)", nullptr, hours)};
}

Condition JobFilters::today() const { return {u"within"_s, tr("Made"), u"today"_s, tr("today")}; }

Condition JobFilters::days(const QDate &first, const QDate &last) const
{
    const QLocale locale;
    return {u"day"_s, tr("Day"), u"%1/%2"_s.arg(first.toString(Qt::ISODate), last.toString(Qt::ISODate)),
            tr("%1 to %2", "days")
                .arg(locale.toString(first, QLocale::ShortFormat), locale.toString(last, QLocale::ShortFormat))};
}

Condition JobFilters::states(const QList<JobState> &states) const
{
    QStringList names, shown;
    for (const JobState state : states) {
        names << QString(json::name(state));
        shown << lookOf(state).label;
    }
    return {u"status"_s, tr("Status"), names.join(u','), shown.join(u", "_s)};
}

Condition JobFilters::batch(const QUuid &id, const QString &name) const
{
    return {u"batch"_s, tr("Batch"), text(id) + u'/' + name, name.isEmpty() ? shortId(id) : name};
}

Condition JobFilters::scheduled() const { return {u"scheduled"_s, tr("Starts"), u"later"_s, tr("later")}; }

Condition JobFilters::cost(std::optional<qint64> from, std::optional<qint64> to) const
{
    const auto number = [](std::optional<qint64> nanos) { return nanos ? QString::number(*nanos) : QString(); };
    const QString shown = from && to ? tr("%1 to %2", "costs").arg(amounts::cost(from), amounts::cost(to))
        : from                       ? tr("from %1").arg(amounts::cost(from))
                                     : tr("up to %1").arg(amounts::cost(to));
    return {u"cost"_s, tr("Cost"), number(from) + u'/' + number(to), shown};
}

void JobFilters::show(const JobView &view)
{
    QList<Condition> conditions;
    if (!view.states.isEmpty())
        conditions << states(view.states);
    if (!view.batchId.isNull())
        conditions << batch(view.batchId, view.batchName);
    if (view.scheduled)
        conditions << scheduled();
    if (view.minCostNanos || view.maxCostNanos)
        conditions << cost(view.minCostNanos, view.maxCostNanos);
    if (!view.model.isEmpty())
        conditions << model(view.model);
    if (!view.templateId.isNull()) {
        const PromptTemplate *known = m_library.find(view.templateId);
        conditions << promptTemplate(view.templateId, known ? known->name : QString());
    }
    if (!view.userId.isNull()) {
        const auto &jobs = m_model.rows();
        const auto theirs =
            std::find_if(jobs.begin(), jobs.end(), [&](const Job &job) { return job.userId == view.userId; });
        conditions << user(view.userId, theirs == jobs.end() ? QString() : theirs->userName);
    }
    if (view.day.isValid())
        conditions << (view.lastDay > view.day ? days(view.day, view.lastDay) : day(view.day));
    else if (view.today)
        conditions << today();
    else if (view.withinHours > 0)
        conditions << within(view.withinHours);
    const QSignalBlocker quiet(m_bar);
    m_bar->setConditions(conditions);
    if (m_bar->search()->text().trimmed() != view.search)
        m_bar->search()->setText(view.search);
}

JobView JobFilters::read(JobView::Tab tab) const
{
    JobView view{.tab = tab, .search = m_bar->search()->text().trimmed()};
    for (const Condition &condition : m_bar->conditions()) {
        const QString first = condition.value.section(u'/', 0, 0), second = condition.value.section(u'/', 1);
        if (condition.id == u"model"_s)
            view.model = condition.value;
        else if (condition.id == u"template"_s)
            view.templateId = QUuid::fromString(condition.value);
        else if (condition.id == u"user"_s)
            view.userId = QUuid::fromString(condition.value);
        else if (condition.id == u"day"_s) {
            view.day = QDate::fromString(first, Qt::ISODate);
            view.lastDay = QDate::fromString(second, Qt::ISODate);
        } else if (condition.id == u"within"_s) {
            view.today = condition.value == u"today"_s;
            view.withinHours = condition.value.toInt();
        } else if (condition.id == u"status"_s) {
            view.states = JobView::fromJson({{u"states"_s, condition.value}}).states;
        } else if (condition.id == u"batch"_s) {
            view.batchId = QUuid::fromString(first);
            view.batchName = second;
        } else if (condition.id == u"scheduled"_s) {
            view.scheduled = true;
        } else if (condition.id == u"cost"_s) {
            if (!first.isEmpty())
                view.minCostNanos = first.toLongLong();
            if (!second.isEmpty())
                view.maxCostNanos = second.toLongLong();
        }
    }
    return view;
}

std::optional<Condition> JobFilters::sameAs(const Job &job, const QString &column) const
{
    if (column == u"model"_s)
        return model(job.model);
    if (column == u"template"_s && job.templateId)
        return promptTemplate(*job.templateId, job.templateName);
    if (column == u"user"_s && job.userId)
        return user(*job.userId, job.userName);
    if (column == u"status"_s)
        return states({job.state});
    if (column == u"batch"_s && job.batchId)
        return batch(*job.batchId, {});
    if (column == u"age"_s)
        return day(job.createdAt.toUTC().date());
    return {};
}

QList<JobFilters::Field> JobFilters::fields() const
{
    Field models{u"model"_s, tr("Model"), {}}, templates{u"template"_s, tr("Template"), {}},
        users{u"user"_s, tr("Run by"), {}}, times{u"within"_s, tr("Made"), {}};
    for (const ModelInfo &one : m_library.models())
        models.choices << model(one.name);
    for (const PromptTemplate &one : m_library.templates())
        templates.choices << promptTemplate(one.id, one.name);
    QMap<QString, QUuid> people; // who is in the list; there may be too many others
    for (const Job &job : m_model.rows())
        if (job.userId)
            people.insert(job.userName, *job.userId);
    for (auto it = people.begin(); it != people.end(); ++it)
        users.choices << user(it.value(), it.key());
    times.choices << within(1) << today();
    for (const int hours : {24, 7 * 24, 30 * 24})
        times.choices << within(hours);
    times.ask = &JobFilters::askDays;
    Field status{u"status"_s, tr("Status"), {}}, costs{u"cost"_s, tr("Cost"), {}},
        starts{u"scheduled"_s, tr("Starts"), {}};
    for (int state = 0; state < int(enumNames<JobState>.size()); ++state)
        status.choices << states({JobState(state)});
    for (const qint64 nanos : {10'000'000LL, 100'000'000LL, 1'000'000'000LL})
        costs.choices << cost(nanos, {});
    costs.ask = &JobFilters::askCost;
    starts.choices << scheduled();
    return {status, models, templates, users, times, costs, starts};
}

// Several states may be chosen, one after the other.
void JobFilters::toggleState(JobState state)
{
    QList<JobState> chosen = read(JobView::Tab::All).states;
    if (!chosen.removeOne(state))
        chosen << state;
    std::sort(chosen.begin(), chosen.end());
    if (chosen.isEmpty())
        m_bar->removeCondition(u"status"_s);
    else
        m_bar->setCondition(states(chosen));
}

void JobFilters::askDays()
{
    auto *dialog = new JobDaysDialog(m_bar);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        setTime(dialog->first() == dialog->last() ? day(dialog->first()) : days(dialog->first(), dialog->last()));
    });
    dialog->open();
}

void JobFilters::askCost()
{
    auto *dialog = new JobCostDialog(m_bar);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this,
            [this, dialog] { m_bar->setCondition(cost(dialog->least(), dialog->most())); });
    dialog->open();
}

// One time at most: a day takes the place of the last hours and the other way round.
void JobFilters::setTime(const Condition &condition)
{
    const QString other = condition.id == u"day"_s ? u"within"_s : u"day"_s;
    QList<Condition> conditions = m_bar->conditions();
    conditions.removeIf([&](const Condition &one) { return one.id == other; });
    m_bar->setConditions(conditions);
    m_bar->setCondition(condition);
}

void JobFilters::offer(QMenu *menu, const Field &field)
{
    const QList<JobState> chosen = read(JobView::Tab::All).states;
    for (qsizetype i = 0; i < field.choices.size(); ++i) {
        const Condition &choice = field.choices[i];
        if (field.id == u"status"_s) {
            const auto state = JobState(i);
            QAction *action = menu->addAction(choice.shown, this, [this, state] { toggleState(state); });
            action->setCheckable(true);
            action->setChecked(chosen.contains(state));
        } else {
            menu->addAction(choice.shown, this, [this, choice] {
                choice.id == u"within"_s ? setTime(choice) : m_bar->setCondition(choice);
            });
        }
    }
    if (field.ask) {
        menu->addSeparator();
        menu->addAction(field.id == u"cost"_s ? tr("Between two amounts…") : tr("Between two days…"), this, field.ask);
    }
}

void JobFilters::offerAll()
{
    QMenu *menu = m_bar->addMenu();
    menu->clear();
    for (const Field &field : fields()) {
        QMenu *choices = menu->addMenu(field.title);
        choices->setEnabled(!field.choices.isEmpty() || field.ask);
        offer(choices, field);
    }
}

void JobFilters::edit(const QString &id, const QPoint &at)
{
    auto *menu = new QMenu(m_bar);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const Field &field : fields())
        if (field.id == (id == u"day"_s ? u"within"_s : id))
            offer(menu, field);
    menu->addSeparator();
    menu->addAction(themedIcon(u"x"_s), tr("Remove this filter"), this, [this, id] { m_bar->removeCondition(id); });
    menu->popup(at);
}
