// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/jobs/job_filters.h"

#include "client/design/icon.h"
#include "client/jobs/job_looks.h"
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

void JobFilters::show(const JobView &view)
{
    QList<Condition> conditions;
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
        conditions << day(view.day);
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
        if (condition.id == u"model"_s)
            view.model = condition.value;
        else if (condition.id == u"template"_s)
            view.templateId = QUuid::fromString(condition.value);
        else if (condition.id == u"user"_s)
            view.userId = QUuid::fromString(condition.value);
        else if (condition.id == u"day"_s)
            view.day = QDate::fromString(condition.value, Qt::ISODate);
        else if (condition.id == u"within"_s)
            view.withinHours = condition.value.toInt();
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
    for (const int hours : {1, 24, 7 * 24, 30 * 24})
        times.choices << within(hours);
    return {models, templates, users, times};
}

void JobFilters::offer(QMenu *menu, const Field &field)
{
    for (const Condition &choice : field.choices)
        menu->addAction(choice.shown, this, [this, choice] { m_bar->setCondition(choice); });
}

void JobFilters::offerAll()
{
    QMenu *menu = m_bar->addMenu();
    menu->clear();
    for (const Field &field : fields()) {
        QMenu *choices = menu->addMenu(field.title);
        choices->setEnabled(!field.choices.isEmpty());
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
