// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/evaluations/gates_view.h"

#include "client/evaluations/gate_dialog.h"
#include "client/evaluations/gate_pane.h"
#include "client/templates/template_library.h"
#include "client/widgets/amounts.h"
#include "client/widgets/button.h"
#include "client/widgets/data_table.h"
#include "client/widgets/master_detail.h"
#include "shared/evaluations/endpoints.h"

#include <QMenu>

using namespace Qt::StringLiterals;

GatesView::GatesView(Workspace &workspace, TemplateLibrary &library, QWidget *parent)
    : EvaluationsTab(workspace, parent),
      m_library(library),
      m_list(workspace, endpoints::evaluations::listGates, m_model, this, [this] { renew(); }),
      m_new(new Button({}, u"plus"_s, ButtonVariant::Primary)),
      m_pane(new GatePane(workspace, library))
{
    m_list.setLeftOut([this](const Gate &one) { return m_removals.isLeaving(one.id); });
    m_table->setRowJson([this](const QModelIndex &index) { return json::print(m_model.row(index)); });
    setUp(m_model, u"gates"_s, m_pane);
    connect(m_new, &QPushButton::clicked, this, &GatesView::add);
    connect(m_split, &MasterDetail::opened, this,
            [this](const QModelIndex &index) { m_pane->show(m_model.row(index), may(Ability::TemplatesPublish)); });
    connect(m_pane, &GatePane::closed, m_split, &MasterDetail::close);
    connect(m_pane, &GatePane::runRequested, this, &GatesView::runRequested);
    connect(m_pane, &GatePane::newRunRequested, this, &GatesView::newRunRequested);
    const auto onShown = [this](void (GatesView::*action)(const Gate &)) {
        return [this, action] {
            if (const Gate *shown = m_model.find(m_pane->gateId()))
                (this->*action)(Gate(*shown));
        };
    };
    connect(m_pane, &GatePane::changeRequested, this, onShown(&GatesView::change));
    connect(m_pane, &GatePane::removeRequested, this, onShown(&GatesView::remove));
    connect(m_table, &DataTable::rowMenuRequested, this, [this](QMenu *menu, const QModelIndex &index) {
        const Gate gate = m_model.row(index);
        menu->addAction(tr("Check now"), this, [this, gate] { check(gate); });
        if (!may(Ability::TemplatesPublish))
            return;
        menu->addAction(tr("Change gate…"), this, [this, gate] { change(gate); });
        menu->addAction(tr("Remove gate"), this, [this, gate] { remove(gate); });
    });
    retranslate();
}

QWidget *GatesView::headerAction() { return m_new; }

void GatesView::activated()
{
    m_new->setVisible(may(Ability::TemplatesPublish));
    if (m_library.templates().isEmpty())
        m_library.reload();
    m_library.reloadModels();
    reload();
}

void GatesView::reload()
{
    m_list.readAgain();
    showState(!m_list.isLoaded(), m_list.isLoaded(), {});
}

void GatesView::renew()
{
    showState(false, m_list.isLoaded(), m_list.problem());
    const QModelIndex shown = m_model.indexOf(m_pane->gateId());
    if (m_split->isOpen() && !shown.isValid())
        m_split->close();
    if (const QModelIndex wanted = m_model.indexOf(m_wanted); wanted.isValid()) {
        m_wanted = {};
        m_split->open(wanted);
    }
}

void GatesView::openObject(const QString &id)
{
    m_wanted = QUuid::fromString(id);
    if (m_list.isLoaded())
        renew();
}

void GatesView::applyFilter()
{
    const QString text = searchText();
    m_model.setFilter([text](const Gate &gate) {
        return gate.templateName.contains(text, Qt::CaseInsensitive) || gate.label.contains(text, Qt::CaseInsensitive)
            || gate.datasetName.contains(text, Qt::CaseInsensitive);
    });
    showState(false, m_list.isLoaded(), m_list.problem());
}

EvaluationsTab::EmptyWords GatesView::emptyWords() const
{
    return {u"shield-check"_s,
            tr("No gates yet"),
            tr("With a gate a label, such as “production”, moves only to a version whose last run on a dataset "
               "passes."),
            may(Ability::TemplatesPublish) ? tr("Add a gate") : QString(),
            tr("No gate matches"),
            tr("The gates are not known")};
}

QString GatesView::searchPlaceholder() const { return tr("Search template, label or dataset"); }
QString GatesView::listTitle() const { return tr("Gates"); }

QString GatesView::shownCount() const
{
    const int shown = m_model.rowCount(), all = m_model.totalRows();
    return shown == all ? tr("%n gate(s)", nullptr, all)
                        : tr("%1 of %n gate(s)", nullptr, all).arg(amounts::count(shown));
}

QList<Footer::Hint> GatesView::keyHints() const
{
    if (!may(Ability::TemplatesPublish))
        return {{u"R"_s, tr("check now")}};
    return {{u"N"_s, tr("add")}, {u"E"_s, tr("change")}, {u"R"_s, tr("check now")}, {u"Del"_s, tr("remove")}};
}

const Gate *GatesView::current() const
{
    const QModelIndex index = m_table->currentIndex();
    return index.isValid() ? &m_model.row(index) : nullptr;
}

void GatesView::put(const Gate &gate)
{
    m_model.put(gate);
    if (const QModelIndex index = m_model.indexOf(gate.id); m_split->isOpen() && m_pane->gateId() == gate.id)
        m_split->open(index);
    renew();
    Q_EMIT commandsChanged();
}

void GatesView::edit(const std::optional<Gate> &gate)
{
    if (!may(Ability::TemplatesPublish))
        return;
    auto *dialog = new GateDialog(m_workspace, m_library, gate, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &GateDialog::saved, this, [this, isNew = !gate](const Gate &saved) {
        put(saved);
        if (isNew)
            openObject(saved.id.toString());
    });
    dialog->open();
}

void GatesView::check(const Gate &gate)
{
    const bool isShown = m_split->isOpen() && m_pane->gateId() == gate.id;
    m_split->open(m_model.indexOf(gate.id)); // asks when it was not shown
    if (isShown)
        m_pane->check();
}

void GatesView::remove(const Gate &gate)
{
    if (!may(Ability::TemplatesPublish) || m_removals.isLeaving(gate.id))
        return;
    m_removals.begin(gate.id, [this, gate] { removeNow(gate); });
    m_model.remove(gate.id);
    renew();
    Q_EMIT commandsChanged();
    Q_EMIT toastRequested(
        {.title = tr("Gate removed"), .text = u"%1 · %2"_s.arg(gate.templateName, gate.label), .undo = [this, gate] {
             if (m_removals.takeBack(gate.id))
                 put(gate);
         }});
}

void GatesView::removeNow(const Gate &gate)
{
    m_workspace.api().call(endpoints::evaluations::removeGate.at(gate.id), {}, this,
                           [this, gate](const Result<Nothing> &reply) {
                               m_removals.ended(gate.id);
                               if (reply || reply.error().status == 404)
                                   return;
                               put(gate);
                               failed(tr("Could not remove the gate of “%1”").arg(gate.label), reply.error(),
                                      [this, gate] { remove(gate); });
                           },
                           {.revision = gate.revision});
}

QList<Command> GatesView::commands()
{
    const auto on = [this](void (GatesView::*action)(const Gate &)) {
        return [this, action] {
            if (const Gate *gate = current())
                (this->*action)(Gate(*gate));
        };
    };
    const auto mayOn = [this](Ability ability) { return [this, ability] { return current() && may(ability); }; };
    const QString subject = current() ? u"%1 · %2"_s.arg(current()->templateName, current()->label) : QString();
    return QList<Command>{{u"gates.add"_s,
                           tr("New gate"),
                           u"plus"_s,
                           u"N"_s,
                           Command::Scope::Page,
                           [this] { add(); },
                           [this] { return may(Ability::TemplatesPublish); },
                           {},
                           true},
                          {u"gates.check"_s, tr("Check gate now"), u"shield-check"_s, u"R"_s, Command::Scope::List,
                           on(&GatesView::check), mayOn(Ability::EvaluationsRead), subject, true},
                          {u"gates.change"_s, tr("Change gate"), u"pencil"_s, u"E"_s, Command::Scope::List,
                           on(&GatesView::change), mayOn(Ability::TemplatesPublish), subject, true},
                          {u"gates.remove"_s, tr("Remove gate"), u"trash-2"_s, u"Del"_s, Command::Scope::List,
                           on(&GatesView::remove), mayOn(Ability::TemplatesPublish), subject, true}}
    + EvaluationsTab::commands();
}

void GatesView::retranslate()
{
    m_new->setText(tr("New gate"));
    m_new->setHint(tr("Put a gate before a label"), u"N"_s);
    m_model.retranslate();
    EvaluationsTab::retranslate();
}
