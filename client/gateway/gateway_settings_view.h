// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/gateway/gateway_tab.h"
#include "shared/gateway/gateway_settings.h"

#include <QPointer>

class Banner;
class Button;
class EmptyState;
class GatewaySettingsConflict;
class GatewaySettingsForm;
class GatewaySettingsTrial;
class Label;

// What the gateway does beside passing calls on. What was changed stays until it is saved or discarded, whatever else
// is opened meanwhile; when somebody else has saved first, the person decides.
class GatewaySettingsView : public GatewayTab
{
    Q_OBJECT

public:
    explicit GatewaySettingsView(Workspace &workspace, QWidget *parent = nullptr);

    QString shownCount() const override;
    QList<Footer::Hint> keyHints() const override;
    void activated() override;
    QList<Command> commands() override;
    QWidget *mainContent() override;

    bool isChanged() const;

protected:
    void retranslate() override;

private:
    void build();
    void load();
    void loaded(const GatewaySettings &settings);
    void take(const GatewaySettings &settings);
    void edited();
    void save();
    void send(qint64 revision);
    void answered(const Result<GatewaySettings> &reply);
    void discard();
    void renew();
    bool mayChange() const { return m_workspace.session().can(Ability::GatewaySettingsUpdate); }

    Workspace &m_workspace;
    std::optional<GatewaySettings> m_saved; // as the server told last, on which the form rests
    std::optional<GatewaySettings> m_theirs; // what somebody else has saved since
    std::optional<ApiError> m_problem;
    Banner *m_notice;
    GatewaySettingsConflict *m_conflict;
    GatewaySettingsForm *m_form;
    GatewaySettingsTrial *m_trial;
    QWidget *m_content;
    EmptyState *m_empty;
    QWidget *m_bar;
    Label *m_state;
    Button *m_discard;
    Button *m_save;
    CallHandle m_call;
    bool m_sending = false;
    QPointer<QWidget> m_focused; // while it is sending: what had the focus
};
