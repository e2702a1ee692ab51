// SPDX-License-Identifier: GPL-3.0-or-later
// What may be done to jobs, one, several or all that match.
#include "client/design/icon.h"
#include "client/jobs/job_commands.h"
#include "client/jobs/job_dialogs.h"
#include "client/jobs/job_filters.h"
#include "client/jobs/job_limits_dialog.h"
#include "client/jobs/job_looks.h"
#include "client/jobs/job_pane.h"
#include "client/jobs/jobs_export.h"
#include "client/jobs/jobs_page.h"
#include "client/widgets/amounts.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/data_table.h"
#include "client/widgets/filter_bar.h"
#include "client/widgets/row_export.h"

#include <QMenu>

using namespace Qt::StringLiterals;

QList<JobCommand> JobsPage::rowCommands()
{
    return jobCommands(m_actions,
                       {.copyLink = [this](const Job &job) { m_pane->copyLink(job.id); },
                        .replay =
                            [this](const Job &job) {
                                openJob(job);
                                m_pane->replay();
                            },
                        .discard =
                            [this](const Job &job) {
                                openJob(job);
                                m_pane->discard();
                            },
                        .discardMany = [this](const QList<Job> &jobs) { discardMany(jobs); },
                        .schedule =
                            [this](const Job &job) {
                                openJob(job);
                                m_pane->schedule();
                            }});
}

void JobsPage::fillRowMenu(QMenu *menu, const QModelIndex &index)
{
    const Job job = m_model.row(index);
    menu->addAction(tr("Open details"), this, [this, job] { openJob(job); });
    const bool isSelected = m_table->selectionModel()->isRowSelected(index.row(), {});
    const QList<Job> jobs = isSelected ? chosen() : QList<Job>{job};
    for (const JobCommand &command : rowCommands()) {
        if (!command.may(job) && !(command.runMany && std::any_of(jobs.begin(), jobs.end(), command.may)))
            continue;
        const QString key = command.keys.isEmpty() ? QString() : u'\t' + shownKey(command.keys);
        menu->addAction(themedIcon(command.icon), command.text + key, this, [command, job, jobs] {
            if (command.runMany && jobs.size() > 1)
                command.runMany(jobs);
            else
                command.run(job);
        });
    }
    menu->addSeparator();
    const QString clicked = m_model.headerData(index.column(), Qt::Horizontal, TableModelBase::ColumnIdRole).toString();
    QStringList columns{clicked, u"model"_s, u"template"_s, u"user"_s};
    columns.removeDuplicates();
    for (const QString &column : columns)
        if (const auto condition = m_filters->sameAs(job, column))
            menu->addAction(tr("Filter by %1: %2", "a field and its value").arg(condition->field, condition->shown),
                            this, [this, condition = *condition] { m_filterBar->setCondition(condition); });
}

void JobsPage::exportRows()
{
    rowExport::ask(this, tr("Export jobs"), u"jobs"_s, [this](const QString &path) {
        auto *job = new JobsExport(m_workspace, m_feed.view(), path, this);
        m_export->setLoading(true);
        connect(job, &JobsExport::finished, this, [this, path](int rows) {
            m_export->setLoading(false);
            Q_EMIT toastRequested(
                {.tone = Tone::Success, .title = tr("%n job(s) exported", nullptr, rows), .text = path});
        });
        connect(job, &JobsExport::failed, this, [this, path](const QString &problem) {
            m_export->setLoading(false);
            Q_EMIT toastRequested({.tone = Tone::Danger, .title = tr("Could not write %1").arg(path), .text = problem});
        });
        job->start();
    });
}

QList<Command> JobsPage::commands()
{
    const auto job = current();
    QList<Command> all;
    const auto page = [&](const QString &id, const QString &text, const QString &icon, const QString &keys,
                          std::function<void()> run) {
        all.append({.id = id,
                    .text = text,
                    .icon = icon,
                    .keys = keys,
                    .scope = Command::Scope::Page,
                    .run = std::move(run),
                    .enabled = {},
                    .subject = {}});
    };
    for (const JobCommand &command : rowCommands()) {
        all.append({.id = command.id,
                    .text = command.text,
                    .icon = command.icon,
                    .keys = command.keys,
                    .scope = Command::Scope::List,
                    .run =
                        [this, command] {
                            const QList<Job> jobs = chosen();
                            if (command.runMany && jobs.size() > 1)
                                command.runMany(jobs);
                            else if (const auto one = current())
                                command.run(*one);
                        },
                    .enabled =
                        [this, command] {
                            const QList<Job> jobs = chosen();
                            if (command.runMany && jobs.size() > 1)
                                return std::any_of(jobs.begin(), jobs.end(), command.may);
                            const auto one = current();
                            return one && command.may(*one);
                        },
                    .subject = job ? shortId(job->id) : QString()});
    }
    page(u"jobs.filter"_s, tr("Filter jobs"), u"filter"_s, u"F; Ctrl+F; /"_s,
         [this] { m_filterBar->search()->setFocus(Qt::ShortcutFocusReason); });
    page(u"jobs.reload"_s, tr("Refresh"), u"refresh-cw"_s, u"F5"_s, [this] { activated(); });
    page(u"jobs.export"_s, tr("Export jobs"), u"download"_s, {}, [this] { exportRows(); });
    page(u"jobs.views"_s, tr("Saved views"), u"star"_s, u"V"_s, [this] { m_views->showMenu(); });
    page(u"jobs.saveView"_s, tr("Save this view…"), u"save"_s, u"Shift+V"_s, [this] { saveView(); });
    if (mayForAll(JobActionKind::Replay))
        page(u"jobs.replayAll"_s, tr("Replay all dead letters that match"), u"rotate-cw"_s, {},
             [this] { askForAll(JobActionKind::Replay); });
    if (mayForAll(JobActionKind::Discard))
        page(u"jobs.discardAll"_s, tr("Discard all dead letters that match"), u"archive"_s, {},
             [this] { askForAll(JobActionKind::Discard); });
    if (m_workspace.session().can(Ability::SettingsRead))
        page(u"jobs.limits"_s, tr("Jobs at a time"), u"gauge"_s, {}, [this] { openLimits(); });
    // Keys of the table itself, for the overlay that lists them.
    const std::pair<QString, QString> keys[] = {{u"J; K"_s, tr("Next or previous job")},
                                                {u"Return; Space"_s, tr("Open details")},
                                                {u"X"_s, tr("Select or leave out")},
                                                {u"."_s, tr("Menu of the job")},
                                                {u"Esc"_s, tr("Close details, clear the selection")}};
    for (const auto &[key, text] : keys)
        all.append({.id = u"jobs.key."_s + key,
                    .text = text,
                    .icon = {},
                    .keys = key,
                    .scope = Command::Scope::List,
                    .run = {},
                    .enabled = {},
                    .subject = {},
                    .listed = false});
    return all;
}

// ---- several

QList<Job> JobsPage::chosen() const
{
    QList<Job> jobs;
    for (const QModelIndex &row : m_table->selectedRowIndexes())
        jobs << m_model.row(row);
    if (jobs.isEmpty())
        if (const auto one = current())
            jobs << *one;
    return jobs;
}

void JobsPage::discardMany(const QList<Job> &jobs)
{
    QList<Job> dead;
    std::copy_if(jobs.begin(), jobs.end(), std::back_inserter(dead),
                 [this](const Job &job) { return m_actions.mayDiscard(job); });
    auto *dialog = new DiscardDialog(tr("%n dead letter(s)", "discard …", int(dead.size())), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, dead] {
        for (const Job &job : dead)
            m_actions.discard(job, dialog->reason());
    });
    dialog->open();
}

// ---- all that match

JobFilter JobsPage::shownFilter() const
{
    JobFilter filter = m_feed.view().filter(m_workspace.session().profile().userId, QDateTime::currentDateTimeUtc());
    filter.states = QList<JobState>{JobState::Dead};
    return filter;
}

bool JobsPage::mayForAll(JobActionKind kind) const
{
    const JobView &view = m_feed.view();
    const bool showsDead =
        view.states.isEmpty() ? view.tab == JobView::Tab::Dead : view.states == QList<JobState>{JobState::Dead};
    return showsDead
        && m_workspace.session().can(kind == JobActionKind::Replay ? Ability::JobsReplay : Ability::JobsDiscard);
}

void JobsPage::renewDeadTools()
{
    const auto running = m_massActions.running();
    m_replayAll->setVisible(mayForAll(JobActionKind::Replay));
    m_discardAll->setVisible(mayForAll(JobActionKind::Discard));
    for (Button *button : {m_replayAll, m_discardAll})
        button->setEnabled(!running && m_model.rowCount() > 0);
    if (running)
        m_massBanner->show(Tone::Info, u"loader"_s, m_massActions.shownProgress(),
                           m_massActions.mayStop() ? tr("Stop") : QString());
    else
        m_massBanner->hide();
    Q_EMIT commandsChanged();
}

void JobsPage::askForAll(JobActionKind kind)
{
    const JobFilter filter = shownFilter(); // also what "today" is stays as it was when it was counted
    const bool isFiltered = m_feed.view().isFiltering();
    auto *dialog = new MassActionDialog(m_workspace, kind, filter, isFiltered, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, kind, filter] {
        if (kind == JobActionKind::Replay)
            m_massActions.replayAll(filter);
        else
            m_massActions.discardAll(filter, dialog->reason());
    });
    dialog->open();
}

// ---- views and limits

void JobsPage::fillViewsMenu()
{
    m_viewsMenu->clear();
    const QList<SavedView> views = m_savedViews.all();
    const JobView shown = m_feed.view();
    bool isStarter = true;
    for (const SavedView &one : views) {
        if (isStarter && !one.isStarter)
            m_viewsMenu->addSeparator();
        isStarter = one.isStarter;
        QAction *action = m_viewsMenu->addAction(QString(one.name).replace(u'&', u"&&"_s), this,
                                                 [this, view = one.view] { setView(view); });
        action->setCheckable(true);
        action->setChecked(one.view == shown);
    }
    m_viewsMenu->addSeparator();
    m_viewsMenu->addAction(themedIcon(u"save"_s), tr("Save this view…"), this, &JobsPage::saveView);
    const QList<SavedView> own = m_savedViews.own();
    if (own.isEmpty())
        return;
    QMenu *remove = m_viewsMenu->addMenu(themedIcon(u"trash-2"_s), tr("Remove a view"));
    for (const SavedView &one : own)
        remove->addAction(QString(one.name).replace(u'&', u"&&"_s), this, [this, one] {
            m_savedViews.remove(one.name);
            Q_EMIT toastRequested({.title = tr("View removed"), .text = one.name, .undo = [this, one] {
                                       m_savedViews.save(one.name, one.view);
                                   }});
        });
}

void JobsPage::saveView()
{
    QStringList taken;
    QString proposal;
    for (const SavedView &one : m_savedViews.own()) {
        taken << one.name;
        if (one.view == m_feed.view())
            proposal = one.name;
    }
    auto *dialog = new SaveViewDialog(proposal, taken, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        m_savedViews.save(dialog->name(), m_feed.view());
        Q_EMIT toastRequested({.tone = Tone::Success, .title = tr("View saved"), .text = dialog->name()});
    });
    dialog->open();
}

void JobsPage::openLimits()
{
    QStringList models;
    for (const ModelInfo &one : m_library.models()) {
        if (const QString provider = one.name.section(u'/', 0, 0); !models.contains(provider))
            models << provider;
        models << one.name;
    }
    models.sort();
    auto *dialog = new JobLimitsDialog(m_workspace, models, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &JobLimitsDialog::saved, this,
            [this] { Q_EMIT toastRequested({.tone = Tone::Success, .title = tr("The limits were saved")}); });
    dialog->open();
}
