// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/gateway/limits_view.h"

#include "client/gateway/limit_dialog.h"
#include "client/gateway/limit_looks.h"
#include "client/gateway/visible_poll.h"
#include "client/widgets/amounts.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/data_table.h"
#include "client/widgets/empty_state.h"
#include "client/widgets/filter_bar.h"
#include "client/widgets/layout.h"
#include "shared/gateway/endpoints.h"

#include <QBoxLayout>
#include <QMenu>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto limitsEvery = 2s;

} // namespace

LimitsView::LimitsView(Workspace &workspace, QWidget *parent)
    : GatewayTab(parent),
      m_workspace(workspace),
      m_list(workspace, endpoints::gatewayLimits::list, m_model, this, [this] { listRead(); }),
      m_add(new Button({}, u"plus"_s, ButtonVariant::Primary)),
      m_filters(new FilterBar({})),
      m_subject(new Select(tr("Who or what"))),
      m_columns(new IconButton(u"columns-3"_s, {})),
      m_notice(new Banner),
      m_table(new DataTable(tr("Limits")))
{
    build();
    connectTable();
    m_list.setLeftOut([this](const GatewayLimit &limit) { return m_removals.isLeaving(limit.id); });
    connect(m_add, &QPushButton::clicked, this, &LimitsView::add);
    connect(m_filters, &FilterBar::changed, this, &LimitsView::filter);
    connect(m_subject, &Select::valueChosen, this, &LimitsView::filter);
    connect(m_notice, &Banner::actionRequested, this, [this] { m_list.read(); });
    new VisiblePoll(*this, limitsEvery, [this] { m_list.read(); });
    retranslate();
}

void LimitsView::build()
{
    m_filters->setCanAdd(false); // the choice beside it is all
    m_filters->addTool(m_subject);
    m_columns->setMenu(m_table->columnsMenu());
    m_columns->setPopupMode(QToolButton::InstantPopup);
    m_filters->addTool(m_columns);
    m_table->setModel(&m_model);
    m_table->setStateKey(u"limits"_s);
    m_table->setRowJson([this](const QModelIndex &index) { return json::print(m_model.row(index)); });
    setLayout(layout::tight(layout::column({m_filters, layout::line(), m_notice, layout::wide(m_table)})));
}

void LimitsView::connectTable()
{
    connect(m_table, &DataTable::currentRowChanged, this, &LimitsView::commandsChanged);
    connect(m_table, &DataTable::openRequested, this, [this](const QModelIndex &index) {
        if (may(Ability::GatewayLimitsUpdate))
            change(GatewayLimit(m_model.row(index)));
    });
    connect(m_table, &DataTable::rowMenuRequested, this, [this](QMenu *menu, const QModelIndex &index) {
        const GatewayLimit limit = m_model.row(index);
        if (may(Ability::GatewayLimitsUpdate))
            menu->addAction(tr("Change limit"), this, [this, limit] { change(limit); });
        if (may(Ability::GatewayCallsRead))
            menu->addAction(tr("Show what it refused"), this, [this, limit] { showRefusals(limit); });
        if (may(Ability::GatewayLimitsDelete))
            menu->addAction(tr("Remove limit"), this, [this, limit] { remove(limit); });
    });
    connect(m_table->emptyState(), &EmptyState::actionRequested, this, [this] {
        if (m_list.problem())
            return m_list.read();
        isFiltering() ? restoreViewState({}) : add();
    });
}

QWidget *LimitsView::headerAction() { return m_add; }
QWidget *LimitsView::mainContent() { return m_table; }

void LimitsView::activated()
{
    m_add->setVisible(may(Ability::GatewayLimitsCreate));
    m_table->setLoading(!m_list.isLoaded());
    m_list.read();
}

void LimitsView::listRead()
{
    m_table->setLoading(false);
    const auto &problem = m_list.problem();
    if (!problem)
        m_notice->hide();
    // A dead network is said once, above all pages.
    if (problem && m_list.isLoaded() && problem->status != 0)
        m_notice->show(Tone::Danger, u"circle-alert"_s, problem->detail, tr("Try again"));
    if (const QUuid wanted = m_wanted; !wanted.isNull() && !problem)
        openObject(wanted.toString());
    if (!problem)
        m_wanted = {}; // it is there, or gone
    renewEmpty();
    Q_EMIT footerChanged();
}

bool LimitsView::isFiltering() const
{
    return !m_filters->search()->text().trimmed().isEmpty() || m_subject->value().toInt() >= 0;
}

void LimitsView::filter()
{
    const QString text = m_filters->search()->text().trimmed();
    const int subject = m_subject->value().toInt();
    m_model.setFilter([text, subject](const GatewayLimit &limit) {
        return (subject < 0 || limit.subject == LimitSubject(subject))
            && (shownSubject(limit).contains(text, Qt::CaseInsensitive)
                || shownKind(limit.kind).contains(text, Qt::CaseInsensitive));
    });
    renewEmpty();
    Q_EMIT footerChanged();
    Q_EMIT viewChanged();
}

void LimitsView::renewEmpty()
{
    EmptyState *place = m_table->emptyState();
    const auto &problem = m_list.problem();
    const bool none = m_model.rowCount() == 0 && (m_list.isLoaded() || problem);
    place->setVisible(none);
    if (none && problem && m_model.totalRows() == 0)
        place->showError(tr("The limits are not known"),
                         problem->status == 0 ? tr("They are kept on the server only, which cannot be reached.")
                                              : problem->detail);
    else if (none && m_model.totalRows() > 0)
        place->showFiltered(tr("No limit matches"));
    else if (none)
        place->show(u"gauge"_s, tr("No limits yet"),
                    tr("A limit says how many requests or tokens a minute the gateway lets through, or how many "
                       "requests at once: for the whole tenant, a key, a person or a model. What is above it is "
                       "refused, and the program is told when to try again."),
                    may(Ability::GatewayLimitsCreate) ? tr("Add limit") : QString());
}

QString LimitsView::shownCount() const
{
    const int shown = m_model.rowCount(), all = m_model.totalRows();
    return shown == all ? tr("%n limit(s)", nullptr, all)
                        : tr("%1 of %n limit(s)", nullptr, all).arg(amounts::count(shown));
}

QList<Footer::Hint> LimitsView::keyHints() const
{
    QList<Footer::Hint> hints;
    if (may(Ability::GatewayLimitsCreate))
        hints << Footer::Hint{u"N"_s, tr("add")};
    if (may(Ability::GatewayLimitsUpdate))
        hints << Footer::Hint{u"E"_s, tr("change")};
    if (may(Ability::GatewayLimitsDelete))
        hints << Footer::Hint{u"Del"_s, tr("remove")};
    if (may(Ability::GatewayCallsRead))
        hints << Footer::Hint{u"W"_s, tr("what it refused")};
    return hints;
}

QJsonObject LimitsView::viewState() const
{
    return {{u"search"_s, m_filters->search()->text()}, {u"subject"_s, m_subject->value().toInt()}};
}

void LimitsView::restoreViewState(const QJsonObject &state)
{
    m_filters->search()->setText(state.value(u"search"_s).toString());
    m_subject->setValue(state.value(u"subject"_s).toInt(-1));
    filter();
    if (const QString open = state.value(u"open"_s).toString(); !open.isEmpty())
        openObject(open);
}

void LimitsView::openObject(const QString &id)
{
    m_wanted = QUuid::fromString(id);
    const QModelIndex index = m_model.indexOf(m_wanted);
    if (!index.isValid())
        return;
    m_wanted = {};
    m_table->setCurrentIndex(index);
    m_table->selectRow(index.row());
}

// ---- what can be done

std::optional<GatewayLimit> LimitsView::current() const
{
    const QModelIndex index = m_table->currentIndex();
    return index.isValid() ? std::optional(m_model.row(index)) : std::nullopt;
}

void LimitsView::put(const GatewayLimit &limit)
{
    m_list.forgetReading();
    m_model.put(limit);
    m_model.releaseHeldRows();
    m_model.resort();
    renewEmpty();
    openObject(limit.id.toString());
    m_wanted = {}; // a filter may hide it
    Q_EMIT footerChanged();
}

void LimitsView::add()
{
    auto *dialog = new LimitDialog(m_workspace, {}, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &LimitDialog::saved, this, &LimitsView::put);
    dialog->open();
}

void LimitsView::change(const GatewayLimit &limit)
{
    auto *dialog = new LimitDialog(m_workspace, limit, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &LimitDialog::saved, this, &LimitsView::put);
    dialog->open();
}

void LimitsView::remove(const GatewayLimit &limit)
{
    m_list.forgetReading();
    m_removals.begin(limit.id, [this, limit] { removeNow(limit); });
    m_model.remove(limit.id);
    renewEmpty();
    Q_EMIT footerChanged();
    const auto takeBack = [self = QPointer(this), limit] {
        if (self && self->m_removals.takeBack(limit.id))
            self->put(limit);
    };
    Q_EMIT toastRequested({.title = tr("Limit removed"), .text = shownLimit(limit), .undo = takeBack});
}

void LimitsView::removeNow(const GatewayLimit &limit)
{
    m_workspace.api().call(endpoints::gatewayLimits::remove.at(limit.id), {}, this,
                           [this, limit](const Result<Nothing> &reply) {
                               m_removals.ended(limit.id);
                               if (reply || reply.error().status == 404)
                                   return;
                               m_list.readAgain();
                               Q_EMIT toastRequested({.tone = Tone::Danger,
                                                      .title = tr("The limit could not be removed"),
                                                      .text = reply.error().detail,
                                                      .details = QString::fromUtf8(json::print(reply.error()))});
                           },
                           {.revision = limit.revision});
}

void LimitsView::showRefusals(const GatewayLimit &limit)
{
    Q_EMIT navigationRequested(u"gateway"_s,
                               {{u"tab"_s, u"refused"_s},
                                {u"refused"_s,
                                 QJsonObject{{u"decidedBy"_s, limit.id.toString(QUuid::WithoutBraces)},
                                             {u"decidedByName"_s, shownLimit(limit)}}}});
}

QList<Command> LimitsView::commands()
{
    const auto on = [this](void (LimitsView::*action)(const GatewayLimit &)) {
        return [this, action] {
            if (const auto limit = current())
                (this->*action)(*limit);
        };
    };
    const auto mayOn = [this](Ability ability) { return [this, ability] { return current() && may(ability); }; };
    const QString subject = current() ? shownLimit(*current()) : QString();
    return {{u"limits.add"_s,
             tr("Add limit"),
             u"plus"_s,
             u"N"_s,
             Command::Scope::Page,
             [this] { add(); },
             [this] { return may(Ability::GatewayLimitsCreate); },
             {},
             true},
            {u"limits.change"_s, tr("Change limit"), u"pencil"_s, u"E"_s, Command::Scope::List, on(&LimitsView::change),
             mayOn(Ability::GatewayLimitsUpdate), subject, true},
            {u"limits.refusals"_s, tr("Show what the limit refused"), u"ban"_s, u"W"_s, Command::Scope::List,
             on(&LimitsView::showRefusals), mayOn(Ability::GatewayCallsRead), subject, true},
            {u"limits.remove"_s, tr("Remove limit"), u"trash-2"_s, u"Del"_s, Command::Scope::List,
             on(&LimitsView::remove), mayOn(Ability::GatewayLimitsDelete), subject, true},
            {u"limits.search"_s,
             tr("Search limits"),
             u"search"_s,
             u"/; Ctrl+F"_s,
             Command::Scope::Page,
             [this] { m_filters->search()->setFocus(Qt::ShortcutFocusReason); },
             {},
             {},
             true},
            {u"limits.reload"_s,
             tr("Refresh"),
             u"refresh-cw"_s,
             u"F5"_s,
             Command::Scope::Page,
             [this] { m_list.read(); },
             {},
             {},
             true}};
}

void LimitsView::retranslate()
{
    m_add->setText(tr("New limit"));
    m_add->setHint(tr("Make a limit"), u"N"_s);
    m_filters->search()->setPlaceholder(tr("Search limits"));
    m_columns->setName(tr("Columns"));
    m_subject->setAccessibleName(tr("Who or what"));
    const int subject = m_subject->count() > 0 ? m_subject->value().toInt() : -1;
    m_subject->setChoices({{-1, tr("All limits")},
                           {int(LimitSubject::Tenant), tr("Of the whole tenant")},
                           {int(LimitSubject::Key), tr("Of keys")},
                           {int(LimitSubject::User), tr("Of people")},
                           {int(LimitSubject::Model), tr("Of models")}});
    m_subject->setValue(subject);
    m_table->setAccessibleName(tr("Limits"));
    m_model.retranslate();
    renewEmpty();
    Q_EMIT footerChanged();
}
