// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/jobs/saved_views.h"

#include "client/widgets/button.h"
#include "client/widgets/form_field.h"

#include <QBoxLayout>
#include <QCoreApplication>
#include <QJsonArray>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace {

struct StarterViews
{
    Q_DECLARE_TR_FUNCTIONS(StarterViews)
};

const auto savedViewsKey = u"jobs.views"_s;
constexpr int longestViewName = 60;
constexpr qint64 tenCents = 100'000'000; // nano-dollars

} // namespace

QList<SavedView> SavedViews::all() const
{
    using Tab = JobView::Tab;
    return QList<SavedView>{
               {StarterViews::tr("Failed today"), {.states = {JobState::Failed, JobState::Dead}, .today = true}, true},
               {StarterViews::tr("Dead letters of this week"), {.tab = Tab::Dead, .withinHours = 7 * 24}, true},
               {StarterViews::tr("From 10 cents, last day"), {.withinHours = 24, .minCostNanos = tenCents}, true},
               {StarterViews::tr("Scheduled for later"), {.scheduled = true}, true},
               {StarterViews::tr("Mine today"), {.tab = Tab::Mine, .today = true}, true}}
    + own();
}

QList<SavedView> SavedViews::own() const
{
    QList<SavedView> views;
    for (const QJsonValue &one : m_store.viewState(savedViewsKey).value(u"views"_s).toArray())
        if (const QString name = one.toObject().value(u"name"_s).toString(); !name.isEmpty())
            views.append({name, JobView::fromJson(one.toObject().value(u"view"_s).toObject()), false});
    return views;
}

void SavedViews::save(const QString &name, const JobView &view)
{
    QList<SavedView> views = own();
    views.removeIf([&](const SavedView &one) { return one.name == name; });
    views.append({name, view, false});
    std::sort(views.begin(), views.end(),
              [](const SavedView &a, const SavedView &b) { return QString::localeAwareCompare(a.name, b.name) < 0; });
    store(views);
}

void SavedViews::remove(const QString &name)
{
    QList<SavedView> views = own();
    views.removeIf([&](const SavedView &one) { return one.name == name; });
    store(views);
}

void SavedViews::store(const QList<SavedView> &views)
{
    QJsonArray list;
    for (const SavedView &one : views)
        list.append(QJsonObject{{u"name"_s, one.name}, {u"view"_s, one.view.toJson()}});
    m_store.setViewState(savedViewsKey, {{u"views"_s, list}});
}

SaveViewDialog::SaveViewDialog(const QString &proposal, const QStringList &taken, QWidget *parent)
    : Dialog(tr("Save this view"), Length::DialogSmall, parent),
      m_name(new TextField(tr("Name")))
{
    m_name->edit()->setMaxLength(longestViewName);
    m_name->setText(proposal);
    body()->addWidget(m_name);
    addCancel();
    Button *save = addMain(tr("Save view"));
    const auto check = [this, save, taken] {
        save->setEnabled(!name().isEmpty());
        m_name->setHelp(taken.contains(name()) ? tr("Takes the place of the view of that name.")
                                               : tr("Filters as they are now, for you on this computer."));
    };
    connect(m_name->edit(), &QLineEdit::textChanged, save, check);
    check();
    m_name->edit()->selectAll();
    m_name->edit()->setFocus();
}

QString SaveViewDialog::name() const { return m_name->text().trimmed(); }
