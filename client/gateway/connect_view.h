// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/gateway/connect_code.h"
#include "client/gateway/gateway_tab.h"

class Button;
class Card;
class CodeBox;
class Facts;
class IconButton;
class Label;
class SegmentedControl;
class Select;
class Switch;
class TemplateLibrary;

// How a program calls the gateway: code that is ready to run, for the library and the model that are chosen. The key
// never stands in it.
class ConnectView : public GatewayTab
{
    Q_OBJECT

public:
    ConnectView(Workspace &workspace, TemplateLibrary &library, QWidget *parent);

    QJsonObject viewState() const override;
    void restoreViewState(const QJsonObject &state) override;
    void activated() override;
    QList<Command> commands() override;
    QWidget *mainContent() override;
    QString shownCount() const override;
    QList<Footer::Hint> keyHints() const override;

    QString code() const;

protected:
    void retranslate() override;

private:
    void build();
    void loadAliases();
    void fillModels();
    void choose(const QString &toolId);
    void chooseLanguage(int language);
    void renew();
    void copyCode();
    const connectCode::Tool &tool() const { return connectCode::toolOf(m_toolId); }

    Workspace &m_workspace;
    TemplateLibrary &m_library;
    QString m_toolId;
    QString m_model;
    bool m_isChosen = false; // the model, by the person
    QStringList m_aliases; // of routes
    SegmentedControl *m_language;
    SegmentedControl *m_libraryChoice;
    Label *m_modelLabel;
    Select *m_models;
    Label *m_streamLabel;
    Switch *m_stream;
    Card *m_keyCard;
    Label *m_keyText;
    CodeBox *m_keyBox;
    Button *m_toKeys;
    Card *m_codeCard;
    CodeBox *m_install;
    CodeBox *m_code;
    Label *m_runText;
    Button *m_copy;
    Card *m_addressCard;
    Facts *m_addresses;
    Card *m_tryCard;
    Label *m_tryText;
    CodeBox *m_tryBox;
};
