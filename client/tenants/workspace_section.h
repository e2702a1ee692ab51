// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/widgets/toast.h"
#include "shared/settings/settings.h"
#include "shared/tenants/own_tenant.h"

#include <QWidget>

struct ApiError;
class Banner;
class Button;
class Label;
class Switch;
class TextField;
class ThemeEditor;
class Workspace;

// What the people who run a tenant decide for all of it: its name, how it looks, whether everybody needs a second
// factor; and what of its limits is used. A part of the settings for who may see it.
class WorkspaceSection : public QWidget
{
    Q_OBJECT

public:
    explicit WorkspaceSection(Workspace &workspace, QWidget *parent = nullptr);

    void load();

Q_SIGNALS:
    void toastRequested(const Toast &toast);

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void show(const OwnTenant &tenant);
    void renewUse();
    void renewSave();
    void save();
    void requireFactor(bool required);
    void failed(const ApiError &error);
    bool mayChange() const;

    Workspace &m_workspace;
    std::optional<OwnTenant> m_tenant; // as the server told last
    std::optional<TenantSettings> m_settings;
    Label *m_title;
    Banner *m_problem;
    TextField *m_name;
    ThemeEditor *m_theme;
    Label *m_use;
    Button *m_save;
    Label *m_factorTitle;
    Label *m_factorText;
    Switch *m_factor;
};
