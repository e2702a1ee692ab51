// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/evaluations/evaluations_tab.h"
#include "client/evaluations/gates_model.h"
#include "client/gateway/late_removal.h"
#include "client/gateway/whole_list.h"

class Button;
class GatePane;
class TemplateLibrary;

// The gates before labels of templates.
class GatesView : public EvaluationsTab
{
    Q_OBJECT

public:
    GatesView(Workspace &workspace, TemplateLibrary &library, QWidget *parent = nullptr);

    void activated() override;
    void openObject(const QString &id) override;
    QList<Command> commands() override;
    QWidget *headerAction() override;
    QString shownCount() const override;
    QList<Footer::Hint> keyHints() const override;
    GatePane *pane() const { return m_pane; }

protected:
    void retranslate() override;
    EmptyWords emptyWords() const override;
    QString searchPlaceholder() const override;
    QString listTitle() const override;
    void reload() override;
    void applyFilter() override;
    void add() override { edit({}); }

private:
    const Gate *current() const;
    void edit(const std::optional<Gate> &gate);
    void change(const Gate &gate) { edit(gate); }
    void check(const Gate &gate);
    void remove(const Gate &gate);
    void removeNow(const Gate &gate);
    void put(const Gate &gate);
    void renew();

    TemplateLibrary &m_library;
    GatesModel m_model;
    WholeList<Gate, GateFilter> m_list;
    LateRemoval m_removals;
    Button *m_new;
    GatePane *m_pane;
    QUuid m_wanted; // to be shown when the gates have come
};
